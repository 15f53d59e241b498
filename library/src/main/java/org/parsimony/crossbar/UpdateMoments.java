package org.parsimony.crossbar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Context;
import tech.tablesaw.api.Table;

/**
 * Mean, standard deviation and correlation of one stochastic update, drawn by an array and by the law: two crossings of one error
 * line d with input lines x₁ and x₂. With p, q the probabilities of a pulse, m = BL p q, D the step and s its spread from
 * coincidence to coincidence,
 *
 * <pre>
 * E Δw = ± D m      Var Δw = D² (m (1 + s²) − m² / BL)      Cov(Δw₁, Δw₂) = ± D² BL p₁ p₂ q (1 − q)
 * </pre>
 *
 * @param rows one for each update that was looked at
 */
public record UpdateMoments(List<Row> rows) {

    /**
     * One update.
     *
     * @param x inputs of both crossings
     * @param d error of their line
     * @param draws how many times it was drawn
     * @param drawn moments of the draws
     * @param law moments as the closed form has them
     */
    public record Row(
            double[] x, double d, int slots, Management.Updates management, int draws, Moments drawn, Moments law) {

        /** By how many standard errors the drawn mean lies off the law's. */
        public double meanOff() {
            return (drawn.mean - law.mean) / (law.sd / Math.sqrt(draws));
        }
    }

    /**
     * Of the change of the first crossing, and of both.
     *
     * @param fourth central moment of the change, for the error of {@code sd}; NaN of the law
     */
    public record Moments(double mean, double sd, double covariance, double correlation, double fourth) {}

    /** Draws updates of nominal devices by {@code options}: one row for each error {@code d}. */
    public static UpdateMoments of(
            Crossbar.Options options, double first, double second, int draws, Context context, double... d) {
        Require.atLeast("draws", draws, 2);
        List<Row> rows = new ArrayList<>();
        for (double error : d) {
            rows.add(row(options, new double[] {first, second}, error, draws, context));
        }
        return new UpdateMoments(List.copyOf(rows));
    }

    /** These rows and those of another. */
    public UpdateMoments and(UpdateMoments other) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(other.rows);
        return new UpdateMoments(List.copyOf(all));
    }

    private static Row row(Crossbar.Options options, double[] x, double d, int draws, Context context) {
        Pulses pulses = options.update();
        Devices nominal = new Devices(options.step(), 0, options.cycleSpread(), 0, 1e6, 0, 1);
        Draws random = Draws.at(context.seed("moments of an update"), Double.doubleToLongBits(d), options.pulses());
        CrossArray array = CrossArray.resistive(1, 2, new float[2], new boolean[2], nominal, 1, 0, random);
        float[] in = {(float) x[0], (float) x[1]};
        float[] error = {(float) d};
        double[] a = new double[draws];
        double[] b = new double[draws];
        for (int k = 0; k < draws; k++) {
            array.reset();
            pulses.update(array, in, error, 1, random);
            a[k] = array.weights()[0];
            b[k] = array.weights()[1];
        }
        return new Row(
                x.clone(),
                d,
                options.pulses(),
                options.updateManagement(),
                draws,
                drawn(a, b),
                law(options, pulses, x, d));
    }

    private static Moments drawn(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        double fourth = 0;
        for (int k = 0; k < a.length; k++) {
            double off = a[k] - meanA;
            squaresA += off * off;
            squaresB += (b[k] - meanB) * (b[k] - meanB);
            products += off * (b[k] - meanB);
            fourth += off * off * off * off / a.length;
        }
        int n = a.length - 1;
        return new Moments(
                meanA, Math.sqrt(squaresA / n), products / n, products / Math.sqrt(squaresA * squaresB), fourth);
    }

    private static Moments law(Crossbar.Options options, Pulses pulses, double[] x, double d) {
        double largest = Math.max(Math.abs(x[0]), Math.abs(x[1]));
        Pulses.Factors factors = pulses.factors(largest, Math.abs(d));
        double q = factors.ofError(d);
        double[] p = {factors.ofInput(x[0]), factors.ofInput(x[1])};
        double step = options.step();
        double[] mean = new double[2];
        double[] sd = new double[2];
        for (int k = 0; k < 2; k++) {
            double m = pulses.slots() * p[k] * q;
            double spread = 1 + options.cycleSpread() * options.cycleSpread();
            mean[k] = Math.signum(x[k]) * Math.signum(d) * step * m;
            sd[k] = step * Math.sqrt(m * spread - m * m / pulses.slots());
        }
        double covariance =
                Math.signum(x[0]) * Math.signum(x[1]) * step * step * pulses.slots() * p[0] * p[1] * q * (1 - q);
        return new Moments(mean[0], sd[0], covariance, covariance / (sd[0] * sd[1]), Double.NaN);
    }

    /** One row an update; changes in units of 10⁻³. */
    public Table table() {
        return Rows.of(rows)
                .texts("update", UpdateMoments::name)
                .doubles("d", Row::d)
                .doubles("mean", 4, row -> 1e3 * row.drawn.mean)
                .doubles("mean by law", 4, row -> 1e3 * row.law.mean)
                .doubles("sd", 4, row -> 1e3 * row.drawn.sd)
                .doubles("sd by law", 4, row -> 1e3 * row.law.sd)
                .doubles("correlation", 3, row -> row.drawn.correlation)
                .doubles("by law", 3, row -> row.law.correlation)
                .table("one update, in thousandths");
    }

    private static String name(Row row) {
        return String.format(
                Locale.ROOT,
                "%d %s%s",
                row.slots,
                row.slots == 1 ? "slot" : "slots",
                row.management == Management.Updates.NONE ? "" : ", balanced");
    }

    /** Correlation of two updates of one error line against the size of the error: points drawn, lines by law. */
    public XYChart figure() {
        List<Curve> laws = new ArrayList<>();
        for (String name : rows.stream().map(UpdateMoments::name).distinct().toList()) {
            List<Row> of = rows.stream().filter(row -> name(row).equals(name)).toList();
            laws.add(Curve.of(name + ", law", of, Row::d, row -> row.law.correlation));
            laws.add(Curve.of(name + ", drawn", of, Row::d, row -> row.drawn.correlation));
        }
        return Charts.lines("updates that share a line of errors", "error d", "correlation", Charts.Spread.BAND, laws);
    }
}
