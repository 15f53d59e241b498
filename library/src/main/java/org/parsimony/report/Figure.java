package org.parsimony.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;

/**
 * A chart that knows what it was made from, so that its files can say so.
 *
 * @param chart what is drawn
 * @param recipes ids of the recipes behind it, 64 hexadecimal digits each
 * @param seeds of these recipes, each once
 */
public record Figure(Chart<?, ?> chart, List<String> recipes, List<Long> seeds) {

    public Figure {
        recipes = List.copyOf(recipes);
        seeds = List.copyOf(seeds);
    }

    /** A figure made from recipes. */
    public static Figure of(Chart<?, ?> chart, Recipe... recipes) {
        return new Figure(
                chart,
                Arrays.stream(recipes).map(Recipe::id).toList(),
                Arrays.stream(recipes).map(Recipe::seed).distinct().toList());
    }

    /** A figure made from runs. */
    public static Figure of(Chart<?, ?> chart, List<Run> runs) {
        return of(chart, runs.stream().map(Run::recipe).toArray(Recipe[]::new));
    }

    /** A figure that nothing is known of. */
    public static Figure of(Chart<?, ?> chart) {
        return new Figure(chart, List.of(), List.of());
    }

    /** The recipes in one line: the first 12 digits of each. */
    String recipeLine() {
        return recipes.isEmpty()
                ? "none given"
                : recipes.stream().map(id -> id.substring(0, 12)).collect(Collectors.joining(" "));
    }

    /** The seeds in one line. */
    String seedLine() {
        return seeds.isEmpty()
                ? "none given"
                : seeds.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
