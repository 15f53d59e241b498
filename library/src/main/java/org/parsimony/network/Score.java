package org.parsimony.network;

/**
 * How well a network does on a split.
 *
 * @param accuracy share of samples whose most probable class is the right one, in [0, 1]
 * @param loss mean cross-entropy of the right class, in nats; probabilities are floored at 1e-10
 * @param samples number of samples it was measured on
 */
public record Score(double accuracy, double loss, int samples) {}
