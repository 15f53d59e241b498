package org.parsimony.floats;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.figure.Charts;

/** What a sum becomes that is rounded after every addition (Hill et al. 2018, figure 5). */
public final class RunningSum {

    private RunningSum() {}

    /** The sum after each of {@code terms}, which are rounded themselves; in their order. */
    public static double[] of(Precision precision, double... terms) {
        MultiplyAdd.Exactly exactly = new MultiplyAdd.Exactly(precision, null, new Tally());
        Require.that(
                precision.rounding() != Rounding.STOCHASTIC,
                "%s rounds by chance, but a running sum is shown for roundings that repeat",
                precision.text());
        double[] sums = new double[terms.length];
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            sum = exactly.sum(sum, exactly.round(terms[i]));
            sums[i] = sum;
        }
        return sums;
    }

    /** The sums of {@code terms} in each of these formats against the number of terms, beside the exact one. */
    public static XYChart figure(double[] terms, String... formats) {
        double[] x = IntStream.rangeClosed(1, terms.length).asDoubleStream().toArray();
        List<Charts.Curve> curves = new ArrayList<>();
        double[] exact = terms.clone();
        for (int i = 1; i < exact.length; i++) {
            exact[i] += exact[i - 1];
        }
        curves.add(new Charts.Curve("64-bit float", x, exact));
        for (String format : formats) {
            curves.add(new Charts.Curve(format, x, of(Precision.parse(format), terms)));
        }
        return Charts.lines("a running sum, rounded", "terms", "sum", Charts.Spread.BAND, curves);
    }
}
