package org.parsimony.experiment;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Small runs whose numbers are a function of their recipe. */
public final class Fixtures {

    private Fixtures() {}

    public static Recipe recipe(String method, long seed) {
        return new Recipe(method, "toy", "4-3-2", Tier.SMOKE, seed, new TreeMap<>(Map.of("ratio", 0.5)));
    }

    public static Outcome outcome(Recipe recipe) {
        return outcome(recipe, 0.9 + 0.001 * recipe.seed());
    }

    public static Outcome outcome(Recipe recipe, double accuracy) {
        Measurement measurement = new Measurement(
                recipe.method(),
                recipe.dataset(),
                recipe.network(),
                recipe.seed(),
                23,
                20,
                18,
                15,
                92,
                Map.of("raw", 92L, "ham", 40L),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0.95,
                0.5,
                accuracy,
                accuracy - 0.01,
                0.25,
                -1,
                1.5,
                "");
        Table trace = Table.create(
                "steps",
                IntColumn.create("epoch", 1, 2),
                DoubleColumn.create("accuracy", 0.1, Double.NaN),
                StringColumn.create("what", "a \"quoted\" name", "line\nbreak"),
                BooleanColumn.create("kept", true, false));
        return new Outcome() {
            @Override
            public Model model() {
                throw new UnsupportedOperationException("the toy has no network");
            }

            @Override
            public Measurement measurement() {
                return measurement;
            }

            @Override
            public Table trace() {
                return trace;
            }

            @Override
            public Chart<?, ?> figure() {
                throw new UnsupportedOperationException("the toy has no figure");
            }
        };
    }

    public static Run run(Recipe recipe) {
        return run(recipe, 0.9 + 0.001 * recipe.seed());
    }

    /** A run of a network with so many parameters. */
    public static Run run(Recipe recipe, long parameters, double accuracy) {
        String small = run(recipe, accuracy).json();
        return Run.fromJson(small.replace("\"parameters\":23", "\"parameters\":" + parameters));
    }

    public static Run run(Recipe recipe, double accuracy) {
        Outcome outcome = outcome(recipe, accuracy);
        Provenance provenance = new Provenance(
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:04:09Z"),
                "1.2.3",
                "0123456789abcdef0123456789abcdef01234567",
                false,
                "17.0.1 (Somebody)",
                "Linux 6.1 amd64",
                "A processor",
                2);
        return new Run(recipe, outcome.measurement(), outcome.trace(), provenance);
    }
}
