package org.parsimony.timing;

import java.util.List;
import org.parsimony.base.Require;

/**
 * What a whole network takes beyond its kernels: perCall + perKernel · n + factor · Σ t for n kernels that take t by themselves.
 * It is fitted to a few whole networks. The factor stays above 0, so that a network with a slower layer is never predicted to be
 * quicker.
 *
 * @param perCall seconds of a call of the network
 * @param perKernel seconds of each kernel, below 0 where a kernel by itself has an overhead that it has not in a network
 * @param factor on the sum of kernels, above 0
 */
public record Overhead(double perCall, double perKernel, double factor) {

    /** The plain sum. */
    public static final Overhead NONE = new Overhead(0, 0, 1);

    /** The factor is held to within this of 1, and its inverse. */
    private static final double FAR = 2;

    public Overhead {
        Require.positive("factor", factor);
    }

    /**
     * A network that was measured.
     *
     * @param kernels how many
     * @param sum seconds of its kernels by themselves
     * @param whole seconds of the network
     */
    public record Measured(int kernels, double sum, double whole) {}

    /**
     * The least squares of relative errors. With fewer than four networks, or where the three cannot be told apart, the factor is 1
     * and the rest a constant.
     */
    public static Overhead fitted(List<Measured> networks) {
        double[][] a = new double[3][4];
        for (Measured net : networks) {
            double[] row = {1 / net.whole(), net.kernels() / net.whole(), net.sum() / net.whole(), 1};
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    a[i][j] += row[i] * row[j];
                }
            }
        }
        double[] x = networks.size() < 4 ? null : solved(a);
        if (x == null || !(x[2] >= 1 / FAR && x[2] <= FAR)) {
            double rest = 0;
            double weight = 0;
            for (Measured net : networks) {
                rest += (net.whole() - net.sum()) / (net.whole() * net.whole());
                weight += 1 / (net.whole() * net.whole());
            }
            return weight == 0 ? NONE : new Overhead(rest / weight, 0, 1);
        }
        return new Overhead(x[0], x[1], x[2]);
    }

    /** The solution of three equations by elimination; null if they have no single one. */
    private static double[] solved(double[][] a) {
        for (int i = 0; i < 3; i++) {
            int pivot = i;
            for (int r = i + 1; r < 3; r++) {
                pivot = Math.abs(a[r][i]) > Math.abs(a[pivot][i]) ? r : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[i];
            a[i] = row;
            if (Math.abs(row[i]) < 1e-9 * Math.abs(row[3])) {
                return null;
            }
            for (int r = 0; r < 3; r++) {
                double factor = r == i ? 0 : a[r][i] / row[i];
                for (int j = i; j < 4; j++) {
                    a[r][j] -= factor * row[j];
                }
            }
        }
        return new double[] {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
    }

    /** Seconds of a network whose kernels take these by themselves. At least those of the slowest kernel, factor counted. */
    double whole(double[] kernels) {
        double sum = 0;
        double most = 0;
        for (double seconds : kernels) {
            sum += seconds;
            most = Math.max(most, seconds);
        }
        return Math.max(factor * most, perCall + perKernel * kernels.length + factor * sum);
    }
}
