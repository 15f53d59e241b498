/**
 * Networks that grow by splitting neurons: Liu, Wu and Wang, "Splitting Steepest Descent for Growing Neural Architectures",
 * NeurIPS 2019 (arXiv 1910.02366); Wang and others, "Energy-Aware Neural Architecture Optimization with Fast Splitting
 * Steepest Descent" (arXiv 1910.03103); Wu and others, signed splitting (arXiv 2003.10392). A neuron's splitting matrix
 * tells by how much the loss falls if it becomes two; what differs from the papers is in {@code papers/splitting/README.md}.
 */
package org.parsimony.splitting;
