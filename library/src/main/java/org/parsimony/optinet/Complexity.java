package org.parsimony.optinet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The complexity of a data set, step 1 of OptiNET: the mean entropy of its training samples times the bits that number
 * its classes.
 *
 * <p>The entropy of a sample is that of the 256-bin histogram of its values, all channels pooled:
 * H(x) = −Σ p log₂ p. It sees neither where a value stands nor the label: shuffling pixels or labels leaves it
 * unchanged. For tabular data, whose samples have few values, it is bounded by log₂ of their number and means little.
 *
 * @param meanEntropy mean of H(x) over the samples, in bits, from 0 to 8
 * @param classBits bits that number the classes
 * @param samples number of samples
 */
public record Complexity(double meanEntropy, double classBits, int samples) {

    private static final int BINS = 256;

    /** How many bits number C classes. */
    public enum ClassBits {
        /** ⌈log₂ C⌉, as published: 3 bits for 8 classes; our reading for other numbers: 4 bits for 10. */
        WHOLE,
        /** log₂ C. */
        EXACT;

        /** The bits for {@code classes} classes. */
        public double of(int classes) {
            Require.atLeast("number of classes", classes, 2);
            double exact = Math.log(classes) / Math.log(2);
            return this == EXACT ? exact : 32 - Integer.numberOfLeadingZeros(classes - 1);
        }
    }

    /** The complexity of a training split; labels are not used. */
    public static Complexity of(Samples train, ClassBits bits) {
        Require.atLeast("number of samples", train.size(), 1);
        return new Complexity(
                Arrays.stream(entropies(train)).average().orElseThrow(), bits.of(train.classes()), train.size());
    }

    /** Complexity in bits: mean entropy × class bits. */
    public double bits() {
        return meanEntropy * classBits;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "complexity %.3f bits = mean entropy %.4f bits × %.4g class bits, over %,d samples",
                bits(),
                meanEntropy,
                classBits,
                samples);
    }

    /** H(x) of every sample, in bits. O(samples × inputs). */
    public static double[] entropies(Samples samples) {
        // H = log₂ n − (Σ c log₂ c) / n: one table of c log₂ c serves all samples.
        int inputs = samples.inputs();
        double[] countTimesLog = new double[inputs + 1];
        for (int c = 2; c <= inputs; c++) {
            countTimesLog[c] = c * Math.log(c) / Math.log(2);
        }
        double most = Math.log(inputs) / Math.log(2);
        float[] values = samples.features();
        double[] entropies = new double[samples.size()];
        int[] counts = new int[BINS];
        for (int s = 0; s < entropies.length; s++) {
            Arrays.fill(counts, 0);
            for (int i = s * inputs; i < (s + 1) * inputs; i++) {
                counts[level(values[i])]++;
            }
            double sum = 0;
            for (int count : counts) {
                sum += countTimesLog[count];
            }
            entropies[s] = Math.max(0, most - sum / inputs);
        }
        return entropies;
    }

    /** The grey level of a value in [0, 1]: value × 255, rounded. */
    private static int level(float value) {
        return Math.min(BINS - 1, Math.max(0, Math.round(value * (BINS - 1))));
    }

    /**
     * One row for each data set: title, training samples, inputs, mean entropy, classes, class bits, complexity. The sets
     * are loaded one after another, so only one is in memory at a time.
     *
     * @param names of the registry
     */
    public static Table compare(List<String> names, Progress progress) {
        Table table = Table.create(
                "complexity of data sets",
                StringColumn.create("data set"),
                IntColumn.create("training samples"),
                IntColumn.create("inputs"),
                DoubleColumn.create("mean entropy (bits)"),
                IntColumn.create("classes"),
                DoubleColumn.create("class bits Q"),
                DoubleColumn.create("complexity K (bits)"));
        for (String name : names) {
            progress.report(table.rowCount(), names.size(), name);
            Dataset set = Datasets.load(name);
            Complexity complexity = of(set.train(), ClassBits.WHOLE);
            table.stringColumn(0).append(set.title());
            table.intColumn(1).append(complexity.samples());
            table.intColumn(2).append(set.inputs());
            table.doubleColumn(3).append(complexity.meanEntropy());
            table.intColumn(4).append(set.classes());
            table.doubleColumn(5).append(complexity.classBits());
            table.doubleColumn(6).append(complexity.bits());
        }
        progress.report(names.size(), names.size(), names.size() + " data sets");
        return table;
    }

    /** Mean entropy by class: one row for each class, with the number of its samples, mean and standard deviation. */
    public static Table byClass(Samples samples) {
        double[] entropies = entropies(samples);
        StringColumn name = StringColumn.create("class");
        IntColumn size = IntColumn.create("samples");
        DoubleColumn mean = DoubleColumn.create("mean entropy (bits)");
        DoubleColumn deviation = DoubleColumn.create("sd (bits)");
        for (int c = 0; c < samples.classes(); c++) {
            int label = c;
            double[] own = java.util.stream.IntStream.range(0, entropies.length)
                    .filter(s -> samples.labels()[s] == label)
                    .mapToDouble(s -> entropies[s])
                    .toArray();
            double average = Arrays.stream(own).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(own).map(h -> (h - average) * (h - average)).sum();
            name.append(Integer.toString(c));
            size.append(own.length);
            mean.append(average);
            deviation.append(own.length > 1 ? Math.sqrt(squares / (own.length - 1)) : Double.NaN);
        }
        return Table.create("entropy by class", name, size, mean, deviation);
    }
}
