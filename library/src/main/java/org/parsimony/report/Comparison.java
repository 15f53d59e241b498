package org.parsimony.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Holm;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Run;
import org.parsimony.report.Tables.Group;

/**
 * Every arm and setting against one arm, in points of test accuracy or in mean squared errors, paired by seed, with Holm's correction over all of them.
 *
 * @param reference the arm
 * @param quality what is compared
 * @param differences by group of repeats; of the reference itself 0
 * @param p two-sided p-value of each difference after the correction; NaN for fewer than two pairs, and of the reference
 */
record Comparison(String reference, Quality quality, Map<Group, Estimate> differences, Map<Group, Double> p) {

    /** What a corrected p-value must be below. */
    static final double LEVEL = 0.05;

    /**
     * The runs of the reference that stand beside a group: of its data, network, tier and settings. Of a group that starts from
     * a network which the reference never has, those of the one network that it has.
     */
    static Map<Group, List<Run>> references(List<Run> runs, String reference) {
        Set<String> options = Arms.differing(reference, runs);
        List<Run> theirs =
                runs.stream().filter(run -> run.arm().name().equals(reference)).toList();
        Map<Group, List<Run>> beside = new LinkedHashMap<>();
        Tables.groups(runs).forEach((group, own) -> {
            Map<String, List<Run>> networks = theirs.stream()
                    .filter(run ->
                            group.isBeside(run) && Arms.setting(run, options).equals(Arms.setting(own.get(0), options)))
                    .collect(Collectors.groupingBy(run -> run.recipe().network()));
            List<Run> others =
                    networks.size() == 1 ? networks.values().iterator().next() : List.of();
            beside.put(group, networks.getOrDefault(group.network(), others));
        });
        return beside;
    }

    static Comparison of(List<Run> runs, String reference) {
        return of(runs, reference, Quality.of(runs));
    }

    static Comparison of(List<Run> runs, String reference, Quality quality) {
        Map<Group, List<Run>> references = references(runs, reference);
        Map<Group, Estimate> differences = new LinkedHashMap<>();
        Tables.groups(runs)
                .forEach((group, own) -> differences.put(
                        group,
                        Estimate.of(own.stream()
                                .mapToDouble(run -> quality.of(run) - ofSeed(quality, references.get(group), run))
                                .toArray())));
        List<Group> groups = List.copyOf(differences.keySet());
        double[] adjusted = Holm.adjusted(groups.stream()
                .mapToDouble(group -> group.method().equals(reference)
                        ? Double.NaN
                        : differences.get(group).p())
                .toArray());
        Map<Group, Double> p = new LinkedHashMap<>();
        for (int i = 0; i < adjusted.length; i++) {
            p.put(groups.get(i), adjusted[i]);
        }
        return new Comparison(reference, quality, differences, p);
    }

    private static double ofSeed(Quality quality, List<Run> references, Run run) {
        return references.stream()
                .filter(other -> other.recipe().seed() == run.recipe().seed())
                .sorted(Comparator.comparing(other -> !Protocol.isFair(run.recipe(), other.recipe())))
                .mapToDouble(quality::of)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Whether a group is less accurate than the reference by more than chance tells: -1, more: 1, neither: 0. */
    int sign(Group group) {
        boolean shown = p.get(group) < LEVEL;
        return shown
                ? quality.better() * (int) Math.signum(differences.get(group).mean())
                : 0;
    }

    /** In what a group was trained otherwise than its reference, in words; empty if as it, or if nobody can tell. */
    static String otherTraining(List<Run> own, List<Run> references) {
        if (own.isEmpty() || references.isEmpty()) {
            return "";
        }
        var arm = own.get(0).recipe();
        var control = references.get(0).recipe();
        return Protocol.isFair(arm, control)
                ? ""
                : Protocol.difference(arm, control).orElse("") + " "
                        + references.get(0).arm().name();
    }
}
