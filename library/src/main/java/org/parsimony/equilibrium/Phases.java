package org.parsimony.equilibrium;

/** With which phases the gradient is estimated. */
public enum Phases {
    /** Free, then nudged by β: the error of the estimate falls as β. */
    ONE_SIDED,
    /** Free, nudged by β, and from the free state nudged by −β: the error falls as β². */
    THREE_PHASE
}
