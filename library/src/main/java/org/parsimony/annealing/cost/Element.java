package org.parsimony.annealing.cost;

/** What a mask keeps or prunes as one. */
public enum Element {
    /** A single weight of a dense layer or a convolution: the article's edge. */
    WEIGHT,
    /** A two-dimensional kernel of a convolution: all weights from one channel to one filter. */
    KERNEL,
    /** A neuron or a filter: everything that the next layer reads from it. */
    UNIT
}
