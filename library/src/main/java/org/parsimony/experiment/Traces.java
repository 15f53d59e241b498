package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables to and from the values of {@link Json}, column by column; a missing cell is null. */
public final class Traces {

    private Traces() {}

    /** What a step did, as values of {@link Json}. */
    public static SortedMap<String, Object> write(StepTrace step) {
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("method", step.method());
        map.put("seconds", Json.normal(step.seconds()));
        map.put("epochs", Json.normal(step.epochs()));
        map.put("parameters", step.parameters());
        map.put("nonzeros", step.nonzeros());
        map.put("validationAccuracy", Json.normal(step.validationAccuracy()));
        if (!Double.isNaN(step.validationError())) { // rows of classes keep their bytes
            map.put("validationError", Json.normal(step.validationError()));
        }
        map.put("table", write(step.table()));
        return map;
    }

    /** Reads what {@link #write(StepTrace)} wrote. */
    @SuppressWarnings("unchecked")
    public static StepTrace readStep(SortedMap<String, Object> map) {
        return new StepTrace(
                (String) map.get("method"),
                number(map.get("seconds")),
                number(map.get("epochs")),
                ((Number) map.get("parameters")).longValue(),
                ((Number) map.get("nonzeros")).longValue(),
                number(map.get("validationAccuracy")),
                number(map.get("validationError")),
                read((SortedMap<String, Object>) map.get("table")));
    }

    private static double number(Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** A table column by column, as values of {@link Json}; missing cells are null. */
    public static SortedMap<String, Object> write(Table table) {
        List<Object> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            List<Object> cells = new ArrayList<>(column.size());
            for (int row = 0; row < column.size(); row++) {
                Object cell = column.isMissing(row) ? null : column.get(row);
                boolean plain = cell == null || cell instanceof Number || cell instanceof Boolean;
                cells.add(plain ? Json.normal(cell) : cell.toString());
            }
            SortedMap<String, Object> map = new TreeMap<>();
            map.put("name", column.name());
            map.put("type", type(column));
            map.put("cells", cells);
            columns.add(map);
        }
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("name", table.name() == null ? "" : table.name());
        map.put("columns", columns);
        return map;
    }

    private static String type(Column<?> column) {
        ColumnType type = column.type();
        if (type == ColumnType.INTEGER || type == ColumnType.SHORT) {
            return "int";
        }
        if (type == ColumnType.LONG) {
            return "long";
        }
        return type == ColumnType.BOOLEAN ? "boolean" : column instanceof NumericColumn<?> ? "double" : "text";
    }

    /** Reads what {@link #write(Table)} wrote. */
    @SuppressWarnings("unchecked")
    public static Table read(SortedMap<String, Object> map) {
        Table table = Table.create((String) map.get("name"));
        for (Map<String, Object> column : (List<Map<String, Object>>) map.get("columns")) {
            String name = (String) column.get("name");
            List<Object> cells = (List<Object>) column.get("cells");
            table.addColumns(column(name, (String) column.get("type"), cells));
        }
        return table;
    }

    private static Column<?> column(String name, String type, List<Object> cells) {
        switch (type) {
            case "int" -> {
                IntColumn column = IntColumn.create(name);
                cells.forEach(cell -> append(column, cell == null ? null : ((Number) cell).intValue()));
                return column;
            }
            case "long" -> {
                LongColumn column = LongColumn.create(name);
                cells.forEach(cell -> append(column, cell == null ? null : ((Number) cell).longValue()));
                return column;
            }
            case "double" -> {
                DoubleColumn column = DoubleColumn.create(name);
                cells.forEach(cell -> append(column, cell == null ? null : ((Number) cell).doubleValue()));
                return column;
            }
            case "boolean" -> {
                BooleanColumn column = BooleanColumn.create(name);
                cells.forEach(cell -> append(column, (Boolean) cell));
                return column;
            }
            case "text" -> {
                StringColumn column = StringColumn.create(name);
                cells.forEach(cell -> append(column, (String) cell));
                return column;
            }
            default ->
                throw new IllegalArgumentException("trace column " + name + " is of type " + type
                        + ", but must be int, long, double, boolean or text");
        }
    }

    private static <T> void append(Column<T> column, T cell) {
        if (cell == null) {
            column.appendMissing();
        } else {
            column.append(cell);
        }
    }
}
