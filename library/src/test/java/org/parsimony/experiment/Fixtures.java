package org.parsimony.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.method.Measurement;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Small runs whose numbers are a function of their recipe. The arm is named by the step, the settings are its options. */
public final class Fixtures {

    private Fixtures() {}

    public static Recipe recipe(String method, long seed) {
        return new Recipe(
                "toy", 0, "4-3-2", Tier.SMOKE, seed, List.of(new Step(method, new TreeMap<>(Map.of("ratio", 0.5)))));
    }

    /** With another option of the last step. */
    public static Recipe with(Recipe recipe, String option, Object value) {
        List<Step> steps = new ArrayList<>(recipe.steps());
        Step last = steps.remove(steps.size() - 1);
        TreeMap<String, Object> options = new TreeMap<>(last.options());
        options.put(option, value);
        steps.add(new Step(last.method(), options));
        return new Recipe(recipe.dataset(), recipe.samples(), recipe.network(), recipe.tier(), recipe.seed(), steps);
    }

    public static Run run(Recipe recipe) {
        return run(recipe, 0.9 + 0.001 * recipe.seed());
    }

    public static Run run(Recipe recipe, double accuracy) {
        return run(recipe, 23, accuracy);
    }

    /** A run of a network with so many parameters. */
    public static Run run(Recipe recipe, long parameters, double accuracy) {
        return run(recipe, parameters, accuracy, Map.of("raw", 92L, "ham", 40L));
    }

    public static Run run(Recipe recipe, long parameters, double accuracy, Map<String, Long> bytes) {
        Measurement measurement = new Measurement(
                recipe.network(),
                parameters,
                20,
                18,
                15,
                92,
                bytes,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0.95,
                0.5,
                accuracy,
                0.1,
                0.2,
                0.25,
                accuracy - 0.01,
                -1,
                3,
                1.5,
                "",
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
        Table trace = Table.create(
                "steps",
                IntColumn.create("epoch", 1, 2),
                DoubleColumn.create("accuracy", 0.1, Double.NaN),
                StringColumn.create("what", "a \"quoted\" name", "line\nbreak"),
                BooleanColumn.create("kept", true, false));
        Step last = recipe.steps().get(recipe.steps().size() - 1);
        return new Run(
                recipe,
                new Arm(last.method(), last.options()),
                measurement,
                List.of(new StepTrace(last.method(), 1.5, 3, 23, 20, accuracy - 0.01, Double.NaN, trace)),
                provenance());
    }

    static Provenance provenance() {
        return new Provenance(
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:04:09Z"),
                "1.2.3",
                "0123456789abcdef0123456789abcdef01234567",
                false,
                "17.0.1 (Somebody)",
                "Linux 6.1 amd64",
                "A processor",
                2,
                "AVX2",
                "OpenBLAS 0.3.19",
                "Haswell",
                1.25);
    }
}
