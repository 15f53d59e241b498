package org.parsimony.timing;

/** Which kernels a prediction may measure. */
public enum Detail {
    /** Each kernel of the network, at its own widths. */
    EXACT,
    /** Kernels at the widths of the grid; the network's own lie between them. Few measurements serve many widths. */
    GRID,
    /**
     * None: what the table has, else what lies between, else a law of work that never falls, fitted to what it has of the
     * kind.
     */
    KNOWN
}
