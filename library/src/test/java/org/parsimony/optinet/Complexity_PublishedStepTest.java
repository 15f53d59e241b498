package org.parsimony.optinet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.optinet.Complexity.ClassBits;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Step 1 as published, on values worked out independently of this library. */
class Complexity_PublishedStepTest {

    /** Computed independently on the first 10,000 training images of MNIST, digit by digit. */
    private static final double[] BY_DIGIT = {1.939, 0.969, 1.765, 1.751, 1.546, 1.638, 1.672, 1.436, 1.866, 1.582};

    @Test
    void mnistHasThePublishedReadingOfComplexity() {
        Samples digits = Datasets.load("mnist").train().range(0, 10_000);
        Complexity complexity = Complexity.of(digits, ClassBits.WHOLE);
        assertEquals(1.606, complexity.meanEntropy(), 0.0005);
        assertEquals(4, complexity.classBits());
        assertEquals(6.423, complexity.bits(), 0.001);
        assertEquals(5.335, Complexity.of(digits, ClassBits.EXACT).bits(), 0.001);
        var means = Complexity.byClass(digits).doubleColumn("mean entropy (bits)");
        for (int digit = 0; digit < 10; digit++) {
            assertEquals(BY_DIGIT[digit], means.get(digit), 0.0006, "digit " + digit);
        }
    }

    @Test
    void threeBitsNumberEightClasses() {
        assertEquals(3, ClassBits.WHOLE.of(8));
        assertEquals(4, ClassBits.WHOLE.of(9));
        assertEquals(1, ClassBits.WHOLE.of(2));
        assertEquals(3, ClassBits.EXACT.of(8), 1e-12);
        assertEquals(3.3219, ClassBits.EXACT.of(10), 1e-4);
    }

    @Test
    void aConstantSampleHasNoEntropyAndFourEqualValuesHaveTwoBits() {
        assertEquals(0, Complexity.entropies(sample(0.3f, 0.3f, 0.3f, 0.3f))[0], 1e-12);
        assertEquals(2, Complexity.entropies(sample(0, 0.25f, 0.5f, 1))[0], 1e-12);
        assertEquals(0.8112781, Complexity.entropies(sample(0, 0, 0, 1))[0], 1e-6);
    }

    @Property(tries = 50)
    void theOrderOfPixelsDoesNotMatter(@ForAll @IntRange(min = 2, max = 400) int inputs, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[inputs];
        float[] shuffled = new float[inputs];
        int[] order = Seeds.permutation(inputs, random);
        for (int i = 0; i < inputs; i++) {
            x[i] = (float) random.nextDouble();
            shuffled[order[i]] = x[i];
        }
        double entropy = Complexity.entropies(sample(x))[0];
        assertEquals(entropy, Complexity.entropies(sample(shuffled))[0], 1e-9);
        assertEquals(slowEntropy(x), entropy, 1e-9);
    }

    @Test
    void valuesBeyondTheRangeCountAtItsEnds() {
        assertEquals(1, Complexity.entropies(sample(-3, 0, 1, 7))[0], 1e-12);
        assertEquals(1, Complexity.entropies(sample(0, 0.49f / 255, 0.51f / 255, 1.49f / 255))[0], 1e-12);
    }

    /** Entropies 1 and 2 bits of class 0, 0 of class 1; class 2 has no sample. */
    @Test
    void classesHaveTheirOwnMeanAndDeviation() {
        float[] values = {0, 0, 1, 1, 0, 0.25f, 0.5f, 1, 0.3f, 0.3f, 0.3f, 0.3f};
        Samples three = new Samples(values, new int[] {0, 0, 1}, 3, 4);
        assertArrayEquals(new double[] {1, 2, 0}, Complexity.entropies(three), 1e-12);
        Table table = Complexity.byClass(three);
        assertEquals(List.of("0", "1", "2"), table.stringColumn("class").asList());
        assertEquals(List.of(2, 1, 0), table.intColumn("samples").asList());
        assertArrayEquals(
                new double[] {1.5, 0, Double.NaN},
                table.doubleColumn("mean entropy (bits)").asDoubleArray(),
                1e-12);
        assertArrayEquals(
                new double[] {Math.sqrt(0.5), Double.NaN, Double.NaN},
                table.doubleColumn("sd (bits)").asDoubleArray(),
                1e-12);
        Complexity complexity = Complexity.of(three, ClassBits.WHOLE);
        assertEquals(new Complexity(1, 2, 3), complexity);
        assertEquals(
                "complexity 2.000 bits = mean entropy 1.0000 bits × 2.000 class bits, over 3 samples",
                complexity.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> Complexity.of(new Samples(new float[0], new int[0], 2, 4), ClassBits.WHOLE));
        assertThrows(IllegalArgumentException.class, () -> ClassBits.EXACT.of(1));
    }

    @Test
    void aRowADataSet() {
        List<String> said = new ArrayList<>();
        Progress progress = (done, total, what) -> said.add(done + " of " + total + ", " + what);
        Table table = Complexity.compare(List.of("iris", "digits"), progress);
        assertEquals(List.of("0 of 2, iris", "1 of 2, digits", "2 of 2, 2 data sets"), said);
        for (Row row : table) {
            var set = Datasets.load(List.of("iris", "digits").get(row.getRowNumber()));
            Complexity own = Complexity.of(set.train(), ClassBits.WHOLE);
            assertEquals(set.title(), row.getString("data set"));
            assertEquals(set.train().size(), row.getInt("training samples"));
            assertEquals(set.inputs(), row.getInt("inputs"));
            assertEquals(own.meanEntropy(), row.getDouble("mean entropy (bits)"));
            assertEquals(set.classes(), row.getInt("classes"));
            assertEquals(own.classBits(), row.getDouble("class bits Q"));
            assertEquals(own.bits(), row.getDouble("complexity K (bits)"));
        }
        assertEquals(2, table.rowCount());
    }

    private static double slowEntropy(float[] x) {
        double bits = 0;
        for (int level = 0; level < 256; level++) {
            int l = level;
            double p = java.util.stream.IntStream.range(0, x.length)
                            .filter(i -> Math.round(x[i] * 255) == l)
                            .count()
                    / (double) x.length;
            bits -= p == 0 ? 0 : p * Math.log(p) / Math.log(2);
        }
        return bits;
    }

    private static Samples sample(float... values) {
        return new Samples(Arrays.copyOf(values, values.length), new int[] {0}, 2, values.length);
    }
}
