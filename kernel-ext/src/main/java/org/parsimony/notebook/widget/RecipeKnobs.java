package org.parsimony.notebook.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Step;
import org.parsimony.method.Methods;

/** The controls of options of a recipe's steps. */
final class RecipeKnobs implements Dials<Recipe> {

    private final Recipe recipe;
    private final Map<Integer, Knobs<?>> steps = new TreeMap<>();

    /**
     * @param names of options, {@code k}, or where several steps have one of this name {@code quantise.k}; at least one
     * @throws IllegalArgumentException for a name that no step's option has, or those of several
     */
    RecipeKnobs(Models models, Recipe recipe, List<String> names) {
        Require.that(
                !names.isEmpty(), "no option is named that is to be moved; name one of %s", known(recipe.complete()));
        this.recipe = recipe.complete();
        Set<String> left = new TreeSet<>(names);
        for (int i = 0; i < this.recipe.steps().size(); i++) {
            Step step = this.recipe.steps().get(i);
            List<String> own = new ArrayList<>();
            for (String name : names) {
                String option = name.substring(name.indexOf('.') + 1);
                if (step.options().containsKey(option) && (name.equals(option) || name.equals(full(step, option)))) {
                    Require.that(
                            left.remove(name),
                            "several steps have an option %s; name one of %s",
                            name,
                            known(this.recipe));
                    own.add(option);
                }
            }
            if (!own.isEmpty()) {
                steps.put(i, Knobs.of(models, Methods.options(Methods.named(step.method()), step.options()), own));
            }
        }
        Require.that(left.isEmpty(), "no step has an option %s; there are %s", left, known(this.recipe));
    }

    private static String full(Step step, String option) {
        return step.method() + "." + option;
    }

    private static List<String> known(Recipe recipe) {
        return recipe.steps().stream()
                .flatMap(step -> step.options().keySet().stream().map(option -> full(step, option)))
                .distinct()
                .toList();
    }

    @Override
    public List<Control<?>> controls() {
        List<Control<?>> controls = new ArrayList<>();
        steps.values().forEach(step -> controls.addAll(step.controls()));
        return controls;
    }

    @Override
    public Recipe setting() {
        List<Step> now = new ArrayList<>(recipe.steps());
        steps.forEach((i, knobs) -> now.set(i, Step.of(recipe.steps().get(i).method(), knobs.setting())));
        return new Recipe(recipe.dataset(), recipe.samples(), recipe.network(), recipe.tier(), recipe.seed(), now);
    }
}
