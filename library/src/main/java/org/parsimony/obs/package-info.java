/**
 * The optimal brain surgeon: a weight is judged by what the loss rises when it goes and the others make up for it, and they
 * do. The curvature behind it is the diagonal of the Fisher information, its Kronecker factors, or the information of a whole
 * layer from the gradients of single samples. The step {@code obs}, a pruning by importance as those of {@code pruning}.
 * After Hassibi and Stork (1993), Singh and Alistarh, <em>WoodFisher</em> (NeurIPS 2020), Wang and others,
 * <em>EigenDamage</em> (ICML 2019).
 */
package org.parsimony.obs;
