package org.parsimony.experiment;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Rows;
import org.parsimony.method.Measurement;
import tech.tablesaw.api.Table;

/**
 * A finished run: what was asked, what came out, and where it was made.
 *
 * @param recipe what was run
 * @param arm what it is called where it was asked for
 * @param measurement its one row
 * @param steps what each step did; none of a run whose traces were left out
 * @param provenance when, where and with what
 */
public record Run(Recipe recipe, Arm arm, Measurement measurement, List<StepTrace> steps, Provenance provenance) {

    public Run {
        steps = List.copyOf(steps);
    }

    /** The SHA-256 of the recipe. */
    public String id() {
        return recipe.id();
    }

    /** This run under another name. */
    public Run as(Arm other) {
        return new Run(recipe, other, measurement, steps, provenance);
    }

    /** This run without the long tables of its steps: those of more than 40 rows, which the recipe gives again. */
    public Run brief() {
        List<StepTrace> few = steps.stream()
                .map(step -> step.table().rowCount() <= Rows.FEW
                        ? step
                        : new StepTrace(
                                step.method(),
                                step.seconds(),
                                step.epochs(),
                                step.parameters(),
                                step.nonzeros(),
                                step.validationAccuracy(),
                                step.validationError(),
                                Table.create(step.table().name())))
                .toList();
        return new Run(recipe, arm, measurement, few, provenance);
    }

    /** One row a step: method, epochs, seconds, parameters, nonzeros, validation accuracy or, of real values, error. */
    public Table trace() {
        return Rows.of(steps)
                .numbered("step")
                .texts("method", StepTrace::method)
                .doubles("epochs", StepTrace::epochs)
                .doubles("seconds", StepTrace::seconds)
                .longs("parameters", StepTrace::parameters)
                .longs("nonzeros", StepTrace::nonzeros)
                .doubles(
                        measurement.isValued() ? "validation mean squared error" : "validation accuracy",
                        measurement.isValued() ? StepTrace::validationError : StepTrace::validationAccuracy)
                .table(recipe.toString());
    }

    /** One line of canonical JSON that {@link #fromJson} reads. */
    public String json() {
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("id", id());
        map.put("recipe", Records.write(recipe));
        map.put("arm", Records.write(arm));
        SortedMap<String, Object> row = Records.write(measurement);
        if (!measurement.isValued()) {
            Measurement.OF_VALUES.forEach(row::remove); // rows of classes keep their bytes
        }
        map.put("measurement", row);
        map.put("steps", steps.stream().map(Traces::write).toList());
        SortedMap<String, Object> made = Records.write(provenance);
        made.values()
                .removeIf(value -> value instanceof Double number && number.isNaN()); // an earlier row keeps its bytes
        map.put("provenance", made);
        return Json.write(map);
    }

    /**
     * Reads a run from its JSON.
     *
     * @throws IllegalArgumentException if it is damaged, or was altered so that its id is not that of its recipe
     */
    public static Run fromJson(String json) {
        Parts parts = Records.read("run", Json.readObject("run", json), Parts.class, null);
        Recipe recipe = Recipe.fromMap(parts.recipe);
        if (!recipe.id().equals(parts.id)) {
            throw new IllegalArgumentException("run " + parts.id + " holds a recipe whose id is " + recipe.id()
                    + ": the line was altered after the run; take it from its source again");
        }
        return new Run(
                recipe,
                Arm.fromMap(parts.arm),
                row(Measurement.class, parts.measurement),
                parts.steps.stream().map(Traces::readStep).toList(),
                row(Provenance.class, parts.provenance));
    }

    private record Parts(
            String id,
            SortedMap<String, Object> recipe,
            SortedMap<String, Object> arm,
            SortedMap<String, Object> measurement,
            List<SortedMap<String, Object>> steps,
            SortedMap<String, Object> provenance) {}

    private static Object missing(Class<?> type) {
        if (type == double.class) {
            return Double.NaN;
        }
        return type == long.class || type == int.class
                ? (Object) (-1L)
                : type == boolean.class ? (Object) false : type == Map.class ? new TreeMap<>() : "";
    }

    /** A column that the row's version of the library did not have yet was not measured: NaN, -1 or empty. */
    private static <R extends Record> R row(Class<R> type, SortedMap<String, Object> row) {
        for (RecordComponent column : type.getRecordComponents()) {
            row.putIfAbsent(column.getName(), missing(column.getType()));
        }
        return Records.read(type.getSimpleName().toLowerCase(java.util.Locale.ROOT), row, type, null);
    }
}
