package org.parsimony.network;

/** Deeplearning4j's names of the parameters of dense layers and convolutions. */
public final class Anatomy {

    public static final String WEIGHTS = "W";
    public static final String BIAS = "b";

    private Anatomy() {}
}
