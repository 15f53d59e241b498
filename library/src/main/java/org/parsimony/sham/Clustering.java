package org.parsimony.sham;

/** How the centres of {@link Quantiser#CWS} are found. */
public enum Clustering {
    /** The least possible distortion, by dynamic programming. */
    EXACT,
    /** Lloyd's iterations from quantiles until nothing moves, at most 300. */
    LLOYD,
    /** Mini-batch k-means as the authors run it: k-means++ on 3k weights, batches of 100,000. */
    MINI_BATCH
}
