package org.parsimony.report;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Rows;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Step;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import tech.tablesaw.api.Table;

/** Methods, their options, and the steps of recipes as tables. */
public final class MethodTables {

    private static final String EPOCHS = "epochs";

    private MethodTables() {}

    /** One row a method of the registry: name, paper, summary. */
    public static Table all() {
        return Rows.of(Methods.all())
                .texts("name", Method::name)
                .texts("paper", Method::paper)
                .texts("summary", Method::summary)
                .table("methods");
    }

    /** One row an option: name as in a recipe, range, default, meaning. */
    public static Table options(Method<?> method) {
        SortedMap<String, Object> defaults = normal(Records.write(Methods.defaults(method)));
        return Rows.of(List.of(method.options().getRecordComponents()))
                .texts("option", RecordComponent::getName)
                .texts("range", MethodTables::range)
                .texts("default", option -> Records.text(defaults.get(option.getName())))
                .texts("meaning", MethodTables::meaning)
                .table(method.name() + ": " + method.summary());
    }

    private static String meaning(RecordComponent option) {
        Describe described = option.getAnnotation(Describe.class);
        return described == null ? "" : described.value();
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
        List<Step> steps = recipe.complete().steps();
        long total = steps.stream()
                .mapToLong(MethodTables::epochs)
                .filter(epochs -> epochs != Rows.MISSING)
                .sum();
        return Rows.of(steps)
                .numbered("place", 0)
                .texts("method", Step::method)
                .texts("options", MethodTables::changed)
                .longs(EPOCHS, MethodTables::epochs)
                .table(recipe + "; epochs told: " + total);
    }

    private static long epochs(Step step) {
        return step.options().get(EPOCHS) instanceof Long epochs ? epochs : Rows.MISSING;
    }

    /** The options that are not the defaults, as in a recipe's line. */
    private static String changed(Step step) {
        SortedMap<String, Object> defaults = normal(Records.write(Methods.defaults(Methods.named(step.method()))));
        return step.options().entrySet().stream()
                .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
                .map(option -> option.getKey() + "=" + Records.text(option.getValue()))
                .collect(Collectors.joining(" "));
    }
}
