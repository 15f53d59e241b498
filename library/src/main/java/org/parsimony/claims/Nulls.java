package org.parsimony.claims;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Tier;

/**
 * What a paper's experiments say of their arms, as far as claims need it. Some arms do nothing of what the paper proposes:
 * controls, which change nothing, and those that choose at random; a claim that these bear out too says little for the paper's
 * method. Others are exempt from the protocol, since training otherwise is the method itself; a claim compares them none the
 * less, and says so.
 *
 * @param arms names of those that do nothing, or choose at random
 * @param exempt names of those that are exempt, with the reason
 */
public record Nulls(Set<String> arms, Map<String, String> exempt) {

    /** No such arms: nobody knows the power of a claim. */
    public static final Nulls NONE = new Nulls(Set.of(), Map.of());

    public Nulls {
        arms = Set.copyOf(arms);
        exempt = Map.copyOf(exempt);
    }

    /** None that is exempt. */
    public Nulls(Set<String> arms) {
        this(arms, Map.of());
    }

    /** Those that the experiments of a paper name: {@code control}, {@code chance} and {@code exempt}. */
    public static Nulls ofPaper(String paper) {
        Set<String> arms = new TreeSet<>();
        Map<String, String> exempt = new TreeMap<>();
        for (String name : Experiment.names(paper)) {
            Experiment experiment = Experiment.of(paper, name, Tier.PAPER);
            arms.addAll(experiment.chance());
            exempt.putAll(experiment.exempt());
            if (!experiment.control().isEmpty()) {
                arms.add(experiment.control());
            }
        }
        return new Nulls(arms, exempt);
    }
}
