package org.parsimony.data;

import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.base.Require;

/**
 * A data set with its three splits. Training fits weights; validation chooses options, widths, thresholds and stopping
 * times; the test split is looked at once, for the final row.
 *
 * @param name the registry's short name, for example {@code "mnist"}
 * @param title the name a reader knows, for example {@code "Fashion-MNIST"}; of a variant it says so
 * @param train samples that weights are fitted to
 * @param validation samples that choices are made on
 * @param test samples that results are reported on
 * @param classNames one a class, for example {@code "Trouser"}; none where targets are real values
 * @param lineage where the values come from and what was done to them
 * @param graph whose nodes the samples are, split by split; null where samples stand alone
 * @param texts that the values of a sample are, one after the other; none where they are measurements
 */
public record Dataset(
        String name,
        String title,
        Samples train,
        Samples validation,
        Samples test,
        List<String> classNames,
        Lineage lineage,
        NodeGraph graph,
        List<Text> texts) {

    public Dataset {
        Require.text("data set name", name);
        classNames = List.copyOf(classNames);
        texts = List.copyOf(texts);
        Require.that(
                train.inputs() == validation.inputs() && train.inputs() == test.inputs(),
                "the splits of %s have %d, %d and %d inputs, but must have the same number",
                name,
                train.inputs(),
                validation.inputs(),
                test.inputs());
        Require.that(
                train.isValued() == validation.isValued() && train.isValued() == test.isValued(),
                "some splits of %s have real values as targets and others classes, but all must have the same",
                name);
        Require.that(
                train.classes() == validation.classes() && train.classes() == test.classes(),
                "the splits of %s have %d, %d and %d classes, but must have the same number",
                name,
                train.classes(),
                validation.classes(),
                test.classes());
        Require.that(
                classNames.size() == train.classes(),
                "%s has %d class names, but must have one for each of its %d classes",
                name,
                classNames.size(),
                train.classes());
        int length = texts.stream().mapToInt(Text::length).sum();
        Require.that(
                texts.isEmpty() || length == train.inputs(),
                "the texts of %s have %d tokens, but samples have %d values",
                name,
                length,
                train.inputs());
    }

    /** A data set whose samples stand alone. */
    public Dataset(
            String name,
            String title,
            Samples train,
            Samples validation,
            Samples test,
            List<String> classNames,
            Lineage lineage) {
        this(name, title, train, validation, test, classNames, lineage, null);
    }

    /** A data set of measurements, nodes of a graph if there is one. */
    public Dataset(
            String name,
            String title,
            Samples train,
            Samples validation,
            Samples test,
            List<String> classNames,
            Lineage lineage,
            NodeGraph graph) {
        this(name, title, train, validation, test, classNames, lineage, graph, List.of());
    }

    /** A data set whose samples are texts side by side. */
    public Dataset(
            String name,
            String title,
            Samples train,
            Samples validation,
            Samples test,
            Lineage lineage,
            List<Text> texts) {
        this(name, title, train, validation, test, numbered(train.classes()), lineage, null, texts);
    }

    /** A data set made in memory: classes are named by their numbers, and nothing is known of its origin. */
    public Dataset(String name, String title, Samples train, Samples validation, Samples test) {
        this(name, title, train, validation, test, numbered(train.classes()), Lineage.UNKNOWN);
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /** Number of input values of one sample. */
    public int inputs() {
        return train.inputs();
    }

    /** Number of classes; 0 where targets are real values. */
    public int classes() {
        return train.classes();
    }

    /** Whether what is to be told of a sample is a real value rather than a class. */
    public boolean isValued() {
        return train.isValued();
    }

    /** Values that a network tells of a sample: one for each class, or the real value alone. */
    public int outputs() {
        return train.outputs();
    }

    /** This data set with at most so many samples in each split, drawn with {@code seed}: for smoke and short runs. */
    public Dataset limited(int trainSamples, int validationSamples, int testSamples, long seed) {
        return new Dataset(
                name,
                title,
                train.draw(trainSamples, seed),
                validation.draw(validationSamples, seed),
                test.draw(testSamples, seed),
                classNames,
                lineage.then("at most " + trainSamples + ", " + validationSamples + " and " + testSamples
                        + " samples drawn with seed " + seed),
                graph == null ? null : graph.limited(trainSamples, validationSamples, testSamples, seed),
                texts);
    }

    /**
     * This data set with at most so many training samples, drawn with {@code seed}, as recipes have it; the other splits
     * whole.
     *
     * @param samples from 0, which means all, up to the number there is
     */
    public Dataset drawn(int samples, long seed) {
        Require.between("samples (training samples of " + name + "; 0 for all)", samples, 0, train.size());
        return samples == 0 ? this : limited(samples, validation.size(), test.size(), seed);
    }

    /** This data set under another name. */
    public Dataset renamed(String other) {
        return new Dataset(other, title, train, validation, test, classNames, lineage, graph, texts);
    }

    /** This data set with every sample flattened to a vector. */
    public Dataset flattened() {
        return new Dataset(
                name,
                title,
                train.flattened(),
                validation.flattened(),
                test.flattened(),
                classNames,
                lineage,
                graph,
                texts);
    }

    @Override
    public String toString() {
        return title + ": " + train.size() + " training, " + validation.size() + " validation and " + test.size()
                + " test samples of " + inputs() + " inputs "
                + (isValued() ? "with a real value each" : "in " + classes() + " classes")
                + ", " + lineage;
    }
}
