package org.parsimony.annealing;

/** What batch norm normalises with while masks are compared. */
public enum Statistics {
    /**
     * Mean and variance of the cost images under the mask in question, as the authors' code does; the resulting network
     * carries them as its running statistics.
     */
    BATCH,
    /** The running statistics that training left, whatever the mask. */
    RUNNING
}
