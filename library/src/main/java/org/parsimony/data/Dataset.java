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
 * @param classNames one a class, for example {@code "Trouser"}
 * @param lineage where the values come from and what was done to them
 * @param graph whose nodes the samples are, split by split; null where samples stand alone
 */
public record Dataset(
        String name,
        String title,
        Samples train,
        Samples validation,
        Samples test,
        List<String> classNames,
        Lineage lineage,
        NodeGraph graph) {

    public Dataset {
        Require.text("data set name", name);
        classNames = List.copyOf(classNames);
        Require.that(
                train.inputs() == validation.inputs() && train.inputs() == test.inputs(),
                "the splits of %s have %d, %d and %d inputs, but must have the same number",
                name,
                train.inputs(),
                validation.inputs(),
                test.inputs());
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

    /** A data set made in memory: classes are named by their numbers, and nothing is known of its origin. */
    public Dataset(String name, String title, Samples train, Samples validation, Samples test) {
        this(
                name,
                title,
                train,
                validation,
                test,
                IntStream.range(0, train.classes()).mapToObj(Integer::toString).toList(),
                Lineage.UNKNOWN);
    }

    /** Number of input values of one sample. */
    public int inputs() {
        return train.inputs();
    }

    /** Number of classes. */
    public int classes() {
        return train.classes();
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
                graph == null ? null : graph.limited(trainSamples, validationSamples, testSamples, seed));
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
        return new Dataset(other, title, train, validation, test, classNames, lineage, graph);
    }

    /** This data set with every sample flattened to a vector. */
    public Dataset flattened() {
        return new Dataset(
                name, title, train.flattened(), validation.flattened(), test.flattened(), classNames, lineage, graph);
    }

    @Override
    public String toString() {
        return title + ": " + train.size() + " training, " + validation.size() + " validation and " + test.size()
                + " test samples of " + inputs() + " inputs in " + classes() + " classes, " + lineage;
    }
}
