package org.parsimony.floats;

/** What is rounded when a network computes. Weights always are. */
public enum Arithmetic {
    /** The paper's: weights, inputs, every product, every running sum, every addition of a bias, every activation. */
    EVERY_OPERATION,
    /**
     * Weights, inputs and activations: products are exact and their sums wide (64-bit floats), rounded once at a layer's
     * end.
     */
    WIDE_SUMS,
    /** Only the weights; the rest is computed in 64-bit floats. */
    WEIGHTS_ONLY
}
