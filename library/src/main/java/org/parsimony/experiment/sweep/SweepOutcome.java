package org.parsimony.experiment.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Run;

/**
 * What a sweep has found so far.
 *
 * @param trials of every rung in their order, on each rung in the order of the settings
 */
public record SweepOutcome(SweepPlan plan, List<Trial> trials) {

    public SweepOutcome {
        trials = List.copyOf(trials);
    }

    /** How many settings were tried, each counted once. */
    public long tried() {
        return trials.stream().map(trial -> trial.setting().number()).distinct().count();
    }

    /** The trials that failed, wholly or in part. */
    public List<Trial> failed() {
        return trials.stream().filter(trial -> !trial.isFinished()).toList();
    }

    /** The trials with all of their training, best on validation samples first, failures last; equals stay in their order. */
    public List<Trial> ranked() {
        return trials.stream()
                .filter(trial -> trial.rung() == plan.search().rungs())
                .sorted(Comparator.comparingDouble(Trial::score).reversed())
                .toList();
    }

    /** The best on validation samples of those within the plan's limits; none if all failed or lie beyond. */
    public Optional<Trial> best() {
        return ranked().stream()
                .filter(Trial::isFinished)
                .filter(this::isWithin)
                .findFirst();
    }

    /** Whether a trial's means are at most the plan's limits; what was not measured is not. */
    public boolean isWithin(Trial trial) {
        return plan.within().entrySet().stream().allMatch(most -> trial.mean(most.getKey()) <= most.getValue());
    }

    /** The runs with all of their training, each under its recipe's steps and its setting. */
    public List<Run> runs() {
        return trials.stream()
                .filter(trial -> trial.rung() == plan.search().rungs())
                .flatMap(trial -> trial.runs().stream()
                        .map(run -> run.as(new Arm(run.recipe().chain(), settings(trial)))))
                .toList();
    }

    private static SortedMap<String, Object> settings(Trial trial) {
        return new TreeMap<>(trial.setting().values());
    }

    /** One sentence: how many settings of how many were tried, with how many seeds, and by what the best was chosen. */
    public String sentence() {
        int seeds = plan.seeds();
        long all = plan.combinations();
        long runs = trials.stream().mapToLong(trial -> trial.runs().size()).sum();
        long failed = failed().size();
        StringBuilder text = new StringBuilder();
        text.append(tried()).append(tried() == 1 ? " setting" : " settings");
        if (all != Long.MAX_VALUE && all > tried()) {
            text.append(" of ").append(all);
        }
        text.append(" tried (")
                .append(plan.search())
                .append("), ")
                .append(seeds)
                .append(seeds == 1 ? " seed" : " seeds");
        text.append(" each: ").append(runs).append(runs == 1 ? " run" : " runs");
        text.append(failed == 0 ? "" : ", " + failed + " of the trials failed")
                .append("; chosen on validation samples alone");
        if (!plan.within().isEmpty()) {
            text.append(", within ").append(plan.within());
        }
        return text.append('.').toString();
    }
}
