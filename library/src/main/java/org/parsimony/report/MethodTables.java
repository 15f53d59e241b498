package org.parsimony.report;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Step;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Methods, their options, and the steps of recipes as tables. */
public final class MethodTables {

    private static final String EPOCHS = "epochs";

    private MethodTables() {}

    /** One row a method of the registry: name, paper, summary. */
    public static Table all() {
        Table table = Table.create(
                "methods", StringColumn.create("name"), StringColumn.create("paper"), StringColumn.create("summary"));
        for (Method<?> method : Methods.all()) {
            table.stringColumn(0).append(method.name());
            table.stringColumn(1).append(method.paper());
            table.stringColumn(2).append(method.summary());
        }
        return table;
    }

    /** One row an option: name as in a recipe, range, default, meaning. */
    public static Table options(Method<?> method) {
        Table table = Table.create(
                method.name() + ": " + method.summary(),
                StringColumn.create("option"),
                StringColumn.create("range"),
                StringColumn.create("default"),
                StringColumn.create("meaning"));
        SortedMap<String, Object> defaults = normal(Records.write(Methods.defaults(method)));
        for (RecordComponent component : method.options().getRecordComponents()) {
            Describe described = component.getAnnotation(Describe.class);
            table.stringColumn(0).append(component.getName());
            table.stringColumn(1).append(range(component));
            table.stringColumn(2).append(Records.text(defaults.get(component.getName())));
            table.stringColumn(3).append(described == null ? "" : described.value());
        }
        return table;
    }

    /** What a value of an option may be: {@code 1 …}, {@code 0 … 1}, its constants, or the kind of value. */
    public static String range(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        if (type == boolean.class) {
            return "true, false";
        }
        Describe described = component.getAnnotation(Describe.class);
        String least = described == null || Double.isInfinite(described.least()) ? "" : number(described.least());
        String most = described == null || Double.isInfinite(described.most()) ? "" : number(described.most());
        String bounds = (least + " … " + most).strip();
        String kind = type == int.class || type == long.class
                ? "whole number"
                : type == double.class || type == float.class
                        ? "number"
                        : type == List.class || type.isArray() ? "list" : type == String.class ? "text" : "";
        return bounds.equals("…") ? kind : bounds;
    }

    private static String number(double value) {
        return Json.write(Json.normal(value));
    }

    @SuppressWarnings("unchecked")
    private static SortedMap<String, Object> normal(SortedMap<String, Object> values) {
        return (SortedMap<String, Object>) Json.normal(values);
    }

    /**
     * One row a step of a recipe: its place from 0, method, the options that are not at their defaults, and its epochs where
     * an option of that name tells them. The table's name is the recipe with the sum of these.
     */
    public static Table steps(Recipe recipe) {
        StringColumn options = StringColumn.create("options");
        StringColumn method = StringColumn.create("method");
        LongColumn place = LongColumn.create("place");
        LongColumn epochs = LongColumn.create(EPOCHS);
        long total = 0;
        for (Step step : recipe.complete().steps()) {
            SortedMap<String, Object> defaults = normal(Records.write(Methods.defaults(Methods.named(step.method()))));
            SortedMap<String, Object> other = new TreeMap<>(step.options());
            other.entrySet().removeIf(option -> option.getValue().equals(defaults.get(option.getKey())));
            place.append(place.size());
            method.append(step.method());
            options.append(other.entrySet().stream()
                    .map(option -> option.getKey() + "=" + Records.text(option.getValue()))
                    .collect(Collectors.joining(" ")));
            if (step.options().get(EPOCHS) instanceof Long n) {
                epochs.append(n);
                total += n;
            } else {
                epochs.appendMissing();
            }
        }
        return Table.create(recipe + "; epochs told: " + total, place, method, options, epochs);
    }
}
