package org.parsimony.experiment.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.sweep.Search.Halving;

/**
 * A sweep as a person writes it: the lines of a recipe, in which a value may stand for several (see {@link Values}), and how
 * to search among them.
 *
 * <pre>
 * dataset digits samples=500
 * network 64-16-10|64-30-10
 * seeds 3
 * search random n=20 seed=1
 * within bytesDisk.pars=4000
 * train epochs=4 learningRate=1e-4..1e-2:log
 * magnitude ratio=0.5..0.9:5
 * train epochs=2
 * </pre>
 *
 * <p>{@code search} is {@code grid} (the default: every combination), {@code random n=20 seed=1}, or {@code halving n=0 seed=1
 * rungs=3 factor=3 by=epochs|samples}, see {@link Search}. {@code seeds N} carries every setting out with the seeds 1 to N
 * (1). {@code within COLUMN=MOST} leaves settings out of the choice whose mean in a column of the row is greater. Settings are
 * compared by their mean on validation samples, and by nothing else. A choice is called by its option ({@code ratio}), where
 * several steps have it in this sweep by method and option ({@code train.epochs}), or by place too ({@code 3.train.epochs}).
 *
 * @param name what it is called
 * @param text its lines
 * @param choices what has several values, in their order in the text
 * @param search which settings are tried
 * @param seeds of each setting, from 1 on
 * @param within the most that columns of the row may have, by the column's name
 */
public record SweepPlan(
        String name, String text, List<Choice> choices, Search search, int seeds, SortedMap<String, Double> within) {

    public SweepPlan {
        Require.text("name of the sweep", name);
        choices = List.copyOf(choices);
        Require.atLeast("seeds of the sweep", seeds, 1);
        within = Collections.unmodifiableSortedMap(new TreeMap<>(within));
    }

    /**
     * A word of a sweep that has several values.
     *
     * @param name of the option
     * @param line of the text, from 0
     * @param place of the word in its line, from 0
     */
    public record Choice(String name, Values values, int line, int place) {}

    /**
     * Reads a sweep from its lines.
     *
     * @throws IllegalArgumentException naming the line that cannot be read, and what must stand there
     */
    public static SweepPlan of(String name, String text) {
        return SweepLines.read(name, text);
    }

    /**
     * Reads a sweep from a file, whose name without its ending is the sweep's.
     *
     * @throws IllegalArgumentException naming the file and what in it is no sweep
     */
    public static SweepPlan read(Path file) throws IOException {
        try {
            return of(Require.fileName(file).replaceFirst("\\.[a-z]+$", ""), Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** What is tried first, in this order; the same plan always gives the same. */
    public List<Setting> settings() {
        List<List<String>> all =
                search.settings(choices.stream().map(Choice::values).toList());
        List<Setting> settings = new ArrayList<>();
        for (List<String> words : all) {
            settings.add(Setting.of(settings.size() + 1, choices, words));
        }
        return List.copyOf(settings);
    }

    /**
     * The recipe of a setting, complete, with seed 1.
     *
     * @param rung from 1 on; the last is the recipe as the plan has it
     * @throws IllegalArgumentException if a method refuses one of the values, naming line and option
     */
    public Recipe recipe(Setting setting, int rung) {
        List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
        for (int i = choices.size() - 1; i >= 0; i--) {
            Choice choice = choices.get(i);
            lines.set(
                    choice.line(),
                    SweepLines.replaced(
                            lines.get(choice.line()),
                            choice.place(),
                            setting.words().get(i)));
        }
        Recipe whole =
                RecipeText.read(String.join("\n", SweepLines.ofRecipe(lines))).complete();
        return search instanceof Halving halving && rung < halving.rungs() ? part(whole, halving, rung) : whole;
    }

    private static Recipe part(Recipe whole, Halving halving, int rung) {
        if (halving.by() == Halving.By.SAMPLES) {
            Require.that(
                    whole.samples() > 0,
                    "the sweep halves by samples, but its data set has none named; write dataset %s samples=N",
                    whole.dataset());
            return whole.withSamples((int) halving.part(whole.samples(), rung));
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : whole.steps()) {
            SortedMap<String, Object> options = new TreeMap<>(step.options());
            options.computeIfPresent(
                    "epochs", (name, epochs) -> epochs instanceof Long n && n > 0 ? halving.part(n, rung) : epochs);
            steps.add(Step.of(step.method(), options));
        }
        return new Recipe(whole.dataset(), whole.samples(), whole.network(), whole.tier(), whole.seed(), steps);
    }

    /** How many settings there are in all; {@link Long#MAX_VALUE} where a range has no end of them. */
    public long combinations() {
        return Values.combinations(choices.stream().map(Choice::values).toList());
    }
}
