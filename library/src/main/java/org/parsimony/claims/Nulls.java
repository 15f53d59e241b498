package org.parsimony.claims;

import java.util.Set;
import java.util.TreeSet;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Tier;

/**
 * Arms that do nothing of what a paper proposes: controls, which change nothing, and those that choose at random. A claim
 * that these bear out too says little for the paper's method.
 *
 * @param arms their names
 */
public record Nulls(Set<String> arms) {

    /** No such arms: nobody knows the power of a claim. */
    public static final Nulls NONE = new Nulls(Set.of());

    public Nulls {
        arms = Set.copyOf(arms);
    }

    /** Those that the experiments of a paper name: {@code control} and {@code chance}. */
    public static Nulls ofPaper(String paper) {
        Set<String> arms = new TreeSet<>();
        for (String name : Experiment.names(paper)) {
            Experiment experiment = Experiment.of(paper, name, Tier.PAPER);
            arms.addAll(experiment.chance());
            if (!experiment.control().isEmpty()) {
                arms.add(experiment.control());
            }
        }
        return new Nulls(arms);
    }
}
