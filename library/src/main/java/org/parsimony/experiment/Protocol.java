package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.parsimony.base.Json;
import org.parsimony.base.Require;
import org.parsimony.method.Methods;
import org.parsimony.method.Training;
import org.parsimony.method.Training.Stretch;

/**
 * The one protocol of every comparison: an arm and its control see the same samples with the same seeds, and the weights
 * of both are trained for the same total of epochs in batches of the same size (so for as many steps of the gradient), by
 * the same course of optimiser and learning rate, with the same choice of epoch and the same rule for the optimiser's
 * state. What a step trains its method tells, see {@link Training}; nothing need run for that.
 *
 * <p>What comes before fresh weights are drawn counts no longer. How often a training begins is no part of the protocol,
 * which asks for the rule alone, but {@link #trainings} tells it.
 */
public final class Protocol {

    private Protocol() {}

    /**
     * Makes sure that every arm is on the terms of its control: the control's arm whose settings agree with its own, as far
     * as both have them.
     *
     * @param what the experiment, for messages
     * @param control name of the control's arm
     * @param exempt names of arms that are marked as exceptions
     * @throws IllegalArgumentException naming the arm, what differs, and what to do; or if an arm has no control
     */
    public static void require(String what, Collection<Experiment.Trial> trials, String control, Set<String> exempt) {
        Map<Arm, List<Recipe>> arms = new LinkedHashMap<>();
        trials.forEach(trial ->
                arms.computeIfAbsent(trial.arm(), arm -> new ArrayList<>()).add(trial.recipe()));
        arms.forEach((arm, recipes) -> {
            if (arm.name().equals(control) || exempt.contains(arm.name())) {
                return;
            }
            List<List<Recipe>> controls = arms.entrySet().stream()
                    .filter(other -> other.getKey().name().equals(control) && agree(arm, other.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            Require.that(
                    !controls.isEmpty(),
                    "%s, arm %s has no control: no arm \"%s\" has its settings %s",
                    what,
                    arm.name(),
                    control,
                    Json.write(Json.normal(arm.settings())));
            for (List<Recipe> of : controls) {
                Optional<String> difference = seeds(recipes, of).or(() -> difference(recipes.get(0), of.get(0)));
                Require.that(
                        difference.isEmpty(),
                        "%s, arm %s %s %s: make them equal, or mark the arm with \"exempt\": \"why\"",
                        what,
                        arm.name(),
                        difference.orElse(""),
                        control);
            }
        });
    }

    private static boolean agree(Arm arm, Arm control) {
        return control.settings().entrySet().stream()
                .allMatch(setting -> Objects.equals(
                        arm.settings().getOrDefault(setting.getKey(), setting.getValue()), setting.getValue()));
    }

    private static Optional<String> seeds(List<Recipe> arm, List<Recipe> control) {
        Set<Long> own = seeds(arm);
        Set<Long> others = seeds(control);
        return own.equals(others)
                ? Optional.empty()
                : Optional.of(String.format("has the seeds %s, but not its control's, which are %s of", own, others));
    }

    private static Set<Long> seeds(List<Recipe> recipes) {
        return recipes.stream().map(Recipe::seed).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * In what a recipe is not on the terms of its control, as words to stand between the names of both ({@code "trains 21
     * epochs in all, but 20 are those of"}); nothing if it is. Seeds are not looked at.
     *
     * @throws IllegalArgumentException if a step's method or an option is not known
     */
    public static Optional<String> difference(Recipe arm, Recipe control) {
        if (!arm.dataset().equals(control.dataset()) || arm.samples() != control.samples()) {
            return Optional.of(String.format("sees %s, but %s are the samples of", samples(arm), samples(control)));
        }
        if (arm.tier() != control.tier()) {
            return Optional.of(String.format("is of the tier %s, but %s is that of", arm.tier(), control.tier()));
        }
        List<Stretch> own = trained(arm);
        List<Stretch> others = trained(control);
        double total = epochs(own);
        if (total != epochs(others)) {
            return Optional.of(String.format(
                    "trains %s epochs in all, but %s are those of", digits(total), digits(epochs(others))));
        }
        return other("trains by", own, others, s -> "batches of " + s.batchSize() + ", " + s.rate())
                .or(() -> other("ends its trainings with", own, others, Stretch::choice))
                .or(() -> other("has an optimiser", own, others, Stretch::state));
    }

    /**
     * Whether two stored runs may be compared: not if one's training {@link #difference differs} from the other's. Of steps
     * that this build's registry does not know nobody can tell, and then only samples and tier count.
     */
    public static boolean isFair(Recipe arm, Recipe control) {
        try {
            return difference(arm, control).isEmpty();
        } catch (IllegalArgumentException unknown) {
            return arm.samples() == control.samples() && arm.tier() == control.tier();
        }
    }

    /** How often the weights of a recipe's result begin a training, each time with its rule for the optimiser's state. */
    public static int trainings(Recipe recipe) {
        return trained(recipe).stream().mapToInt(Stretch::trainings).sum();
    }

    /** The total of epochs that the weights of a recipe's result are trained for; with early stopping the most. */
    public static double epochs(Recipe recipe) {
        return epochs(trained(recipe));
    }

    private static double epochs(List<Stretch> stretches) {
        return stretches.stream().mapToDouble(Stretch::total).sum();
    }

    private static String samples(Recipe recipe) {
        return (recipe.samples() == 0 ? "all" : recipe.samples()) + " training samples of " + recipe.dataset();
    }

    private static Optional<String> other(
            String verb, List<Stretch> own, List<Stretch> others, Function<Stretch, String> rule) {
        String mine = course(own, rule);
        String theirs = course(others, rule);
        return mine.equals(theirs)
                ? Optional.empty()
                : Optional.of(String.format("%s %s, but %s is that of", verb, mine, theirs));
    }

    /** What the weights that a recipe ends with were trained by, in order. */
    private static List<Stretch> trained(Recipe recipe) {
        List<Stretch> stretches = new ArrayList<>();
        for (Step step : recipe.steps()) {
            Training training = Methods.training(Methods.named(step.method()), step.options());
            if (training.isAnew()) {
                stretches.clear();
            }
            stretches.addAll(training.stretches());
        }
        return stretches;
    }

    /** For how many epochs each rule holds, neighbours of one rule as one: {@code "adam 0.001 (15 epochs), …"}. */
    private static String course(List<Stretch> stretches, Function<Stretch, String> rule) {
        List<String> rules = new ArrayList<>();
        List<Double> epochs = new ArrayList<>();
        for (Stretch stretch : stretches) {
            int last = rules.size() - 1;
            String own = rule.apply(stretch);
            if (last >= 0 && rules.get(last).equals(own)) {
                epochs.set(last, epochs.get(last) + stretch.total());
            } else {
                rules.add(own);
                epochs.add(stretch.total());
            }
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            parts.add(rules.get(i) + " (" + digits(epochs.get(i)) + " epochs)");
        }
        return String.join(", then ", parts);
    }

    private static String digits(double value) {
        return Json.digits(value);
    }
}
