/**
 * The curvature of a loss in the weights of one layer, as factors that are small: the diagonal of the Fisher information,
 * Kronecker factors (J. Martens and R. Grosse, <em>Optimizing Neural Networks with Kronecker-factored Approximate
 * Curvature</em>, ICML 2015), or the gradients of single samples (S. P. Singh and D. Alistarh, <em>WoodFisher</em>, NeurIPS
 * 2020). What is asked of any of them is the product with a vector, that of its inverse, and the diagonal of its inverse;
 * pruning and preconditioned training both stand on it.
 */
package org.parsimony.network.curvature;
