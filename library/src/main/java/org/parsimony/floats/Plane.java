package org.parsimony.floats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.figure.HeatMap;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A network in every float of some exponents and mantissas: the full sweep.
 *
 * @param title of the figure
 * @param exponents ascending
 * @param mantissas ascending
 * @param rounding of all formats
 * @param reference accuracy in 32-bit floats, in [0, 1]
 * @param accuracy by mantissa, then by exponent, in [0, 1]
 * @param rSquared agreement of the outputs with those of floats on the first few samples, likewise
 */
public record Plane(
        String title,
        int[] exponents,
        int[] mantissas,
        Rounding rounding,
        double reference,
        double[][] accuracy,
        double[][] rSquared) {

    /**
     * Which formats are looked at.
     *
     * @param exponents bits, each from 2 to 8
     * @param mantissas bits, each from 0 to 23
     * @param rounding of all of them
     * @param arithmetic what is rounded
     * @param inputs samples that R² is computed on, at least 2
     */
    public record Grid(int[] exponents, int[] mantissas, Rounding rounding, Arithmetic arithmetic, int inputs) {

        public Grid {
            exponents = distinct("exponents", exponents);
            mantissas = distinct("mantissas", mantissas);
            for (int e : exponents) {
                Require.between("exponents, bits", e, 2, 8);
            }
            for (int m : mantissas) {
                Require.between("mantissas, bits", m, 0, 23);
            }
            Require.oneOf("rounding", rounding, Rounding.values());
            Require.oneOf("arithmetic", arithmetic, Arithmetic.values());
            Require.atLeast("inputs", inputs, 2);
        }

        /** Exponents of 2 to 8 and mantissas of 1 to 10 bits, truncated after every operation; R² on ten samples. */
        public Grid() {
            this(
                    IntStream.rangeClosed(2, 8).toArray(),
                    IntStream.rangeClosed(1, 10).toArray(),
                    Rounding.TOWARD_ZERO,
                    Arithmetic.EVERY_OPERATION,
                    10);
        }

        private static int[] distinct(String name, int[] bits) {
            int[] sorted = Arrays.stream(bits).sorted().distinct().toArray();
            Require.atLeast(name + ", numbers", sorted.length, 1);
            return sorted;
        }

        FloatFormat format(int m, int e) {
            return FloatFormat.custom(mantissas[m], exponents[e]).rounding(rounding);
        }
    }

    /**
     * Passes {@code samples} through the network in every format of the grid. Where it is certain that a format's range did
     * not matter, those with more exponent bits give the same and are not computed again.
     *
     * <p>Complexity: a pass for each format, see {@link Emulation}; LeNet-5 with 1,000 images takes about three seconds of a
     * core for each. The context's threads share the samples; the result does not depend on them.
     */
    public static Plane of(Model model, Samples samples, Grid grid, String title, Context context) {
        int[] shape = samples.shape();
        int inputs = Math.min(grid.inputs(), samples.size());
        Emulation.Answers exact = Emulation.exact(model, shape)
                .run(samples, Emulation.Counting.NONE, context.threads(), context.progress());
        double[][] accuracy = new double[grid.mantissas().length][grid.exponents().length];
        double[][] rSquared = new double[grid.mantissas().length][grid.exponents().length];
        int done = 0;
        for (int m = 0; m < accuracy.length; m++) {
            boolean enough = false;
            for (int e = 0; e < accuracy[m].length; e++) {
                if (enough) {
                    accuracy[m][e] = accuracy[m][e - 1];
                    rSquared[m][e] = rSquared[m][e - 1];
                } else {
                    Emulation emulation = new Emulation(
                            model, shape, List.of(grid.format(m, e)), grid.arithmetic(), context.seed("rounding"));
                    Emulation.Answers answers =
                            emulation.run(samples, Emulation.Counting.NONE, context.threads(), context.progress());
                    accuracy[m][e] = answers.accuracy(samples.labels());
                    rSquared[m][e] = AccuracyLine.rSquared(head(exact, inputs), head(answers, inputs));
                    enough = answers.inRange();
                }
                context.progress()
                        .report(
                                ++done,
                                (long) accuracy.length * accuracy[m].length,
                                grid.format(m, e).text() + ", accuracy " + Math.round(1000 * accuracy[m][e]) / 10.0
                                        + " %");
            }
        }
        return new Plane(
                title,
                grid.exponents(),
                grid.mantissas(),
                grid.rounding(),
                exact.accuracy(samples.labels()),
                accuracy,
                rSquared);
    }

    static double[] head(Emulation.Answers answers, int inputs) {
        return Arrays.copyOf(answers.outputs(), inputs * answers.classes());
    }

    /** Accuracy over that of 32-bit floats, by mantissa, then by exponent. */
    public double[][] relative() {
        return Arrays.stream(accuracy)
                .map(row -> Arrays.stream(row).map(a -> a / reference).toArray())
                .toArray(double[][]::new);
    }

    /**
     * The fastest format by {@link MacModel}, of equally fast ones that of the fewest bits, whose accuracy is at least
     * {@code target} of that of floats; null if there is none.
     */
    public FloatFormat fastest(double target) {
        double[][] relative = relative();
        for (int m = 0; m < mantissas.length; m++) {
            for (int e = 0; e < exponents.length; e++) {
                if (relative[m][e] >= target) {
                    return FloatFormat.custom(mantissas[m], exponents[e]).rounding(rounding);
                }
            }
        }
        return null;
    }

    /** One row a format: bits, modelled speed-up, R², accuracy, accuracy relative to floats. */
    public Table table() {
        Table table = Table.create(
                title,
                StringColumn.create("format"),
                IntColumn.create("exponent bits"),
                IntColumn.create("mantissa bits"),
                DoubleColumn.create("modelled speed-up"),
                DoubleColumn.create("R²"),
                DoubleColumn.create("accuracy"),
                DoubleColumn.create("relative accuracy"));
        for (int m = 0; m < mantissas.length; m++) {
            for (int e = 0; e < exponents.length; e++) {
                FloatFormat format =
                        FloatFormat.custom(mantissas[m], exponents[e]).rounding(rounding);
                table.stringColumn(0).append(format.text());
                table.intColumn(1).append(exponents[e]);
                table.intColumn(2).append(mantissas[m]);
                table.doubleColumn(3).append(MacModel.speedUp(format));
                table.doubleColumn(4).append(rSquared[m][e]);
                table.doubleColumn(5).append(accuracy[m][e]);
                table.doubleColumn(6).append(accuracy[m][e] / reference);
            }
        }
        return table;
    }

    /** Accuracy in percent as colours, mantissas upwards. */
    public HeatMapChart figure() {
        List<String> rows = new ArrayList<>();
        double[][] values = new double[mantissas.length][];
        for (int m = 0; m < mantissas.length; m++) {
            int from = mantissas.length - 1 - m;
            rows.add(Integer.toString(mantissas[from]));
            values[m] = Arrays.stream(accuracy[from]).map(a -> 100 * a).toArray();
        }
        List<String> columns =
                Arrays.stream(exponents).mapToObj(Integer::toString).toList();
        return HeatMap.of(title, "exponent bits", "mantissa bits", columns, rows, values);
    }
}
