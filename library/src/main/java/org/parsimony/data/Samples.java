package org.parsimony.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/**
 * Samples of one split: features {@code [samples × inputs]} in row-major order, scaled to [0, 1] or tokens of {@link Text}s,
 * and what is to be told of each: a class number, or a real value.
 *
 * <p>The arrays are shared, not copied, for speed: treat them as read-only.
 */
public final class Samples {

    private final float[] features;
    /** Null where the targets are real values. */
    private final int[] labels;
    /** Null where the targets are classes. */
    private final float[] targets;

    private final int classes;
    private final int[] shape;
    private final int inputs;

    /**
     * @param features {@code labels.length} rows of {@code shape}'s product values, all finite
     * @param labels class numbers from 0 to {@code classes - 1}
     * @param classes at least 2
     * @param shape of one sample: {@code {inputs}} or {@code {channels, height, width}}
     */
    public Samples(float[] features, int[] labels, int classes, int... shape) {
        this(shape.clone(), features, labels, null, Require.atLeast("number of classes", classes, 2));
        check();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label of sample " + i + " is " + labels[i] + ", but must lie between 0 and " + (classes - 1));
            }
        }
    }

    private void check() {
        Require.that(
                (long) size() * inputs == features.length,
                "there are %d feature values, but %d samples of shape %s need %d",
                features.length,
                size(),
                Arrays.toString(shape),
                (long) size() * inputs);
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw new IllegalArgumentException("feature " + i % inputs + " of sample " + i / inputs + " is "
                        + features[i] + ", but must be a finite number; clean or impute the data first");
            }
        }
    }

    /**
     * Samples of which a real value is to be told.
     *
     * @param features {@code targets.length} rows of {@code shape}'s product values, all finite
     * @param targets one a sample, all finite
     * @param shape of one sample
     */
    public static Samples valued(float[] features, float[] targets, int... shape) {
        Samples samples = new Samples(shape.clone(), features, null, targets, 0);
        samples.check();
        for (int i = 0; i < targets.length; i++) {
            if (!Float.isFinite(targets[i])) {
                throw new IllegalArgumentException(
                        "target of sample " + i + " is " + targets[i] + ", but must be a finite number");
            }
        }
        return samples;
    }

    /** Of values that other samples hold, which have been checked: evaluation flattens all of them again and again. */
    private Samples(int[] shape, float[] features, int[] labels, float[] targets, int classes) {
        this.features = features;
        this.labels = labels;
        this.targets = targets;
        this.classes = classes;
        this.shape = shape;
        this.inputs = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Number of samples. */
    public int size() {
        return labels == null ? targets.length : labels.length;
    }

    /** Whether what is to be told is a real value rather than a class. */
    public boolean isValued() {
        return targets != null;
    }

    /** Values that a network tells of a sample: one for each class, or the real value alone. */
    public int outputs() {
        return isValued() ? 1 : classes;
    }

    /** Number of input values of one sample. */
    public int inputs() {
        return inputs;
    }

    /** Number of classes; 0 where targets are real values. */
    public int classes() {
        return classes;
    }

    /** Shape of one sample: {@code {inputs}} or {@code {channels, height, width}}. */
    public int[] shape() {
        return shape.clone();
    }

    /** All features, row-major {@code [samples × inputs]}; shared, read-only. */
    public float[] features() {
        return features;
    }

    /**
     * All class numbers; shared, read-only.
     *
     * @throws IllegalArgumentException where targets are real values
     */
    public int[] labels() {
        Require.that(
                !isValued(), "the samples have real values as targets, but this needs classes; take data with classes");
        return labels;
    }

    /**
     * All real values; shared, read-only.
     *
     * @throws IllegalArgumentException where targets are classes
     */
    public float[] targets() {
        Require.that(
                isValued(), "the samples have classes as targets, but this needs real values; take data with them");
        return targets;
    }

    /** The samples with these indices, in this order, copied. */
    public Samples rows(int... indices) {
        float[] f = new float[Math.multiplyExact(indices.length, inputs)];
        int[] l = isValued() ? null : new int[indices.length];
        float[] t = isValued() ? new float[indices.length] : null;
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(features, indices[i] * inputs, f, i * inputs, inputs);
            if (isValued()) {
                t[i] = targets[indices[i]];
            } else {
                l[i] = labels[indices[i]];
            }
        }
        return new Samples(shape, f, l, t, classes);
    }

    /** The samples from index {@code from} to before {@code to}, copied. */
    public Samples range(int from, int to) {
        Require.that(
                0 <= from && from <= to && to <= size(),
                "range [%d, %d) lies outside the %d samples",
                from,
                to,
                size());
        return new Samples(
                shape,
                Arrays.copyOfRange(features, from * inputs, to * inputs),
                isValued() ? null : Arrays.copyOfRange(labels, from, to),
                isValued() ? Arrays.copyOfRange(targets, from, to) : null,
                classes);
    }

    /** At most {@code n} samples drawn without replacement; all of them, in order, if there are no more than that. */
    public Samples draw(int n, long seed) {
        Require.atLeast("number of samples to draw", n, 1);
        return n >= size() ? this : rows(drawn(size(), n, seed));
    }

    /** The places that {@link #draw} takes of {@code size}, rising. */
    static int[] drawn(int size, int n, long seed) {
        Require.atLeast("number of samples to draw", n, 1);
        if (n >= size) {
            return IntStream.range(0, size).toArray();
        }
        SplittableRandom random = Seeds.random(seed, "draw");
        int[] chosen = Arrays.copyOf(Seeds.permutation(size, random), n);
        Arrays.sort(chosen);
        return chosen;
    }

    /** These samples with each one flattened to a vector; the values are shared. */
    public Samples flattened() {
        return shape.length == 1 ? this : new Samples(new int[] {inputs}, features, labels, targets, classes);
    }

    /** Features of the samples from {@code from} to before {@code to} as a fresh ND4J array {@code [n × shape…]}. */
    public INDArray x(int from, int to) {
        long[] dims = new long[shape.length + 1];
        dims[0] = to - from;
        for (int i = 0; i < shape.length; i++) {
            dims[i + 1] = shape[i];
        }
        float[] part = from == 0 && to == size() ? features : Arrays.copyOfRange(features, from * inputs, to * inputs);
        return Nd4j.create(part, dims, 'c');
    }

    /**
     * What is to be told of the samples from {@code from} to before {@code to}: one-hot labels {@code [n × classes]}, or real
     * values {@code [n × 1]}.
     */
    public INDArray y(int from, int to) {
        if (isValued()) {
            return Nd4j.create(Arrays.copyOfRange(targets, from, to), new long[] {to - from, 1}, 'c');
        }
        float[] hot = new float[(to - from) * classes];
        for (int i = from; i < to; i++) {
            hot[(i - from) * classes + labels[i]] = 1;
        }
        return Nd4j.create(hot, new long[] {to - from, classes}, 'c').castTo(DataType.FLOAT);
    }

    @Override
    public String toString() {
        return size() + " samples of shape " + Arrays.toString(shape)
                + (isValued() ? " with a real value each" : " in " + classes + " classes");
    }
}
