package org.parsimony.network;

/** What batch norm normalises with. */
public enum Statistics {
    /** Mean and variance of the images that go through together. */
    BATCH,
    /** The running statistics that the network carries. */
    RUNNING
}
