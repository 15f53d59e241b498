package org.parsimony.data.own;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.Samples;
import org.parsimony.data.format.Csv;

/** From a table of numbers to a data set: stratified splits and scaling by the training split's range. */
public final class Tables {

    /** Shares of each class that go to validation and to test. */
    public record Shares(double validation, double test) {

        /** A fifth each. */
        public static final Shares USUAL = new Shares(0.2, 0.2);

        /** As in "60/20/20". */
        @Override
        public String toString() {
            return Stream.of(1 - validation - test, validation, test)
                    .map(share -> Long.toString(Math.round(100 * share)))
                    .collect(Collectors.joining("/"));
        }
    }

    private Tables() {}

    /**
     * Splits and scales {@code table}.
     *
     * @param classNames one for each of the table's classes, in their order
     * @param shape of one sample, whose product is the number of columns
     * @throws IllegalArgumentException if a class has fewer than three samples, one for each split
     */
    public static Dataset dataset(
            String name,
            String title,
            Csv table,
            List<String> classNames,
            int[] shape,
            Shares shares,
            long seed,
            Lineage lineage) {
        int[][] splits = split(table.labels(), table.classes(), shares, seed);
        float[][] features = scaled(table, splits);
        Samples[] samples = IntStream.range(0, splits.length)
                .mapToObj(i -> new Samples(
                        features[i],
                        IntStream.of(splits[i]).map(row -> table.labels()[row]).toArray(),
                        table.classes().size(),
                        shape))
                .toArray(Samples[]::new);
        return new Dataset(
                name,
                title,
                samples[0],
                samples[1],
                samples[2],
                classNames,
                lineage.then("split " + shares + " within each class with seed " + seed)
                        .then("columns scaled to [0, 1] by their range in training, others clamped"));
    }

    /**
     * Row numbers of training, validation and test, each in random order, drawn within each class.
     *
     * @param shares of each class that go to validation and to test; none are drawn for a share of 0
     * @throws IllegalArgumentException if a class has too few samples for one in each split that is drawn
     */
    public static int[][] split(int[] labels, List<String> classes, Shares shares, long seed) {
        int[][] splits = new int[3][0];
        int drawn = 1 + (shares.validation > 0 ? 1 : 0) + (shares.test > 0 ? 1 : 0);
        for (int c = 0; c < classes.size(); c++) {
            int label = c;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == label)
                    .toArray();
            int validation = held(shares.validation, rows.length);
            int test = held(shares.test, rows.length);
            if (rows.length < drawn || rows.length <= validation + test) {
                throw new IllegalArgumentException("class \"" + classes.get(c) + "\" has " + rows.length
                        + " samples, but must have at least " + Math.max(drawn, validation + test + 1)
                        + ", one for each split; add samples or drop the class");
            }
            int[] order = Seeds.permutation(rows.length, Seeds.random(seed, "split class " + c));
            int[] bounds = {rows.length, test + validation, test, 0};
            for (int s = 0; s < 3; s++) {
                splits[s] = IntStream.concat(
                                IntStream.of(splits[s]),
                                IntStream.range(bounds[s + 1], bounds[s]).map(i -> rows[order[i]]))
                        .toArray();
            }
        }
        SplittableRandom random = Seeds.random(seed, "order within splits");
        for (int s = 0; s < 3; s++) {
            int[] rows = splits[s];
            splits[s] = IntStream.of(Seeds.permutation(rows.length, random))
                    .map(i -> rows[i])
                    .toArray();
        }
        return splits;
    }

    private static int held(double share, int samples) {
        return share > 0 ? Math.max(1, (int) Math.round(share * samples)) : 0;
    }

    /** The features of every split; a column that is constant in training becomes 0. */
    private static float[][] scaled(Csv table, int[][] splits) {
        int inputs = table.inputs().size();
        float[][] features = new float[splits.length][];
        for (int s = 0; s < splits.length; s++) {
            features[s] = new float[splits[s].length * inputs];
        }
        for (int column = 0; column < inputs; column++) {
            int j = column;
            var range = IntStream.of(splits[0])
                    .mapToDouble(row -> table.values()[row * inputs + j])
                    .summaryStatistics();
            double width = range.getMax() - range.getMin();
            for (int s = 0; s < splits.length; s++) {
                for (int i = 0; i < splits[s].length; i++) {
                    double value = table.values()[splits[s][i] * inputs + j];
                    double share = width > 0 ? (value - range.getMin()) / width : 0;
                    features[s][i * inputs + j] = (float) Math.max(0, Math.min(1, share));
                }
            }
        }
        return features;
    }
}
