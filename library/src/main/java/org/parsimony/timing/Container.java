package org.parsimony.timing;

/** What runs a network's layers; each has an overhead of its own. */
public enum Container {
    /** Deeplearning4j's chain of layers. */
    CHAIN,
    /** Deeplearning4j's graph. */
    GRAPH,
    /** The pass of a coded network on its code. */
    CODED
}
