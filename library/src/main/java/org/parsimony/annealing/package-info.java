/**
 * The mask search after Kuo, Kuruoglu and Chan, "Neural Network Structure Optimization by Simulated Annealing", Entropy
 * 2022, 24(3), 348: the weights of a trained network are frozen, and annealing looks for the connections to keep at a
 * given sparsity, by swapping a kept one with a pruned one. What a mask costs is computed next door, in {@code cost}.
 */
package org.parsimony.annealing;
