package org.parsimony.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.claims.Verdict.Rule;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;

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
 * @param metric column of the measurement, for example {@code accuracyTuned}, or a reckoning with several, for example
 *     {@code accuracyTuned - accuracyBefore}; {@code trace.COLUMN@KEY=NUMBER} is of a step's table
 * @param rule what must hold
 * @param value number that the rule compares with; NaN where it compares with a method
 * @param sd the paper's standard deviation of it, or NaN
 * @param against method that the rule compares with, seed by seed; empty where it compares with a number
 * @param tolerance in the unit of the metric
 * @param repeats how many runs the paper's number is the mean of; 0 if that is not known
 * @param counting the metric as the authors' scripts count it, where that differs from {@code metric}; else empty
 * @param about what the paper's row tells of itself that explains a difference, in our words; may be empty
 * @param experiment of the paper's, whose runs alone it is held against; empty for any. Experiments may share the name of an
 *     arm; a run does not know its experiment, so it is {@code PaperExperiments} that picks the runs
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
        double tolerance,
        int repeats,
        String counting,
        String about,
        String experiment) {

    /** Repeats that a verdict takes, where the paper's own number does not rest on fewer. */
    public static final int REPEATS = 5;

    /** How sure it is that a statement is the paper's. What is only inferred or remembered is not a claim. */
    public enum Certainty {
        TEXT,
        CODE,
        DATA,
        ABSTRACT
    }

    private static final String ON = " on ";

    public Claim {
        Require.text("id of a claim", id);
        options = Map.copyOf(options);
        Require.atLeast("n of a claim", repeats, 0);
        Require.that(
                Double.isNaN(value) != against.isEmpty(),
                "claim %s must compare with either a value or a method, but has %s",
                id,
                against.isEmpty() ? "neither" : "both");
    }

    /** A claim about one number, of which nothing more is known. */
    public Claim(
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
        this(
                id, statement, where, certainty, method, dataset, network, options, metric, rule, value, sd, against,
                tolerance, 0, "", "", "");
    }

    /**
     * A claim that names no data set says something of each: this claim for every data set on which runs answer it. One that
     * names its own, or that no run answers, stays as it is.
     */
    public List<Claim> onEachDataset(List<Run> runs) {
        if (!dataset.isEmpty()) {
            return List.of(this);
        }
        List<Claim> each = runs.stream()
                .filter(run -> answers(run, method))
                .map(run -> run.recipe().dataset())
                .distinct()
                .sorted()
                .map(this::on)
                .toList();
        return each.isEmpty() ? List.of(this) : each;
    }

    private Claim on(String one) {
        return new Claim(
                id + ON + one,
                statement,
                where,
                certainty,
                method,
                one,
                network,
                options,
                metric,
                rule,
                value,
                sd,
                against,
                tolerance,
                repeats,
                counting,
                about,
                experiment);
    }

    /** Id of the claim as the paper makes it, whichever data set it is held against here. */
    public String statedAs() {
        String held = ON + dataset;
        return !dataset.isEmpty() && id.endsWith(held) ? id.substring(0, id.length() - held.length()) : id;
    }

    /** Holds this claim against runs, its power unknown. */
    public Judged judge(List<Run> runs) {
        return judge(runs, Nulls.NONE);
    }

    /**
     * Holds this claim against those runs that answer it; of several tiers, the one nearest to the paper's protocol counts,
     * and of several numbers of training samples the greatest.
     *
     * @param nulls arms whose runs tell the claim's power
     */
    public Judged judge(List<Run> runs, Nulls nulls) {
        Recipe nearest = runs.stream()
                .filter(run -> answers(run, method))
                .map(Run::recipe)
                .max(Comparator.comparing(Recipe::tier).thenComparing(Claim::seen))
                .orElse(null);
        List<Run> alike = runs.stream()
                .filter(run -> nearest != null
                        && run.recipe().tier() == nearest.tier()
                        && run.recipe().samples() == nearest.samples())
                .toList();
        List<Run> own = alike.stream().filter(run -> answers(run, method)).toList();
        Metric plain = new Metric(metric);
        Metric theirs = counting.isEmpty() ? plain : new Metric(counting);
        Estimate ours = estimate(own, alike, theirs::of, nulls);
        Estimate byMetric = counting.isEmpty() ? ours : estimate(own, alike, plain::of, nulls);
        return new Judged(
                this,
                nearest == null ? null : nearest.tier(),
                own,
                ours,
                verdict(ours),
                byMetric,
                verdict(byMetric),
                power(alike, nulls, theirs::of),
                against.isEmpty() ? "" : nulls.exempt().getOrDefault(method, ""));
    }

    /** Training samples at most; 0 stands for all. */
    private static int seen(Recipe recipe) {
        return recipe.samples() == 0 ? Integer.MAX_VALUE : recipe.samples();
    }

    /** Over seeds: runs of one seed share their dense network and are no independent repeats. */
    private Estimate estimate(List<Run> own, List<Run> all, ToDoubleFunction<Run> value, Nulls nulls) {
        Map<Long, List<Double>> bySeed = new TreeMap<>();
        for (Run run : own) {
            List<Double> values = bySeed.computeIfAbsent(run.recipe().seed(), seed -> new ArrayList<>());
            if (against.isEmpty()) {
                values.add(value.applyAsDouble(run));
            } else {
                all.stream()
                        .filter(other -> answers(other, against) && isPair(run, other, nulls))
                        .findFirst()
                        .ifPresent(other -> values.add(value.applyAsDouble(run) - value.applyAsDouble(other)));
            }
        }
        return Estimate.of(bySeed.values().stream().mapToDouble(Claim::mean).toArray());
    }

    private static double mean(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** Of the runs of arms that do nothing, or choose at random, the share whose value is where the claim says. */
    private double power(List<Run> runs, Nulls nulls, ToDoubleFunction<Run> value) {
        int passed = 0;
        int measured = 0;
        for (Run run : runs) {
            if (nulls.arms().contains(run.arm().name()) && !run.arm().name().equals(method) && isAlike(run)) {
                double own = estimate(List.of(run), runs, value, nulls).mean();
                measured += Double.isNaN(own) ? 0 : 1;
                passed += !Double.isNaN(own) && Verdict.holds(rule, own, target(), allowance()) ? 1 : 0;
            }
        }
        return measured == 0 ? Double.NaN : (double) passed / measured;
    }

    /** The verdict that this estimate of the metric gets, or of its difference from the arm that the claim compares with. */
    public Verdict verdict(Estimate ours) {
        return Verdict.of(rule, ours, target(), allowance(), against.isEmpty(), least());
    }

    private double target() {
        return against.isEmpty() ? value : 0;
    }

    /** Repeats that a verdict on this claim takes: as many as the paper's where those are fewer than five, at least two. */
    public int least() {
        return repeats == 0 ? REPEATS : Math.max(2, Math.min(REPEATS, repeats));
    }

    /** What ours may miss the paper's value by, in the unit of the metric: the tolerance, or twice the paper's sd if greater. */
    public double allowance() {
        return Double.isNaN(sd) ? tolerance : Math.max(tolerance, 2 * sd);
    }

    /** Whether a run of another arm is of the claim's data and network, with its settings as far as it has them. */
    private boolean isAlike(Run run) {
        return isOfSubject(run)
                && options.entrySet().stream()
                        .allMatch(option -> !run.arm().settings().containsKey(option.getKey())
                                || option.getValue().equals(text(run, option.getKey())));
    }

    private boolean isOfSubject(Run run) {
        return (dataset.isEmpty() || dataset.equals(run.recipe().dataset()))
                && (network.isEmpty() || network.equals(run.recipe().network()));
    }

    /** Whether this run is one of those that the claim speaks of. */
    public boolean answeredBy(Run run) {
        return answers(run, method);
    }

    private boolean answers(Run run, String wanted) {
        return run.arm().name().equals(wanted)
                && isOfSubject(run)
                && options.entrySet().stream()
                        .allMatch(option -> option.getValue().equals(text(run, option.getKey())));
    }

    /** The arm's setting of this name, or else the option of the last step that has it. */
    private static String text(Run run, String option) {
        Object setting = run.arm().settings().get(option);
        return Records.text(setting != null ? setting : run.recipe().option(option));
    }

    /** Two runs that differ in nothing but the arm, or in how an exempt one trains: what both arms are repeated for is the same. */
    private static boolean isPair(Run one, Run other, Nulls nulls) {
        Recipe a = one.recipe();
        Recipe b = other.recipe();
        return a.seed() == b.seed()
                && a.dataset().equals(b.dataset())
                && a.network().equals(b.network())
                && a.tier() == b.tier()
                && a.samples() == b.samples()
                && (nulls.exempt().containsKey(one.arm().name()) || Protocol.isFair(a, b))
                && one.arm().settings().entrySet().stream()
                        .allMatch(setting -> Objects.equals(
                                setting.getValue(),
                                other.arm().settings().getOrDefault(setting.getKey(), setting.getValue())));
    }
}
