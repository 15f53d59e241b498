package org.parsimony.boltzmann;

/** Which bits may flip: where probability may flow. */
public enum Flips {
    /** Of visible units alone. */
    VISIBLE,
    /** Of every unit. */
    ALL
}
