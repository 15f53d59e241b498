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
 * Labelled samples of one split: features {@code [samples × inputs]} in row-major order, scaled to [0, 1], and a class
 * number for each.
 *
 * <p>The arrays are shared, not copied, for speed: treat them as read-only.
 */
public final class Samples {

    private final float[] features;
    private final int[] labels;
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
        this(shape.clone(), features, labels, Require.atLeast("number of classes", classes, 2));
        Require.that(
                (long) labels.length * inputs == features.length,
                "there are %d feature values, but %d samples of shape %s need %d",
                features.length,
                labels.length,
                Arrays.toString(shape),
                (long) labels.length * inputs);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label of sample " + i + " is " + labels[i] + ", but must lie between 0 and " + (classes - 1));
            }
        }
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw new IllegalArgumentException("feature " + i % inputs + " of sample " + i / inputs + " is "
                        + features[i] + ", but must be a finite number; clean or impute the data first");
            }
        }
    }

    /** Of values that other samples hold, which have been checked: evaluation flattens all of them again and again. */
    private Samples(int[] shape, float[] features, int[] labels, int classes) {
        this.features = features;
        this.labels = labels;
        this.classes = classes;
        this.shape = shape;
        this.inputs = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Number of samples. */
    public int size() {
        return labels.length;
    }

    /** Number of input values of one sample. */
    public int inputs() {
        return inputs;
    }

    /** Number of classes. */
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

    /** All class numbers; shared, read-only. */
    public int[] labels() {
        return labels;
    }

    /** The samples with these indices, in this order, copied. */
    public Samples rows(int... indices) {
        float[] f = new float[Math.multiplyExact(indices.length, inputs)];
        int[] l = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(features, indices[i] * inputs, f, i * inputs, inputs);
            l[i] = labels[indices[i]];
        }
        return new Samples(shape, f, l, classes);
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
                Arrays.copyOfRange(labels, from, to),
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

    /** The samples of one class, copied. */
    public Samples ofClass(int label) {
        int[] chosen = java.util.stream.IntStream.range(0, size())
                .filter(i -> labels[i] == label)
                .toArray();
        return rows(chosen);
    }

    /** These samples with each one flattened to a vector; the values are shared. */
    public Samples flattened() {
        return shape.length == 1 ? this : new Samples(new int[] {inputs}, features, labels, classes);
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

    /** One-hot labels of the samples from {@code from} to before {@code to}: {@code [n × classes]}. */
    public INDArray y(int from, int to) {
        float[] hot = new float[(to - from) * classes];
        for (int i = from; i < to; i++) {
            hot[(i - from) * classes + labels[i]] = 1;
        }
        return Nd4j.create(hot, new long[] {to - from, classes}, 'c').castTo(DataType.FLOAT);
    }

    @Override
    public String toString() {
        return size() + " samples of shape " + Arrays.toString(shape) + " in " + classes + " classes";
    }
}
