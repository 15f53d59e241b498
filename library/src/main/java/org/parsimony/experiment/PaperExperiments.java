package org.parsimony.experiment;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.parsimony.base.Require;

/**
 * Which of a paper's experiments a run is of, told by its recipe and arm: rows do not name it, since experiments may share
 * arms. A run is of every experiment that has its recipe under its arm. Where none has, it is of every one that has it with
 * another seed; where none has that (another data set, other epochs), of every one that has an arm of this name and these
 * settings, with the same methods as steps; and where those differ too, of every one that has such an arm.
 */
public final class PaperExperiments {

    private final String paper;
    private final List<String> names;
    private final Map<Tier, List<Plan>> plans = new EnumMap<>(Tier.class);

    private PaperExperiments(String paper) {
        this.paper = paper;
        this.names = Experiment.names(paper);
    }

    /** The experiments of a paper, by the name of its folder. */
    public static PaperExperiments of(String paper) {
        return new PaperExperiments(paper);
    }

    /** Names of those that a run is of; none where it is of no experiment. */
    public SortedSet<String> of(Run run) {
        SortedSet<String> exactly = new TreeSet<>();
        SortedSet<String> repeated = new TreeSet<>();
        SortedSet<String> stepwise = new TreeSet<>();
        SortedSet<String> alike = new TreeSet<>();
        for (Plan plan : plans.computeIfAbsent(run.recipe().tier(), this::plans)) {
            if (plan.trials().contains(trial(run.recipe(), run.arm()))) {
                exactly.add(plan.name());
            }
            if (plan.repeats().contains(repeat(run.recipe(), run.arm()))) {
                repeated.add(plan.name());
            }
            if (plan.chains().contains(chain(run.recipe(), run.arm()))) {
                stepwise.add(plan.name());
            }
            if (plan.shapes().contains(shape(run.arm()))) {
                alike.add(plan.name());
            }
        }
        return Stream.of(exactly, repeated, stepwise)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(alike);
    }

    /**
     * The network that a run is compared on as part of an experiment: that of the experiment's control, where the run's own arm
     * starts from another one and the control has but one on these data; else its own.
     */
    public String network(Run run, String experiment) {
        Set<String> controls = new HashSet<>();
        for (Plan plan : plans.computeIfAbsent(run.recipe().tier(), this::plans)) {
            if (plan.name().equals(experiment) && plan.repeats().contains(repeat(run.recipe(), run.arm()))) {
                controls.addAll(plan.controls().getOrDefault(run.recipe().dataset(), Set.of()));
            }
        }
        return controls.size() == 1 ? controls.iterator().next() : run.recipe().network();
    }

    /**
     * Those of the runs that are of this experiment.
     *
     * @param experiment its name; empty for all runs
     * @throws IllegalArgumentException if the paper has no such experiment; the message lists those it has
     */
    public List<Run> runs(String experiment, List<Run> runs) {
        if (experiment.isEmpty()) {
            return runs;
        }
        Require.that(
                names.contains(experiment),
                "%s has no experiment \"%s\"; its experiments are %s",
                paper,
                experiment,
                names);
        return runs.stream().filter(run -> of(run).contains(experiment)).toList();
    }

    private List<Plan> plans(Tier tier) {
        return names.stream()
                .map(name -> Plan.of(Experiment.of(paper, name, tier)))
                .toList();
    }

    /**
     * What an experiment asks for, from the whole down to the names of its arms.
     *
     * @param controls networks of its control, by data set
     */
    private record Plan(
            String name,
            Set<String> trials,
            Set<String> repeats,
            Set<String> chains,
            Set<String> shapes,
            Map<String, Set<String>> controls) {

        static Plan of(Experiment experiment) {
            Plan plan = new Plan(
                    experiment.name(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashMap<>());
            for (Experiment.Trial trial : experiment.trials()) {
                plan.trials.add(trial(trial.recipe(), trial.arm()));
                plan.repeats.add(repeat(trial.recipe(), trial.arm()));
                plan.chains.add(chain(trial.recipe(), trial.arm()));
                plan.shapes.add(shape(trial.arm()));
                if (trial.arm().name().equals(experiment.control())) {
                    plan.controls
                            .computeIfAbsent(trial.recipe().dataset(), data -> new HashSet<>())
                            .add(trial.recipe().network());
                }
            }
            return plan;
        }
    }

    private static String trial(Recipe recipe, Arm arm) {
        return recipe.id() + arm;
    }

    /** Whatever the seed: repeats beyond those that an entry asks for. */
    private static String repeat(Recipe recipe, Arm arm) {
        return trial(recipe.withSeed(1), arm);
    }

    private static String chain(Recipe recipe, Arm arm) {
        return shape(arm) + " " + recipe.chain();
    }

    private static String shape(Arm arm) {
        return arm.name() + " " + arm.settings().keySet();
    }
}
