package org.parsimony.data;

import org.parsimony.base.Require;

/**
 * A data set with its three splits. Training fits weights; validation chooses options, widths, thresholds and stopping
 * times; the test split is looked at once, for the final row.
 *
 * @param name the registry's short name, for example {@code "mnist"}
 * @param title the name a reader knows, for example {@code "Fashion-MNIST"}
 * @param train samples that weights are fitted to
 * @param validation samples that choices are made on
 * @param test samples that results are reported on
 */
public record Dataset(String name, String title, Samples train, Samples validation, Samples test) {

    public Dataset {
        Require.text("data set name", name);
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
                test.draw(testSamples, seed));
    }

    /** This data set with every sample flattened to a vector. */
    public Dataset flattened() {
        return new Dataset(name, title, train.flattened(), validation.flattened(), test.flattened());
    }
}
