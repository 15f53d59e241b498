package org.parsimony.report.file;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;

/**
 * A chart that knows what it was made from, so that its files can say so.
 *
 * @param chart what is drawn
 * @param origin recipes, seeds, library version and date
 */
public record Figure(Chart<?, ?> chart, Origin origin) {

    /** A figure made from runs. */
    public static Figure of(Chart<?, ?> chart, List<Run> runs) {
        return new Figure(chart, Origin.of(runs));
    }

    /** A figure made now by a recipe. */
    public static Figure of(Chart<?, ?> chart, Recipe recipe) {
        Origin now = Origin.unknown(now());
        return new Figure(
                chart, new Origin(List.of(recipe.shortId()), List.of(recipe.seed()), now.library(), now.date()));
    }

    /** A figure made now, of which nothing else is known. */
    public static Figure of(Chart<?, ?> chart) {
        return new Figure(chart, Origin.unknown(now()));
    }

    /** Writes it in the format that the file's name ends in. */
    public Path write(Export export, Path file) {
        return export.write(chart, origin, file);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
