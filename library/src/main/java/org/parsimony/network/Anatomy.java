package org.parsimony.network;

/** Deeplearning4j's names of the parameters of dense layers and convolutions. */
public final class Anatomy {

    /** Name of the weights of a layer. */
    public static final String WEIGHTS = "W";
    /** Name of the biases of a layer. */
    public static final String BIAS = "b";

    private Anatomy() {}
}
