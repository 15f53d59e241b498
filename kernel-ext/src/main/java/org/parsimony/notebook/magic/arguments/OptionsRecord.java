package org.parsimony.notebook.magic.arguments;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.report.MethodTables;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A method's options record as options of a command line: {@code --batch-size} for the component {@code batchSize},
 * described by its {@link Describe}, with its range and the default that the record's constructor without parameters gives
 * it. Values are written as in a recipe's lines: of lists the items with commas between.
 */
public final class OptionsRecord<O extends Record> {

    private final Method<O> method;
    private final RecordComponent[] components;

    /** @param method whose options these are */
    public OptionsRecord(Method<O> method) {
        this.method = method;
        this.components = method.options().getRecordComponents();
    }

    /** The option of a component: {@code fineTuneEpochs} becomes {@code --fine-tune-epochs}. */
    public static String option(String component) {
        return "--" + component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** One option a component, in order. */
    public List<OptionSpec> options() {
        SortedMap<String, Object> defaults = Records.write(Methods.defaults(method));
        return Arrays.stream(components)
                .map(component -> option(component, Json.normal(defaults.get(component.getName()))))
                .toList();
    }

    private OptionSpec option(RecordComponent component, Object normal) {
        Describe description = component.getAnnotation(Describe.class);
        String range = MethodTables.range(component);
        String described = (description == null ? "" : description.value() + "; ")
                + (component.getType().isEnum() ? "one of " + range + "; " : "");
        return OptionSpec.builder(option(component.getName()))
                .type(String.class)
                .paramLabel(label(component.getType()))
                .completionCandidates(candidates(component.getType(), range, Records.text(normal)))
                .description(described.replace("%", "%%") + "default "
                        + Records.text(normal).replace("%", "%%"))
                .build();
    }

    /** What Tab offers: the values that there are, or else the default, to be changed. */
    private static List<String> candidates(Class<?> type, String range, String usual) {
        return type.isEnum() || type == boolean.class
                ? List.of(range.split(", "))
                : usual.isEmpty() ? List.of() : List.of(usual);
    }

    private static String label(Class<?> type) {
        if (type.isArray() || type == List.class) {
            return "X,X";
        }
        if (type == int.class || type == long.class) {
            return "N";
        }
        if (type == double.class || type == float.class) {
            return "X";
        }
        return type == boolean.class ? "true|false" : "NAME";
    }

    /**
     * The record that the arguments say.
     *
     * @throws IllegalArgumentException if the record refuses a value; the message names the option
     */
    public O from(ParseResult given) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (RecordComponent component : components) {
            String option = option(component.getName());
            if (given.hasMatchedOption(option)) {
                String word = given.matchedOptionValue(option, "");
                values.put(component.getName(), Records.plain(option, word, component.getType()));
            }
        }
        try {
            return Methods.options(method, values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(named(e.getMessage()), e);
        }
    }

    /** The complaint begins with the component's name, and a reader has written the option's. */
    private String named(String message) {
        String complaint = message.replaceFirst("^" + method.name() + ": (option: )?", "");
        Optional<String> component = Arrays.stream(components)
                .map(RecordComponent::getName)
                .filter(name -> complaint.startsWith(name + " "))
                .findFirst();
        return component
                .map(name -> option(name) + complaint.substring(name.length()))
                .orElse(complaint);
    }
}
