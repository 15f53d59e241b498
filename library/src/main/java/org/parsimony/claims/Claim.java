package org.parsimony.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.StepTrace;
import org.parsimony.experiment.Tier;

/**
 * One statement of a paper that can be held against measured runs.
 *
 * @param id short name, unique in its file
 * @param statement what the paper states, in our words
 * @param where in the paper it stands
 * @param certainty how sure it is that it stands there
 * @param method arm of the runs that answer it; empty for a statement about the definition of something
 * @param dataset of the runs; empty for any
 * @param network of the runs; empty for any
 * @param options settings of the arm, or options of the recipe, that must have these values
 * @param metric column of the measurement, for example {@code accuracyTuned}, or the difference of two, for example {@code
 *     accuracyTuned - accuracyBefore}, or {@code trace.COLUMN@KEY=NUMBER} of a step's table
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

    private static final String MINUS = " - ";
    private static final String TRACE = "trace.";

    /** So that 0.92 lies within 0.01 of 0.93, which in binary it does not quite. */
    private static final double ROUNDING = 1e-12;

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
        /** Ours is no lower, allowing for the tolerance or twice the paper's sd, whichever is greater. */
        AT_LEAST,
        /** Ours is lower. */
        LESS_THAN
    }

    /** Whether the runs bear a claim out. */
    public enum Verdict {
        /** The rule holds for our mean; where it bounds, for the whole 95 % interval. */
        REPRODUCED,
        /** It does not; where it bounds, for no value of the interval. */
        NOT_REPRODUCED,
        /** Our interval is too wide to tell. */
        UNDECIDED,
        /** No run answers the claim. */
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
     * @param tier of the runs; null if there are none
     * @param ours mean of the metric, or of its difference from {@code against} seed by seed
     * @param verdict whether the rule holds
     */
    public record Judged(Claim claim, Tier tier, Estimate ours, Verdict verdict) {}

    /**
     * Holds this claim against those runs that answer it; of several tiers, the one nearest to the paper's protocol
     * counts.
     */
    public Judged judge(List<Run> runs) {
        Tier tier = runs.stream()
                .filter(run -> answers(run, method))
                .map(run -> run.recipe().tier())
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<Run> counting =
                runs.stream().filter(run -> run.recipe().tier() == tier).toList();
        Map<Long, List<Double>> bySeed = new TreeMap<>();
        for (Run run : counting) {
            if (answers(run, method)) {
                List<Double> values = bySeed.computeIfAbsent(run.recipe().seed(), seed -> new ArrayList<>());
                if (against.isEmpty()) {
                    values.add(metric(run));
                } else {
                    counting.stream()
                            .filter(other -> answers(other, against) && isPair(run, other))
                            .findFirst()
                            .ifPresent(other -> values.add(metric(run) - metric(other)));
                }
            }
        }
        Estimate ours =
                Estimate.of(bySeed.values().stream().mapToDouble(Claim::mean).toArray());
        return new Judged(this, tier, ours, verdict(ours));
    }

    /** Of what was measured; runs of one seed share their dense network and are no independent repeats. */
    private static double mean(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private Verdict verdict(Estimate ours) {
        if (ours.n() == 0) {
            return Verdict.NOT_MEASURED;
        }
        double target = against.isEmpty() ? value : 0;
        double slack = allowance() + ROUNDING;
        return switch (rule) {
            case WITHIN -> decided(Math.abs(ours.mean() - target) <= slack, true);
            case AT_LEAST -> decided(ours.low() >= target - slack, ours.high() < target - slack);
            case LESS_THAN -> decided(ours.high() < target, ours.low() >= target);
        };
    }

    /** What ours may miss the paper's value by, in the unit of the metric: the tolerance, or twice the paper's sd if greater. */
    public double allowance() {
        return Double.isNaN(sd) ? tolerance : Math.max(tolerance, 2 * sd);
    }

    private static Verdict decided(boolean holds, boolean fails) {
        return holds ? Verdict.REPRODUCED : fails ? Verdict.NOT_REPRODUCED : Verdict.UNDECIDED;
    }

    /** Whether this run is one of those that the claim speaks of. */
    public boolean answeredBy(Run run) {
        return answers(run, method);
    }

    private boolean answers(Run run, String wanted) {
        Recipe recipe = run.recipe();
        return run.arm().name().equals(wanted)
                && (dataset.isEmpty() || dataset.equals(recipe.dataset()))
                && (network.isEmpty() || network.equals(recipe.network()))
                && options.entrySet().stream()
                        .allMatch(option -> option.getValue().equals(text(run, option.getKey())));
    }

    /** The arm's setting of this name, or else the option of the last step that has it. */
    private static String text(Run run, String option) {
        Object setting = run.arm().settings().get(option);
        return Records.text(setting != null ? setting : run.recipe().option(option));
    }

    /** Two runs that differ in nothing but the arm: what both arms are repeated for is the same. */
    private static boolean isPair(Run one, Run other) {
        Recipe a = one.recipe();
        Recipe b = other.recipe();
        return a.seed() == b.seed()
                && a.dataset().equals(b.dataset())
                && a.network().equals(b.network())
                && a.tier() == b.tier()
                && a.samples() == b.samples()
                && one.arm().settings().entrySet().stream()
                        .allMatch(setting -> Objects.equals(
                                setting.getValue(),
                                other.arm().settings().getOrDefault(setting.getKey(), setting.getValue())));
    }

    private double metric(Run run) {
        int minus = metric.indexOf(MINUS);
        return minus < 0
                ? column(run, metric)
                : column(run, metric.substring(0, minus)) - column(run, metric.substring(minus + MINUS.length()));
    }

    /** {@code trace.COLUMN@KEY=NUMBER} is the value of a step's table in the row whose KEY is that number. */
    private static double traced(Run run, String name) {
        int at = name.indexOf('@');
        int equals = name.indexOf('=', at);
        Require.that(at > 0 && equals > at, "metric \"%s\" must read trace.COLUMN@KEY=NUMBER", name);
        String column = name.substring(TRACE.length(), at);
        String key = name.substring(at + 1, equals);
        double wanted = Double.parseDouble(name.substring(equals + 1));
        for (StepTrace step : run.steps()) {
            var table = step.table();
            if (table.columnNames().containsAll(List.of(column, key))) {
                for (int row = 0; row < table.rowCount(); row++) {
                    if (Math.abs(table.numberColumn(key).getDouble(row) - wanted) < 1e-9) {
                        return table.numberColumn(column).getDouble(row);
                    }
                }
            }
        }
        return Double.NaN;
    }

    private double column(Run run, String name) {
        if (name.startsWith(TRACE)) {
            return traced(run, name);
        }
        Object column = run.measurement().columns().get(name);
        Require.that(
                column instanceof Number,
                "claim %s asks for the metric \"%s\", which is not a number of a measurement; its columns are %s",
                id,
                name,
                run.measurement().columns().keySet());
        boolean unmeasured = column instanceof Long count && count == -1;
        return unmeasured ? Double.NaN : ((Number) column).doubleValue();
    }
}
