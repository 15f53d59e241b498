package org.parsimony.equilibrium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.Charts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * How far the estimated gradient is from the loss's gradient as β becomes small.
 *
 * @param betas from large to small
 * @param oneSided relative error with two phases
 * @param threePhase relative error with three
 * @param cosine of the estimate with three phases and the gradient
 */
public record BetaLaw(double[] betas, double[] oneSided, double[] threePhase, double[] cosine) {

    /** Of one network, sample and target. Complexity: a settling for each weight, twice, and five for each β. */
    public static BetaLaw of(SettlingNet net, double[] x, double[] y, double... betas) {
        SettlingNet.Gradient exact = net.differences(x, y);
        double[] one = new double[betas.length];
        double[] three = new double[betas.length];
        double[] cosine = new double[betas.length];
        for (int b = 0; b < betas.length; b++) {
            one[b] = net.estimate(x, y, betas[b], Phases.ONE_SIDED).error(exact);
            SettlingNet.Gradient estimate = net.estimate(x, y, betas[b], Phases.THREE_PHASE);
            three[b] = estimate.error(exact);
            cosine[b] = estimate.cosine(exact);
        }
        return new BetaLaw(betas.clone(), one, three, cosine);
    }

    /** Slope of the line of least squares through the logarithms of β and of these errors. */
    public double slope(double[] errors) {
        double[] x = Arrays.stream(betas).map(Math::log).toArray();
        double[] y = Arrays.stream(errors).map(Math::log).toArray();
        double mx = Arrays.stream(x).average().orElse(Double.NaN);
        double my = Arrays.stream(y).average().orElse(Double.NaN);
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
        }
        return xy / xx;
    }

    /** One row for each β. */
    public Table table() {
        return Table.create(
                "error of the estimated gradient",
                DoubleColumn.create("β", betas),
                DoubleColumn.create("one-sided", oneSided),
                DoubleColumn.create("three phases", threePhase),
                DoubleColumn.create("cosine, three phases", cosine));
    }

    /** Powers of ten on both axes. */
    public XYChart figure() {
        double[] x = Arrays.stream(betas).map(Math::log10).toArray();
        List<Charts.Curve> curves = new ArrayList<>();
        curves.add(new Charts.Curve(
                "one-sided", x, Arrays.stream(oneSided).map(Math::log10).toArray()));
        curves.add(new Charts.Curve(
                "three phases", x, Arrays.stream(threePhase).map(Math::log10).toArray()));
        return Charts.lines(
                "estimated against exact gradient",
                "log₁₀ β",
                "log₁₀ of the relative error",
                Charts.Spread.BAND,
                curves);
    }
}
