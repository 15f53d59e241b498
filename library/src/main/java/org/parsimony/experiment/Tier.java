package org.parsimony.experiment;

import java.util.Locale;

/** How much of a paper's protocol a recipe runs: the same steps with other sizes. */
public enum Tier {
    /** Seconds: proves that every step works. Its numbers mean nothing. */
    SMOKE,
    /** Minutes on a laptop: what the committed notebooks show. */
    SHORT,
    /** The paper's own protocol, with as many seeds as the paper used, or five. */
    PAPER;

    /** The tier of this name. */
    public static Tier of(String name) {
        for (Tier tier : values()) {
            if (tier.toString().equals(name)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("tier is \"" + name + "\", but must be one of smoke, short, paper");
    }

    /** {@code smoke}, {@code short} or {@code paper}, as it stands in a recipe. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
