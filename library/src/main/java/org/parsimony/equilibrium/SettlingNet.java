package org.parsimony.equilibrium;

import java.util.Arrays;
import org.parsimony.base.Require;

/**
 * A small network of units that settle, to hold the method's theorem against: any connections between units, states s without
 * bounds, ρ(s) = 1 / (1 + exp(2 − 4s)), cost C = ½ ‖s_out − y‖². Units follow
 * ds_j/dt = −s_j + ρ′(s_j) (Σ_i x_i V_ij + Σ_i ρ(s_i) W_ij + b_j) + β (y_j − s_j), the last term at outputs.
 *
 * <p>With symmetric W this descends the energy E + βC, and the contrast of two settled states is −dC/dW up to β or β²
 * (Scellier and Bengio 2017, theorem 1; Laborieux and others 2021 for the three phases). With any other W it is not.
 *
 * @param inputs V {@code [inputs × units]}
 * @param between W {@code [units × units]}, from row to column, zero diagonal
 * @param bias b
 * @param outputs the last so many units
 */
public record SettlingNet(double[][] inputs, double[][] between, double[] bias, int outputs) {

    private static final double STEP = 0.2;
    private static final double STILL = 1e-13;
    private static final int MOST_STEPS = 20_000;

    public SettlingNet {
        int units = bias.length;
        Require.between("outputs", outputs, 1, units);
        Require.that(
                between.length == units && Arrays.stream(between).allMatch(row -> row.length == units),
                "weights between units are %d rows, but must be %d × %d",
                between.length,
                units,
                units);
        for (double[] row : inputs) {
            Require.that(row.length == units, "an input has %d weights, but must have %d", row.length, units);
        }
        for (int i = 0; i < units; i++) {
            Require.that(between[i][i] == 0, "unit %d has a weight to itself, %s; set it to 0", i, between[i][i]);
        }
    }

    /**
     * The derivatives of the cost, or an estimate of them.
     *
     * @param inputs {@code [inputs × units]}
     * @param between {@code [units × units]}
     * @param bias {@code [units]}
     */
    public record Gradient(double[][] inputs, double[][] between, double[] bias) {

        /** Length of the difference to {@code exact} over the length of that. */
        public double error(Gradient exact) {
            double[] own = flat();
            double[] other = exact.flat();
            double difference = 0;
            double length = 0;
            for (int i = 0; i < own.length; i++) {
                difference += (own[i] - other[i]) * (own[i] - other[i]);
                length += other[i] * other[i];
            }
            return Math.sqrt(difference / length);
        }

        /** Cosine of the angle to {@code exact}. */
        public double cosine(Gradient exact) {
            double[] own = flat();
            double[] other = exact.flat();
            double product = 0;
            double a = 0;
            double b = 0;
            for (int i = 0; i < own.length; i++) {
                product += own[i] * other[i];
                a += own[i] * own[i];
                b += other[i] * other[i];
            }
            return product / Math.sqrt(a * b);
        }

        private double[] flat() {
            int units = bias.length;
            double[] flat = new double[(inputs.length + units + 1) * units];
            for (int r = 0; r < inputs.length + units; r++) {
                double[] row = r < inputs.length ? inputs[r] : between[r - inputs.length];
                System.arraycopy(row, 0, flat, r * units, units);
            }
            System.arraycopy(bias, 0, flat, flat.length - units, units);
            return flat;
        }
    }

    /** ρ. */
    static double rate(double s) {
        return 1 / (1 + Math.exp(2 - 4 * s));
    }

    private static double slope(double s) {
        double rho = rate(s);
        return 4 * rho * (1 - rho);
    }

    /** Whether every two units have the same weight both ways. */
    public boolean isSymmetric() {
        for (int i = 0; i < bias.length; i++) {
            for (int j = 0; j < i; j++) {
                if (between[i][j] != between[j][i]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The states in which the network settles by itself. Throws as {@link #nudged}. */
    public double[] free(double[] x) {
        return nudged(x, new double[outputs], 0, new double[bias.length]);
    }

    /**
     * The states in which it settles with its outputs pulled towards {@code y}.
     *
     * @param beta by how much; below −1 the energy has no bottom
     * @param from states to begin with
     * @throws ArithmeticException if it does not settle, or states become infinite or NaN
     */
    public double[] nudged(double[] x, double[] y, double beta, double[] from) {
        int units = bias.length;
        double[] drive = bias.clone();
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < units; j++) {
                drive[j] += x[i] * inputs[i][j];
            }
        }
        double[] s = from.clone();
        double[] rho = new double[units];
        for (int step = 0; step < MOST_STEPS; step++) {
            double moved = 0;
            for (int i = 0; i < units; i++) {
                rho[i] = rate(s[i]);
            }
            for (int j = 0; j < units; j++) {
                double sum = drive[j];
                for (int i = 0; i < units; i++) {
                    sum += rho[i] * between[i][j];
                }
                double ds = -s[j] + slope(s[j]) * sum;
                int out = j - units + outputs;
                ds += out < 0 ? 0 : beta * (y[out] - s[j]);
                moved = Math.max(moved, Math.abs(ds));
                s[j] += STEP * ds;
                if (!Double.isFinite(s[j])) {
                    throw new ArithmeticException("unit " + j + " became " + s[j] + " after " + (step + 1)
                            + " steps at β = " + beta + "; take smaller weights, or β between -0.5 and 0.5");
                }
            }
            if (moved < STILL) {
                return s;
            }
        }
        throw new ArithmeticException("the network does not settle within " + MOST_STEPS + " steps at β = " + beta
                + "; take smaller weights, or β between -0.5 and 0.5");
    }

    /** The cost of what the network settles to. */
    public double cost(double[] x, double[] y) {
        return cost(free(x), y, 0);
    }

    private double cost(double[] s, double[] y, int from) {
        double cost = 0;
        for (int o = from; o < outputs; o++) {
            double miss = s[s.length - outputs + o] - y[o];
            cost += miss * miss / 2;
        }
        return cost;
    }

    /**
     * The gradient as the method estimates it, from settled states alone. Of symmetric weights dW_ij is the contrast of
     * ρ_i ρ_j and stands for both directions at once; of directed ones it is ρ_i of the free phase times the contrast of ρ_j
     * (Scellier and others 2018, arXiv 1808.04873).
     *
     * @param beta above 0
     */
    public Gradient estimate(double[] x, double[] y, double beta, Phases phases) {
        Require.positive("beta", beta);
        double[] free = rates(free(x));
        double[] up = rates(nudged(x, y, beta, free(x)));
        double[] down = phases == Phases.ONE_SIDED ? free : rates(nudged(x, y, -beta, free(x)));
        double width = phases == Phases.ONE_SIDED ? beta : 2 * beta;
        int units = bias.length;
        double[][] v = new double[inputs.length][units];
        double[][] w = new double[units][units];
        double[] b = new double[units];
        boolean symmetric = isSymmetric();
        for (int j = 0; j < units; j++) {
            double contrast = (up[j] - down[j]) / width;
            b[j] = -contrast;
            for (int i = 0; i < inputs.length; i++) {
                v[i][j] = -x[i] * contrast;
            }
            for (int i = 0; i < units; i++) {
                double pair = symmetric ? (up[i] * up[j] - down[i] * down[j]) / width : free[i] * contrast;
                w[i][j] = i == j ? 0 : -pair;
            }
        }
        return new Gradient(v, w, b);
    }

    private static double[] rates(double[] s) {
        return Arrays.stream(s).map(SettlingNet::rate).toArray();
    }

    /**
     * The gradient by central differences through the settled state: slow, and right up to about 1e-9. In a symmetric net both
     * directions of a weight move together.
     */
    public Gradient differences(double[] x, double[] y) {
        int units = bias.length;
        double[][] v = new double[inputs.length][units];
        double[][] w = new double[units][units];
        double[] b = new double[units];
        boolean symmetric = isSymmetric();
        for (int j = 0; j < units; j++) {
            int column = j;
            b[j] = difference(x, y, (net, h) -> net.bias[column] += h);
            for (int i = 0; i < inputs.length; i++) {
                int row = i;
                v[i][j] = difference(x, y, (net, h) -> net.inputs[row][column] += h);
            }
            for (int i = 0; i < units; i++) {
                int row = i;
                w[i][j] = i == j
                        ? 0
                        : difference(x, y, (net, h) -> {
                            net.between[row][column] += h;
                            net.between[column][row] += symmetric ? h : 0;
                        });
            }
        }
        return new Gradient(v, w, b);
    }

    private interface Move {
        void by(SettlingNet net, double h);
    }

    private double difference(double[] x, double[] y, Move move) {
        double h = 1e-5;
        SettlingNet up = copy();
        SettlingNet down = copy();
        move.by(up, h);
        move.by(down, -h);
        return (up.cost(x, y) - down.cost(x, y)) / (2 * h);
    }

    private SettlingNet copy() {
        return new SettlingNet(rows(inputs), rows(between), bias.clone(), outputs);
    }

    private static double[][] rows(double[][] array) {
        return Arrays.stream(array).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Two inputs, three hidden units, one output, in layers: the net on which the method is worked out in numbers.
     *
     * @param asymmetry a of W = S + aA, A the antisymmetric matrix of {@code W_ij = 0.3 sin(i + 2j)}, i &lt; j; 0 for a symmetric net
     */
    public static SettlingNet example(double asymmetry) {
        double[] out = {0.7, -0.5, 0.3};
        double[][] between = new double[4][4];
        for (int i = 0; i < 3; i++) {
            between[i][3] = out[i];
            between[3][i] = out[i];
        }
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                double a = asymmetry * 0.3 * Math.sin(i + 2.0 * j);
                between[i][j] += a;
                between[j][i] -= a;
            }
        }
        double[][] inputs = {{0.5, -0.3, 0.8, 0}, {-0.6, 0.4, 0.2, 0}};
        return new SettlingNet(inputs, between, new double[] {0.1, -0.2, 0.05, 0.2}, 1);
    }
}
