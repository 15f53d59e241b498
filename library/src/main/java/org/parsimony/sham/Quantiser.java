package org.parsimony.sham;

/** How many weights come to share few values; the names are those of the survey of 2023. */
public enum Quantiser {
    /** Clustering-based weight sharing: one-dimensional k-means, each weight becomes the nearest centre. */
    CWS,
    /**
     * Probabilistic weight sharing: k quantiles; each weight becomes one of its two neighbours by chance, so that its
     * expectation is the weight itself.
     */
    PWS,
    /** Uniform quantisation: multiples of a step δ, the smallest step that leaves no more than k values. */
    UQ,
    /** Entropy-constrained scalar quantisation: squared error plus λ times the length of an ideal code word. */
    ECSQ
}
