package org.parsimony.floats;

import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Require;

/**
 * Accuracy of a format relative to that of 32-bit floats as a line over R², how well the format's outputs on a few inputs
 * agree with those of floats (Hill et al. 2018, section 4). It is fitted on other networks than the one that is searched.
 *
 * @param slope of the line
 * @param intercept at R² = 0
 */
public record AccuracyLine(double slope, double intercept) {

    /** Relative accuracy is R² itself: what is assumed where no other network is known. */
    public static final AccuracyLine IDENTITY = new AccuracyLine(1, 0);

    /** What accuracy relative to 32-bit floats the line promises. */
    public double at(double rSquared) {
        return intercept + slope * rSquared;
    }

    /**
     * The line of least squares through all formats of these planes.
     *
     * @throws IllegalArgumentException if there is no plane, or R² is the same everywhere
     */
    public static AccuracyLine fit(List<Plane> others) {
        double[] x = others.stream().flatMapToDouble(p -> flat(p.rSquared())).toArray();
        double[] y = others.stream().flatMapToDouble(p -> flat(p.relative())).toArray();
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        Require.that(xx > 0, "a line needs formats with different R², but there are %d with the same one", x.length);
        return new AccuracyLine(xy / xx, meanY - xy / xx * meanX);
    }

    private static java.util.stream.DoubleStream flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream);
    }

    /**
     * Coefficient of determination of the line of least squares from {@code exact} to {@code rounded}, in [0, 1]; 0 if one
     * of them is constant or has a value that is no number.
     */
    static double rSquared(double[] exact, double[] rounded) {
        double meanX = Arrays.stream(exact).average().orElse(Double.NaN);
        double meanY = Arrays.stream(rounded).average().orElse(Double.NaN);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < exact.length; i++) {
            xx += (exact[i] - meanX) * (exact[i] - meanX);
            yy += (rounded[i] - meanY) * (rounded[i] - meanY);
            xy += (exact[i] - meanX) * (rounded[i] - meanY);
        }
        double r = xy * xy / (xx * yy);
        return r >= 0 ? Math.min(1, r) : 0;
    }
}
