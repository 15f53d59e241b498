package org.parsimony.splitting;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.parsimony.splitting.eigen.Vectors;

/**
 * A net of radial basis functions on the line, f(x) = Σ w_j φ(a_j x + b_j) with φ(z) = exp(−z²/2), in 64 bits: the smallest
 * net that shows what splitting does. Its neurons have two splitting coordinates, a and b; the loss is half the mean squared
 * error.
 */
final class RbfNet {

    /** Outgoing weights. */
    final double[] w;

    /** Incoming weights: of each neuron a and b. */
    final double[][] theta;

    RbfNet(double[] w, double[][] theta) {
        this.w = w;
        this.theta = theta;
    }

    /** {@code neurons} of independent normal weights. */
    static RbfNet random(int neurons, double deviation, SplittableRandom random) {
        double[] w = new double[neurons];
        double[][] theta = new double[neurons][2];
        for (int j = 0; j < neurons; j++) {
            w[j] = deviation * random.nextGaussian();
            theta[j][0] = deviation * random.nextGaussian();
            theta[j][1] = deviation * random.nextGaussian();
        }
        return new RbfNet(w, theta);
    }

    int size() {
        return w.length;
    }

    RbfNet copy() {
        return new RbfNet(w.clone(), Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new));
    }

    double at(double x) {
        double sum = 0;
        for (int j = 0; j < w.length; j++) {
            double z = theta[j][0] * x + theta[j][1];
            sum += w[j] * Math.exp(-z * z / 2);
        }
        return sum;
    }

    double loss(double[] x, double[] y) {
        double sum = 0;
        for (int n = 0; n < x.length; n++) {
            double r = at(x[n]) - y[n];
            sum += r * r;
        }
        return sum / 2 / x.length;
    }

    /** Gradient of the loss: of each neuron by w, a and b. */
    double[][] gradient(double[] x, double[] y) {
        double[][] gradient = new double[size()][3];
        double[] h = new double[size()];
        for (int n = 0; n < x.length; n++) {
            double r = -y[n];
            for (int j = 0; j < h.length; j++) {
                double z = theta[j][0] * x[n] + theta[j][1];
                h[j] = Math.exp(-z * z / 2);
                r += w[j] * h[j];
            }
            for (int j = 0; j < h.length; j++) {
                double z = theta[j][0] * x[n] + theta[j][1];
                double slope = -r * w[j] * z * h[j] / x.length;
                gradient[j][0] += r * h[j] / x.length;
                gradient[j][1] += slope * x[n];
                gradient[j][2] += slope;
            }
        }
        return gradient;
    }

    /** The splitting matrix of a neuron: mean of r · w φ''(z) · (x, 1)(x, 1)ᵀ, φ''(z) = (z² − 1) φ(z). */
    double[][] matrix(int neuron, double[] x, double[] y) {
        double[][] s = new double[2][2];
        for (int n = 0; n < x.length; n++) {
            double z = theta[neuron][0] * x[n] + theta[neuron][1];
            double q = (at(x[n]) - y[n]) * w[neuron] * (z * z - 1) * Math.exp(-z * z / 2) / x.length;
            s[0][0] += q * x[n] * x[n];
            s[0][1] += q * x[n];
            s[1][1] += q;
        }
        s[1][0] = s[0][1];
        return s;
    }

    /** Full-batch Adam in place, the rate falling to 0 along a cosine. */
    void train(double[] x, double[] y, int steps, double rate) {
        double[][] m = new double[size()][3];
        double[][] v = new double[size()][3];
        for (int t = 1; t <= steps; t++) {
            double[][] g = gradient(x, y);
            double now = rate * (1 + Math.cos(Math.PI * (t - 1) / steps)) / 2;
            for (int j = 0; j < size(); j++) {
                double[] move = new double[3];
                for (int i = 0; i < 3; i++) {
                    m[j][i] = 0.9 * m[j][i] + 0.1 * g[j][i];
                    v[j][i] = 0.999 * v[j][i] + 0.001 * g[j][i] * g[j][i];
                    double mean = m[j][i] / (1 - Math.pow(0.9, t));
                    double square = v[j][i] / (1 - Math.pow(0.999, t));
                    move[i] = now * mean / (Math.sqrt(square) + 1e-8);
                }
                w[j] -= move[0];
                theta[j][0] -= move[1];
                theta[j][1] -= move[2];
            }
        }
    }

    /** The net with a neuron split. */
    RbfNet split(int neuron, Scheme.Plan plan, double step) {
        int more = plan.added();
        RbfNet split = new RbfNet(Arrays.copyOf(w, size() + more), Arrays.copyOf(copy().theta, size() + more));
        for (int i = 0; i <= more; i++) {
            int to = i == 0 ? neuron : size() + i - 1;
            Scheme.Offspring offspring = plan.offspring().get(i);
            split.w[to] = offspring.weight() * w[neuron];
            split.theta[to] = theta[neuron].clone();
            Vectors.add(split.theta[to], step, offspring.direction());
        }
        return split;
    }

    /** The net with one neuron more. */
    RbfNet with(RbfNet neuron) {
        RbfNet more = new RbfNet(Arrays.copyOf(w, size() + 1), Arrays.copyOf(copy().theta, size() + 1));
        more.w[size()] = neuron.w[0];
        more.theta[size()] = neuron.theta[0].clone();
        return more;
    }
}
