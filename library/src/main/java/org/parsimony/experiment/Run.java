package org.parsimony.experiment;

import java.lang.reflect.RecordComponent;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.network.Measurement;
import tech.tablesaw.api.Table;

/**
 * A finished run: what was asked, what came out, and where it was made.
 *
 * @param recipe what was run
 * @param measurement its one row
 * @param trace its steps; text, boolean and number columns are kept as they are, others as text
 * @param provenance when, where and with what
 */
public record Run(Recipe recipe, Measurement measurement, Table trace, Provenance provenance) {

    /** The SHA-256 of the recipe. */
    public String id() {
        return recipe.id();
    }

    /** One line of canonical JSON that {@link #fromJson} reads. */
    public String json() {
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("id", id());
        map.put("recipe", Records.write(recipe));
        map.put("measurement", Records.write(measurement));
        map.put("trace", Traces.write(trace));
        map.put("provenance", Records.write(provenance));
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
        return new Run(recipe, measurement(parts.measurement), Traces.read(parts.trace), parts.provenance);
    }

    private record Parts(
            String id,
            SortedMap<String, Object> recipe,
            SortedMap<String, Object> measurement,
            SortedMap<String, Object> trace,
            Provenance provenance) {}

    private static Object missing(Class<?> type) {
        if (type == double.class) {
            return Double.NaN;
        }
        return type == long.class ? (Object) (-1L) : type == String.class ? "" : new TreeMap<>();
    }

    /** A column that the row's version of the library did not have yet was not measured: NaN, -1 or empty. */
    private static Measurement measurement(SortedMap<String, Object> row) {
        for (RecordComponent column : Measurement.class.getRecordComponents()) {
            Class<?> type = column.getType();
            row.putIfAbsent(column.getName(), missing(type));
        }
        return Records.read("measurement", row, Measurement.class, null);
    }
}
