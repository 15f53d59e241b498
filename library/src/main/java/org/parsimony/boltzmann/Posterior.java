package org.parsimony.boltzmann;

/** How hidden units are filled in when the visible ones are given: the E-step. */
public enum Posterior {
    /**
     * Every hidden state with its probability; only where there are few. Then hidden flips have no gradient at all, and the
     * weights between hidden layers stand still.
     */
    EXACT,
    /** Means by sweeps of mean field, then a state drawn from them. */
    MEAN_FIELD,
    /** The means themselves, put where states would stand. */
    MEANS,
    /** A state drawn by sweeps of Gibbs sampling, from the state that mean field's first sweep draws. */
    GIBBS
}
