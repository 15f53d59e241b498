package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;
import org.parsimony.report.Tables.Group;

/**
 * What runs say, in sentences: pages and notebooks take theirs from here, so that no sentence about a result outlives the
 * result. A difference is called one only where its 95 % interval, with Holm's correction over all that are made together,
 * excludes zero; "without loss" stands only where the interval against the control lies nowhere below it.
 */
public final class Sentences {

    /** More names than this are counted, not listed. */
    private static final int LISTED = 10;

    private Sentences() {}

    /** Which arms and settings are more or less accurate than an arm, and of which no difference is shown. */
    public static String against(List<Run> runs, String reference) {
        return against(runs, reference, Quality.of(runs));
    }

    static String against(List<Run> runs, String reference, Quality quality) {
        Comparison comparison = Comparison.of(runs, reference, quality);
        List<Group> others = comparison.differences().keySet().stream()
                .filter(group -> !group.method().equals(reference))
                .toList();
        if (others.isEmpty()) {
            return "Nothing stands beside " + reference + ".";
        }
        List<Group> alone = others.stream()
                .filter(group -> Double.isNaN(comparison.p().get(group)))
                .toList();
        if (alone.size() == others.size()) {
            return "One seed tells nothing about differences to " + reference + ".";
        }
        List<String> parts = new ArrayList<>();
        parts.add(part(quality.less(), -1, others, alone, comparison));
        parts.add(part(quality.more(), 1, others, alone, comparison));
        parts.add(part("no difference is shown of", 0, others, alone, comparison));
        return "Against " + reference + ", paired by seed, with Holm's correction over "
                + (others.size() - alone.size())
                + (others.size() - alone.size() == 1 ? " comparison: " : " comparisons: ")
                + String.join("; ", parts) + ".";
    }

    private static String part(String words, int sign, List<Group> others, List<Group> alone, Comparison comparison) {
        List<Group> own = others.stream()
                .filter(group -> !alone.contains(group) && comparison.sign(group) == sign)
                .toList();
        if (own.isEmpty() || own.size() > LISTED) {
            return words + ": " + (own.isEmpty() ? "none" : String.valueOf(own.size()));
        }
        return words + ": "
                + own.stream()
                        .map(group -> name(group) + " ("
                                + comparison
                                        .quality()
                                        .words(comparison.differences().get(group)) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String name(Group group) {
        return group.method() + (group.setting().isEmpty() ? "" : ", " + group.setting());
    }

    /** The smallest file of all arms but the control, and what it costs in accuracy against the control. */
    public static String smallest(List<Run> runs, String control) {
        Comparison comparison = Comparison.of(runs, control);
        Map<Group, List<Run>> groups = Tables.groups(runs);
        Group least = null;
        double bytes = Double.POSITIVE_INFINITY;
        for (var group : groups.entrySet()) {
            double own = mean(group.getValue(), Measurement.FILE);
            if (!group.getKey().method().equals(control) && own < bytes) {
                least = group.getKey();
                bytes = own;
            }
        }
        if (least == null) {
            return "No file was measured.";
        }
        return String.format(
                Locale.ROOT,
                "The smallest file is that of %s: %,.0f bytes, %.1f times smaller than all parameters as 32-bit floats, at a test"
                        + " %s; %s.",
                name(least),
                bytes,
                mean(groups.get(least), Measurement.RAW) / bytes,
                comparison.quality().words(Tables.mean(groups.get(least), comparison.quality()::of)),
                loss(comparison.quality(), comparison.differences().get(least), control));
    }

    private static double mean(List<Run> runs, String file) {
        return Tables.mean(runs, run -> {
            Long bytes = run.measurement().bytesDisk().get(file);
            return bytes == null ? Double.NaN : bytes;
        });
    }

    /** What a paired difference says of a loss: "without loss" only where its whole interval is nowhere worse than zero. */
    static String loss(Quality quality, Estimate difference, String control) {
        if (difference.n() < 2) {
            return "whether that is without loss, a single seed does not tell";
        }
        String text = quality.words(difference) + " against " + control + " (n = " + difference.n() + "), ";
        boolean more = quality.better() > 0;
        return text
                + ((more ? difference.low() : -difference.high()) >= 0
                        ? "without loss"
                        : (more ? difference.high() : -difference.low()) < 0
                                ? "a loss"
                                : "which does not tell whether that is without loss");
    }

    /** Which arms begin their optimiser more or less often than the control, whose rule is the same; empty if none does. */
    public static String trainings(List<Run> runs, String control) {
        int own = runs.stream()
                .filter(run -> run.arm().name().equals(control))
                .mapToInt(Sentences::begun)
                .findFirst()
                .orElse(0);
        Set<String> others = new LinkedHashSet<>();
        for (Run run : runs) {
            int begun = begun(run);
            if (begun > 0 && begun != own) {
                others.add(run.arm().name() + " " + begun);
            }
        }
        return own == 0 || others.isEmpty()
                ? ""
                : "The optimiser begins afresh, and an epoch is chosen, in each training; the control has " + own
                        + " of them, " + String.join(", ", others) + ".";
    }

    private static int begun(Run run) {
        try {
            return Protocol.trainings(run.recipe());
        } catch (IllegalArgumentException unknown) {
            return 0; // a method that this build does not have cannot tell
        }
    }
}
