package org.parsimony.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Model;

/** The registry: every method that the class path brings, by name. */
public final class Methods {

    private Methods() {}

    /** The methods of this process, found once; a class loader that grows later is asked by {@link #of}. */
    private static final class Here {
        static final List<Method<?>> ALL = of(Method.class.getClassLoader());
    }

    /** Every method, in the order of the names. */
    public static List<Method<?>> all() {
        return Here.ALL;
    }

    /** The methods that a class loader sees, in the order of the names. */
    public static List<Method<?>> of(ClassLoader loader) {
        List<Method<?>> methods = new ArrayList<>();
        ServiceLoader.load(Method.class, loader).forEach(methods::add);
        methods.sort(Comparator.comparing(Method::name));
        return List.copyOf(methods);
    }

    /** The names. */
    public static List<String> names() {
        return all().stream().map(method -> method.name()).toList();
    }

    /**
     * The method of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Method<?> named(String name) {
        return all().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no method \"" + name + "\"; there are " + String.join(", ", names())));
    }

    /**
     * A method's options from values by name; what is missing takes the default.
     *
     * @throws IllegalArgumentException for an option that the method does not know (the message lists those it knows), for
     *     a value of the wrong type, and whatever the options refuse
     */
    public static <O extends Record> O options(Method<O> method, Map<String, ?> values) {
        try {
            return Records.read("option", values, method.options(), defaults(method));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(method.name() + ": " + e.getMessage(), e);
        }
    }

    /** The method's default options. */
    public static <O extends Record> O defaults(Method<O> method) {
        O defaults = Records.defaults(method.options());
        if (defaults == null) {
            throw new IllegalStateException("the options of " + method.name()
                    + " have no constructor without parameters, which gives the defaults");
        }
        return defaults;
    }

    /** What a method trains with options by name, as {@link Method#training}. */
    public static <O extends Record> Training training(Method<O> method, Map<String, ?> values) {
        return method.training(options(method, values));
    }

    /** Runs a method with options by name, as {@link Method#run}. */
    public static <O extends Record> Outcome run(
            Method<O> method, Model start, Dataset data, Map<String, ?> values, Context context) {
        requireTaken(method, data);
        return method.run(start, data, options(method, values), context);
    }

    /** Throws IllegalArgumentException if {@code data} have real values as targets and the method looks at classes. */
    public static void requireTaken(Method<?> method, Dataset data) {
        Require.that(
                !data.isValued() || method.takesValues(),
                "%s looks at classes, but %s has real values as targets; take data with classes, or one of %s",
                method.name(),
                data.name(),
                all().stream().filter(Method::takesValues).map(Method::name).collect(Collectors.joining(", ")));
    }
}
