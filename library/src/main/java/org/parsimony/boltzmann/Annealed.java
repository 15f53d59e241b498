package org.parsimony.boltzmann;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.parsimony.base.Require;
import org.parsimony.method.Context;

/**
 * log Z by annealed importance sampling (Neal 2001; Salakhutdinov and Hinton 2009): chains of first hidden layers go from the
 * uniform distribution to the machine's through many temperatures, everything else summed out.
 *
 * <p>Too few temperatures make log Z too small and the machine look better than it is: look at {@link #low} and {@link #high},
 * and at {@link Exact} where that is possible.
 *
 * @param logZ the estimate
 * @param low log of the mean weight less three standard errors; −∞ where that is not above zero
 * @param high log of the mean weight and three standard errors
 */
public record Annealed(double logZ, double low, double high) {

    /**
     * Estimates.
     *
     * @param chains at least 2
     * @param temperatures at least 1
     */
    public static Annealed of(BoltzmannMachine machine, int chains, int temperatures, Context context) {
        Require.atLeast("chains", chains, 2);
        Require.atLeast("temperatures", temperatures, 1);
        SplittableRandom random = context.random("annealed importance sampling");
        int units = machine.widths()[1];
        double[][] h = new double[chains][units];
        double[] log = new double[chains];
        for (double[] chain : h) {
            for (int i = 0; i < units; i++) {
                chain[i] = random.nextBoolean() ? 1 : 0;
            }
        }
        for (int k = 1; k <= temperatures; k++) {
            context.progress().checkCancelled();
            double beta = (double) k / temperatures;
            double before = (k - 1.0) / temperatures;
            for (int c = 0; c < chains; c++) {
                log[c] += Exact.marginal(machine, h[c], beta) - Exact.marginal(machine, h[c], before);
                h[c] = next(machine, h[c], beta, random);
            }
            if (k % 100 == 0 || k == temperatures) {
                context.progress().report(k, temperatures, "annealed importance sampling");
            }
        }
        double base = Arrays.stream(machine.widths()).sum() * Math.log(2);
        double most = Arrays.stream(log).max().orElseThrow();
        double[] w = Arrays.stream(log).map(l -> Math.exp(l - most)).toArray();
        double mean = Arrays.stream(w).average().orElseThrow();
        double error =
                Math.sqrt(Arrays.stream(w).map(x -> (x - mean) * (x - mean)).sum() / (chains - 1) / chains);
        return new Annealed(
                base + most + Math.log(mean),
                base + most + Math.log(Math.max(0, mean - 3 * error)),
                base + most + Math.log(mean + 3 * error));
    }

    /** Gibbs at an inverse temperature: first hidden layer → its neighbours → first hidden layer. */
    private static double[] next(BoltzmannMachine machine, double[] h, double beta, SplittableRandom random) {
        double[] visible = drawn(machine, 0, null, h, beta, random);
        double[] top = machine.layers() == 3 ? drawn(machine, 2, h, null, beta, random) : null;
        return drawn(machine, 1, visible, top, beta, random);
    }

    private static double[] drawn(
            BoltzmannMachine machine, int l, double[] below, double[] above, double beta, SplittableRandom random) {
        double[] a = machine.bias()[l].clone();
        if (below != null) {
            machine.up(below, l - 1, 1, a);
        }
        if (above != null) {
            machine.down(above, l, 1, a);
        }
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextDouble() < BoltzmannMachine.logistic(beta * a[i]) ? 1 : 0;
        }
        return a;
    }

    /**
     * Lower bound of log p(v), mean over samples, as far as log Z is right: −E(v, μ) + entropy(μ) − log Z, μ by mean field. Of a
     * machine with one hidden layer it is log p(v) itself.
     *
     * @param visible {@code [n × visible]}
     * @param sweeps of mean field
     */
    public double bound(BoltzmannMachine machine, double[] visible, int sweeps, int n) {
        return bound(machine, visible, sweeps, n, logZ);
    }

    static double bound(BoltzmannMachine machine, double[] visible, int sweeps, int n, double logZ) {
        double[][] mu = Hidden.meanField(machine, visible, sweeps, n);
        double sum = 0;
        for (int l = 1; l < mu.length; l++) {
            for (int i = 0; i < mu[l].length; i++) {
                double m = Math.min(1 - 1e-12, Math.max(1e-12, mu[l][i]));
                mu[l][i] = m;
                sum -= m * Math.log(m) + (1 - m) * Math.log(1 - m);
            }
        }
        for (double energy : machine.energies(mu, n)) {
            sum -= energy;
        }
        return sum / n - logZ;
    }

    /** The estimate with its errors. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "log Z = %.3f (%.3f to %.3f)", logZ, low, high);
    }
}
