/**
 * Learning without a backward pass: a network settles, its outputs are pulled towards the targets, it settles again, and each
 * weight changes by what its own two units did. The symmetric base method with its theorem ({@link
 * org.parsimony.equilibrium.SettlingNet}; as a step on chains {@link org.parsimony.equilibrium.Equilibrium}), after Scellier and
 * Bengio (2017, arXiv 1602.05179), and the complete directed networks with ℓ₁-sparsity ({@link
 * org.parsimony.equilibrium.DirectedNet}) of Farinha, Pequito, Santos and Figueiredo, <em>Equilibrium Propagation for Complete
 * Directed Neural Networks</em> (ESANN 2020, arXiv 2006.08798).
 */
package org.parsimony.equilibrium;
