package org.parsimony.sham;

/** How the centres of {@link Quantiser#CWS} are found. */
public enum Clustering {
    /** The least possible distortion, by dynamic programming. */
    EXACT,
    /** Lloyd's iterations from quantiles until nothing moves, at most 300. */
    LLOYD,
    /** Lloyd's iterations from k-means++ until nothing moves, at most 300: the authors' other choice, one start of it. */
    LLOYD_PLUS_PLUS,
    /** Mini-batch k-means as the authors run it: k-means++ on 3k weights, batches of 100,000. */
    MINI_BATCH
}
