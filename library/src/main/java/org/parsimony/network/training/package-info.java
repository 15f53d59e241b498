/**
 * Training of a network: epochs, validation and early stop ({@link org.parsimony.network.training.Trainer}), the choice
 * between the fused engine and Deeplearning4j's own fit, shared weights that stay shared in both, and the penalty that
 * empties groups of weights.
 */
package org.parsimony.network.training;
