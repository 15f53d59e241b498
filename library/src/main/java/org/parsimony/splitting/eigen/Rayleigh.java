package org.parsimony.splitting.eigen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;

/**
 * Stochastic descent of the Rayleigh quotient {@code R(v) = vᵀSv / vᵀv} with the settings of the authors' code: first
 * vectors uniform in [−0.1, 0.1), RMSProp (decay 0.9, momentum 0.9), vectors back to length 1 after every step, the rate
 * times 0.2 after every second pass, the result the mean of the vectors of the last pass. The eigenvalue is the quotient of
 * that vector over all samples, not the mean of the batches' quotients while the vector still moves.
 */
final class Rayleigh {

    private static final double DECAY = 0.9;
    private static final double MOMENTUM = 0.9;
    private static final double FADING = 0.2;
    private static final int FADING_PASSES = 2;

    private Rayleigh() {}

    static List<Ends> ends(
            SplittingMatrices matrices, EigenSolver.Effort effort, SplittableRandom random, Progress progress) {
        double[][] low = descend(matrices, effort, 1, random, progress);
        double[][] high = descend(matrices, effort, -1, random, progress);
        double[][] lowProducts = matrices.times(low);
        double[][] highProducts = matrices.times(high);
        List<Ends> ends = new ArrayList<>();
        for (int j = 0; j < low.length; j++) {
            ends.add(new Ends(
                    Vectors.dot(low[j], lowProducts[j]), low[j], Vectors.dot(high[j], highProducts[j]), high[j]));
        }
        return ends;
    }

    /** The vectors of the least eigenvalues of {@code sign · S}. */
    private static double[][] descend(
            SplittingMatrices matrices,
            EigenSolver.Effort effort,
            int sign,
            SplittableRandom random,
            Progress progress) {
        int units = matrices.units();
        int inputs = matrices.inputs();
        double[][] v = new double[units][inputs];
        for (double[] vector : v) {
            java.util.Arrays.setAll(vector, i -> 0.2 * random.nextDouble() - 0.1);
            Vectors.normalise(vector);
        }
        double[][] squares = new double[units][inputs];
        double[][] speed = new double[units][inputs];
        double[][] mean = new double[units][inputs];
        double rate = effort.rate();
        for (int pass = 0; pass < effort.passes(); pass++) {
            if (pass > 0 && pass % FADING_PASSES == 0) {
                rate *= FADING;
            }
            for (int from = 0; from < matrices.samples(); from += effort.batchSize()) {
                progress.checkCancelled();
                int to = Math.min(matrices.samples(), from + effort.batchSize());
                double[][] products = matrices.times(v, from, to);
                for (int j = 0; j < units; j++) {
                    step(v[j], products[j], sign, rate, squares[j], speed[j]);
                    if (pass == effort.passes() - 1) {
                        Vectors.add(mean[j], 1, v[j]);
                    }
                }
            }
        }
        for (int j = 0; j < units; j++) {
            mean[j] = Vectors.normal(mean[j]);
        }
        return mean;
    }

    private static void step(double[] v, double[] product, int sign, double rate, double[] squares, double[] speed) {
        double quotient = Vectors.dot(v, product); // v has length 1
        for (int i = 0; i < v.length; i++) {
            double gradient = sign * 2 * (product[i] - quotient * v[i]);
            squares[i] = DECAY * squares[i] + (1 - DECAY) * gradient * gradient;
            speed[i] = MOMENTUM * speed[i] + gradient / (Math.sqrt(squares[i]) + 1e-8);
        }
        Vectors.add(v, -rate, speed);
        Vectors.normalise(v);
    }
}
