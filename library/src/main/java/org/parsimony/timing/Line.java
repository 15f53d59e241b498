package org.parsimony.timing;

/**
 * A line of seconds in some work, such as multiply-accumulates: what is used where layers are not measured.
 *
 * @param constant seconds of no work
 * @param slope seconds a unit of work
 */
public record Line(double constant, double slope) {

    /** The least squares of relative errors. The slope is 0 if all work is equal. */
    public static Line fitted(double[] work, double[] seconds) {
        double s = 0;
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int i = 0; i < work.length; i++) {
            double weight = 1 / (seconds[i] * seconds[i]);
            s += weight;
            sx += weight * work[i];
            sxx += weight * work[i] * work[i];
            sy += weight * seconds[i];
            sxy += weight * work[i] * seconds[i];
        }
        double determinant = s * sxx - sx * sx;
        double slope = determinant == 0 ? 0 : (s * sxy - sx * sy) / determinant;
        return new Line((sy - slope * sx) / s, slope);
    }

    /** Seconds of this work. */
    public double at(double work) {
        return constant + slope * work;
    }
}
