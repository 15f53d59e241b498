package org.parsimony.crossbar;

/** What is done outside of arrays against their noise, bounds and correlated updates; all of it is digital. */
public final class Management {

    private Management() {}

    /** Which reads are scaled so that the greatest input of a vector is 1, the result scaled back: noise shrinks with the vector. */
    public enum Noise {
        /** None. */
        NONE,
        /** Reads of errors, which lie far below the noise otherwise; a vector of zeros is not read at all. */
        BACKWARD,
        /** Reads of inputs too. */
        BOTH
    }

    /** What is done where an output of a forward read has reached the bound of the signal. */
    public enum Bounds {
        /** Nothing: it is cut off. */
        NONE,
        /** The read is repeated with inputs halved until nothing is cut off; noise grows with every halving. */
        HALVING
    }

    /** How the rate of pulses is shared between the lines of inputs and those of errors. */
    public enum Updates {
        /** Equally. */
        NONE,
        /** So that the most likely pulse of both sides is equally likely, which parts updates of one row from each other. */
        BALANCED
    }
}
