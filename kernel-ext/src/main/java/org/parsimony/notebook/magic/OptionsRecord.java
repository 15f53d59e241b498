package org.parsimony.notebook.magic;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.parsimony.base.Describe;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A method's options record as options of a command line: {@code --fine-tune-epochs} for the component {@code
 * fineTuneEpochs}, described by its {@link Describe}, with the default that the record's constructor without parameters
 * gives it. Components are numbers, truth values, texts, enums, or arrays or lists of numbers written with commas.
 */
final class OptionsRecord<R extends Record> {

    private final Class<R> type;
    private final RecordComponent[] components;
    private final R defaults;

    /** @throws IllegalStateException if the record has no constructor without parameters */
    OptionsRecord(Class<R> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        try {
            this.defaults = type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " needs a public constructor without parameters, which gives the defaults", e);
        }
    }

    /** The option of a component: {@code fineTuneEpochs} becomes {@code --fine-tune-epochs}. */
    static String option(String component) {
        return "--" + component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** One option a component, in order. */
    List<OptionSpec> options() {
        return Arrays.stream(components).map(this::option).toList();
    }

    private OptionSpec option(RecordComponent component) {
        Describe description = component.getAnnotation(Describe.class);
        Iterable<String> candidates = candidates(component.getType());
        String described = (description == null ? "" : description.value() + "; ")
                + (candidates == null ? "" : "one of " + String.join(", ", candidates) + "; ");
        boolean isList = component.getType() == List.class;
        return OptionSpec.builder(option(component.getName()))
                .type(component.getType())
                .auxiliaryTypes(isList ? Integer.class : component.getType())
                .paramLabel(label(component))
                .splitRegex(isList || component.getType().isArray() ? "," : "")
                .completionCandidates(candidates)
                .description(described.replace("%", "%%") + "default " + text(value(component, defaults)))
                .build();
    }

    private String label(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isArray() || isWholeNumbers(component)) {
            return "N,N";
        }
        if (type == int.class || type == long.class) {
            return "N";
        }
        if (type == double.class || type == float.class) {
            return "X";
        }
        if (type == boolean.class) {
            return "true|false";
        }
        if (type.isEnum() || type == String.class) {
            return "NAME";
        }
        throw new IllegalStateException(this.type.getName() + "." + component.getName() + " is a "
                + type.getSimpleName() + ", for which there is no option");
    }

    private static boolean isWholeNumbers(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                && list.getRawType() == List.class
                && list.getActualTypeArguments()[0] == Integer.class;
    }

    private static Iterable<String> candidates(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : null;
    }

    /** A default as one would write it. */
    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "none" : list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (!value.getClass().isArray()) {
            return String.valueOf(value).replaceFirst("\\.0$", "");
        }
        return IntStream.range(0, Array.getLength(value))
                .mapToObj(i -> text(Array.get(value, i)))
                .collect(Collectors.joining(","));
    }

    /**
     * The record that the arguments say.
     *
     * @throws IllegalArgumentException if the record refuses a value; the message names the option
     */
    R from(ParseResult given) {
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            values[i] = given.matchedOptionValue(option(components[i].getName()), value(components[i], defaults));
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(named(refused.getMessage()));
            }
            throw new IllegalStateException("cannot make " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }

    /** A record begins its complaint with the component's name, and a reader has written the option's. */
    private String named(String complaint) {
        Optional<String> component = Arrays.stream(components)
                .map(RecordComponent::getName)
                .filter(name -> complaint.startsWith(name + " "))
                .findFirst();
        return component
                .map(name -> option(name) + complaint.substring(name.length()))
                .orElse(complaint);
    }

    /** The seed in the options, or 1 for a method that has none. */
    long seed(R options) {
        return Arrays.stream(components)
                .filter(component -> component.getName().equals("seed"))
                .findFirst()
                .map(component -> ((Number) value(component, options)).longValue())
                .orElse(1L);
    }

    private Object value(RecordComponent component, R record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + type.getName() + "." + component.getName(), e);
        }
    }
}
