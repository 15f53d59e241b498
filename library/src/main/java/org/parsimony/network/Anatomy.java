package org.parsimony.network;

/** Deeplearning4j's names of the parameters of dense layers and convolutions. */
final class Anatomy {

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private Anatomy() {}
}
