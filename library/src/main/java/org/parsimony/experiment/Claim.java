package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Require;

/**
 * One statement of a paper that can be held against measured runs.
 *
 * @param id short name, unique in its file
 * @param statement what the paper states, in our words
 * @param where in the paper it stands
 * @param certainty how sure it is that it stands there
 * @param method of the runs that answer it; empty for a statement about the definition of something
 * @param dataset of the runs; empty for any
 * @param network of the runs; empty for any
 * @param options of their recipes that must have these values
 * @param metric column of the measurement, for example {@code accuracyTuned}
 * @param rule what must hold
 * @param value number that the rule compares with; NaN where it compares with a method
 * @param sd the paper's standard deviation of it, or NaN
 * @param against method that the rule compares with, seed by seed; empty where it compares with a number
 * @param tolerance in the unit of the metric
 */
public record Claim(
        String id,
        String statement,
        String where,
        Certainty certainty,
        String method,
        String dataset,
        String network,
        Map<String, Object> options,
        String metric,
        Rule rule,
        double value,
        double sd,
        String against,
        double tolerance) {

    /** How sure it is that a statement is the paper's. What is only inferred or remembered is not a claim. */
    public enum Certainty {
        TEXT,
        CODE,
        DATA,
        ABSTRACT
    }

    /** What must hold of our mean. */
    public enum Rule {
        /** |ours − value| is at most the tolerance or twice the paper's sd, whichever is greater. */
        WITHIN,
        /** Ours is no lower than that, allowing for the tolerance, twice the paper's sd, and our 95 % interval. */
        AT_LEAST,
        /** Ours is lower, with the whole 95 % interval. */
        LESS_THAN
    }

    /** Whether the runs bear a claim out. */
    public enum Verdict {
        REPRODUCED,
        NOT_REPRODUCED,
        NOT_MEASURED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    public Claim {
        Require.text("id of a claim", id);
        options = Map.copyOf(options);
        Require.that(
                Double.isNaN(value) != against.isEmpty(),
                "claim %s must compare with either a value or a method, but has %s",
                id,
                against.isEmpty() ? "neither" : "both");
    }

    /**
     * A claim held against runs.
     *
     * @param claim the claim
     * @param ours mean of the metric, or of its difference from {@code against} seed by seed
     * @param level mean of the metric itself
     * @param verdict whether the rule holds
     */
    public record Judged(Claim claim, Estimate ours, Estimate level, Verdict verdict) {}

    /** Holds this claim against runs; those that do not answer it are passed over. */
    public Judged judge(List<Run> runs) {
        List<Double> levels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Run run : runs) {
            if (!answers(run, method)) {
                continue;
            }
            double own = metric(run);
            levels.add(own);
            if (against.isEmpty()) {
                values.add(own);
            } else {
                runs.stream()
                        .filter(other -> answers(other, against) && isPair(run, other))
                        .findFirst()
                        .ifPresent(other -> values.add(own - metric(other)));
            }
        }
        Estimate ours = estimate(values);
        double target = against.isEmpty() ? value : 0;
        double slack = Double.isNaN(sd) ? tolerance : Math.max(tolerance, 2 * sd);
        boolean holds =
                switch (rule) {
                    case WITHIN -> Math.abs(ours.mean() - target) <= slack;
                    case AT_LEAST -> ours.high() >= target - slack;
                    case LESS_THAN -> ours.high() < target;
                };
        Verdict verdict = ours.n() == 0 ? Verdict.NOT_MEASURED : holds ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED;
        return new Judged(this, ours, estimate(levels), verdict);
    }

    private boolean answers(Run run, String wanted) {
        Recipe recipe = run.recipe();
        return recipe.method().equals(wanted)
                && (dataset.isEmpty() || dataset.equals(recipe.dataset()))
                && (network.isEmpty() || network.equals(recipe.network()))
                && options.entrySet().stream().allMatch(option -> option.getValue()
                        .equals(String.valueOf(recipe.options().get(option.getKey()))));
    }

    /** Two runs that differ in nothing but the method. */
    private static boolean isPair(Run one, Run other) {
        Recipe a = one.recipe();
        Recipe b = other.recipe();
        return a.seed() == b.seed()
                && a.dataset().equals(b.dataset())
                && a.network().equals(b.network())
                && a.tier() == b.tier()
                && new TreeMap<>(a.options()).equals(new TreeMap<>(b.options()));
    }

    private double metric(Run run) {
        Object column = run.measurement().columns().get(metric);
        Require.that(
                column instanceof Number,
                "claim %s asks for the metric \"%s\", which is not a number of a measurement; its columns are %s",
                id,
                metric,
                run.measurement().columns().keySet());
        return ((Number) column).doubleValue();
    }

    private static Estimate estimate(List<Double> values) {
        return Estimate.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
