package org.parsimony.method;

import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Model;

/**
 * A method registered under its name: what a package offers to the registry beside its static {@code run}. A subclass with
 * a public constructor without parameters stands in {@code META-INF/services/org.parsimony.method.Method}.
 *
 * @param <O> the method's options
 */
public abstract class Registration<O extends Record> implements Method<O> {

    /**
     * The sentence that every method is.
     *
     * @param <O> the method's options
     */
    @FunctionalInterface
    public interface Sentence<O> {

        /** As {@link Method#run}. */
        Outcome run(Model start, Dataset data, O options, Context context);
    }

    private final String name;
    private final String paper;
    private final String summary;
    private final Class<O> options;
    private final Sentence<O> sentence;

    /**
     * @param name in lower case, letters and digits
     * @param paper the folder in {@code papers/}, or empty
     * @param summary one line
     * @param sentence {@code X::run}
     */
    protected Registration(String name, String paper, String summary, Class<O> options, Sentence<O> sentence) {
        Require.that(name.matches("[a-z][a-z0-9-]*"), "method \"%s\" must be lower-case letters and digits", name);
        this.name = name;
        this.paper = paper;
        this.summary = summary;
        this.options = options;
        this.sentence = sentence;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String paper() {
        return paper;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final Class<O> options() {
        return options;
    }

    /** What the enclosing class's {@code run} returns, by which {@code X.Registered} stands for {@code X.run}. */
    @Override
    public final Class<? extends Outcome> outcome() {
        Class<?> type = getClass().getEnclosingClass();
        try {
            Class<?> returned = type == null
                    ? Outcome.class
                    : type.getMethod("run", Model.class, Dataset.class, options, Context.class)
                            .getReturnType();
            return Outcome.class.isAssignableFrom(returned) ? returned.asSubclass(Outcome.class) : Outcome.class;
        } catch (NoSuchMethodException e) {
            return Outcome.class;
        }
    }

    @Override
    public final Outcome run(Model start, Dataset data, O options, Context context) {
        return sentence.run(start, data, options, context);
    }
}
