package org.parsimony.boltzmann;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.parsimony.method.Context;

/** Objective, gradient, likelihood and its estimate on nine units, against their definitions summed up over all 512 states. */
class ProbabilityFlow_ExactTest {

    private static final double[] DATA = {1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1};
    private static final int N = 4;

    private static BoltzmannMachine random(long seed, double deviation) {
        return BoltzmannMachine.drawn(Enumerated.WIDTHS, deviation, DATA, new SplittableRandom(seed));
    }

    private static Hidden.Filled exact(BoltzmannMachine machine) {
        return Hidden.fill(machine, DATA, Posterior.EXACT, 1, N, new SplittableRandom(0));
    }

    /** Worked out independently of this code. */
    @Test
    void theExamplesNumbersAreTheOnesByHand() {
        BoltzmannMachine machine = Enumerated.example();
        assertEquals(6.116950508917, Exact.logZ(machine), 1e-11);
        double[] log = Exact.logLikelihood(machine, new double[] {1, 0, 1, 1, 0, 1, 1, 0}, 2);
        assertArrayEquals(new double[] {-2.792852433464, -2.321329067756}, log, 1e-11);
        Hidden.Filled filled = exact(machine);
        ProbabilityFlow flow = ProbabilityFlow.of(machine, filled.z(), filled.share(), Flips.VISIBLE, 50, filled.n());
        assertEquals(4.027317085075, flow.value(), 1e-11);
        assertEquals(-0.068514556216, flow.weights()[0][0], 1e-11);
        assertEquals(-0.035768371522, flow.weights()[0][3 * 3 + 2], 1e-11);
        assertEquals(-0.078149799065, flow.bias()[0][0], 1e-11);
        double[][] mu = Hidden.meanField(machine, new double[] {1, 0, 1, 1}, 500, 1);
        assertArrayEquals(new double[] {0.314666, 0.362070, 0.682810}, mu[1], 1e-6);
        assertArrayEquals(new double[] {0.564640, 0.405352}, mu[2], 1e-6);
        double bound = Annealed.bound(machine, new double[] {1, 0, 1, 1}, 500, 1, Exact.logZ(machine));
        assertEquals(-2.809038293021, bound, 1e-10);
    }

    @Test
    void objectiveAndGradientAreTheirDefinitionsSummedUp() {
        for (Flips flips : Flips.values()) {
            BoltzmannMachine machine = random(2, 0.8);
            Enumerated all = new Enumerated(machine);
            Hidden.Filled filled = exact(machine);
            ProbabilityFlow flow = ProbabilityFlow.of(machine, filled.z(), filled.share(), flips, 50, filled.n());
            int most = flips == Flips.ALL ? 9 : 4;
            double value = 0;
            double w04 = 0;
            double w58 = 0;
            double b5 = 0;
            for (int visible : new int[] {0b0011, 0b1100, 0b0101, 0b1010}) {
                for (int h = 0; h < 32; h++) {
                    double share = all.posterior(visible, h) / N;
                    int state = visible | h << 4;
                    for (int i = 0; i < most; i++) {
                        value += share * all.flow(state, i);
                    }
                    w04 += share * (all.slope(state, 0, 4) + (most == 9 ? all.slope(state, 4, 0) : 0));
                    w58 += share * (most == 9 ? all.slope(state, 5, 8) + all.slope(state, 8, 5) : 0);
                    b5 += share * (most == 9 ? (1 - 2 * Enumerated.bit(state, 5)) * all.flow(state, 5) / 2 : 0);
                }
            }
            assertEquals(value, flow.value(), 1e-12);
            assertEquals(w04, flow.weights()[0][0], 1e-13);
            assertEquals(w58, flow.weights()[1][1 * 2 + 1], 1e-13);
            assertEquals(b5, flow.bias()[1][1], 1e-13);
        }
    }

    @Test
    void theGradientIsThatOfDifferencesForStatesAndForMeans() {
        BoltzmannMachine machine = random(3, 0.7);
        double[][] z =
                BoltzmannMachine.states(machine, new Random(1).doubles(N * 4).toArray(), N);
        z[1] = new Random(2).doubles(N * 3).toArray();
        z[2] = new Random(3).ints(N * 2, 0, 2).asDoubleStream().toArray();
        ProbabilityFlow flow = ProbabilityFlow.of(machine, z, null, Flips.ALL, 50, N);
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < machine.weights()[l].length; i++) {
                double before = machine.weights()[l][i];
                machine.weights()[l][i] = before + 1e-5;
                double up =
                        ProbabilityFlow.of(machine, z, null, Flips.ALL, 50, N).value();
                machine.weights()[l][i] = before - 1e-5;
                double down =
                        ProbabilityFlow.of(machine, z, null, Flips.ALL, 50, N).value();
                machine.weights()[l][i] = before;
                assertEquals((up - down) / 2e-5, flow.weights()[l][i], 1e-8);
            }
        }
    }

    /** By detailed balance: nothing above the first hidden layer is learned from an exact posterior. */
    @Test
    void underTheExactPosteriorHiddenFlipsHaveNoGradient() {
        for (long seed = 1; seed <= 5; seed++) {
            BoltzmannMachine machine = random(seed, 1);
            Hidden.Filled filled = exact(machine);
            ProbabilityFlow all = ProbabilityFlow.of(machine, filled.z(), filled.share(), Flips.ALL, 50, filled.n());
            ProbabilityFlow visible =
                    ProbabilityFlow.of(machine, filled.z(), filled.share(), Flips.VISIBLE, 50, filled.n());
            assertArrayEquals(visible.weights()[0], all.weights()[0], 1e-14);
            assertArrayEquals(new double[6], all.weights()[1], 1e-14);
            assertArrayEquals(new double[3], all.bias()[1], 1e-14);
            double[][] means = Hidden.meanField(machine, DATA, 500, N);
            ProbabilityFlow byMeans = ProbabilityFlow.of(machine, means, null, Flips.ALL, 50, N);
            assertArrayEquals(new double[6], byMeans.weights()[1], 1e-12, "nor from means that have settled");
            ProbabilityFlow drawn =
                    ProbabilityFlow.of(machine, filled.z(), factorised(means, filled), Flips.ALL, 50, filled.n());
            assertTrue(
                    Arrays.stream(drawn.weights()[1]).anyMatch(g -> Math.abs(g) > 1e-4),
                    "states drawn from them do move them");
        }
        Enumerated dense = new Enumerated(random(1, 1)).dense(new Random(9));
        for (int i = 4; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                if (j == i) {
                    continue; // no unit has a weight to itself
                }
                double sum = 0;
                for (int h = 0; h < 32; h++) {
                    sum += dense.posterior(0b0110, h) * dense.slope(0b0110 | h << 4, i, j);
                }
                assertEquals(0, sum, 1e-13, "flip of " + i + ", weight to " + j + ", connections within layers");
            }
        }
    }

    /** The probability of each state if every hidden unit were drawn from its mean by itself. */
    private static double[] factorised(double[][] means, Hidden.Filled states) {
        double[] share = new double[states.n()];
        int each = states.n() / N;
        for (int s = 0; s < share.length; s++) {
            share[s] = 1.0 / N;
            for (int l = 1; l < 3; l++) {
                int units = Enumerated.WIDTHS[l];
                for (int i = 0; i < units; i++) {
                    double mean = means[l][s / each * units + i];
                    share[s] *= states.z()[l][s * units + i] == 1 ? mean : 1 - mean;
                }
            }
        }
        return share;
    }

    @Test
    void theModelsOwnDistributionHasNoGradientAtAll() {
        BoltzmannMachine machine = random(4, 1);
        Enumerated all = new Enumerated(machine);
        int[] first = {0, 4, 7};
        double[][] z = new double[3][];
        double[] share = new double[Enumerated.STATES];
        for (int l = 0; l < 3; l++) {
            z[l] = new double[Enumerated.STATES * Enumerated.WIDTHS[l]];
            for (int s = 0; s < Enumerated.STATES; s++) {
                share[s] = Math.exp(-all.energy(s)) / all.z();
                for (int i = 0; i < Enumerated.WIDTHS[l]; i++) {
                    z[l][s * Enumerated.WIDTHS[l] + i] = Enumerated.bit(s, first[l] + i);
                }
            }
        }
        ProbabilityFlow flow = ProbabilityFlow.of(machine, z, share, Flips.ALL, 50, Enumerated.STATES);
        for (double[] g : flow.weights()) {
            assertArrayEquals(new double[g.length], g, 1e-14);
        }
        for (double[] g : flow.bias()) {
            assertArrayEquals(new double[g.length], g, 1e-14);
        }
    }

    /** The flow of a visible bit is that of the marginal, times the overlap of both posteriors. */
    @Test
    void theJointFlowIsTheMarginalOneTimesTheOverlapOfPosteriors() {
        Enumerated all = new Enumerated(random(5, 1)).dense(new Random(4));
        for (int v = 0; v < 16; v++) {
            for (int i = 0; i < 4; i++) {
                int flipped = v ^ 1 << i;
                double joint = 0;
                double overlap = 0;
                for (int h = 0; h < 32; h++) {
                    joint += all.posterior(v, h) * all.flow(v | h << 4, i);
                    overlap += Math.sqrt(all.posterior(v, h) * all.posterior(flipped, h));
                }
                double marginal = Math.sqrt(all.probability(flipped) / all.probability(v));
                assertEquals(marginal * overlap, joint, 1e-12);
                assertTrue(overlap <= 1 + 1e-12);
            }
        }
    }

    @Test
    void likelihoodsAreThoseSummedUpAndTheBoundIsBelow() {
        for (long seed = 1; seed <= 5; seed++) {
            BoltzmannMachine machine = random(seed, 1);
            Enumerated all = new Enumerated(machine);
            assertEquals(Math.log(all.z()), Exact.logZ(machine), 1e-11);
            double[] log = Exact.logLikelihood(machine, DATA, N);
            int[] visible = {0b0011, 0b1100, 0b0101, 0b1010};
            double mean = 0;
            for (int s = 0; s < N; s++) {
                assertEquals(Math.log(all.probability(visible[s])), log[s], 1e-11);
                mean += log[s] / N;
            }
            assertTrue(Annealed.bound(machine, DATA, 100, N, Exact.logZ(machine)) <= mean + 1e-12);
        }
        BoltzmannMachine restricted = new BoltzmannMachine(
                new int[] {4, 3},
                new double[][] {Enumerated.example().weights()[0]},
                new double[][] {{0.1, -0.3, 0.2, 0.5}, {0.3, -0.2, 0}});
        double[] every = new double[16 * 4];
        for (int v = 0; v < 16; v++) {
            for (int i = 0; i < 4; i++) {
                every[v * 4 + i] = v >> i & 1;
            }
        }
        double[] log = Exact.logLikelihood(restricted, every, 16);
        assertEquals(1, Arrays.stream(log).map(Math::exp).sum(), 1e-12, "probabilities of all visible states");
        double bound = Annealed.bound(restricted, every, 3, 16, Exact.logZ(restricted));
        assertEquals(Arrays.stream(log).average().orElseThrow(), bound, 1e-12, "exact with one hidden layer");
    }

    @Test
    void theAnnealedEstimateIsWithinItsErrorOfTheSum() {
        for (double scale : new double[] {1, 4}) {
            BoltzmannMachine machine = Enumerated.example();
            for (double[] w : machine.weights()) {
                Arrays.setAll(w, i -> scale * w[i]);
            }
            for (double[] b : machine.bias()) {
                Arrays.setAll(b, i -> scale * b[i]);
            }
            double exact = Exact.logZ(machine);
            for (long seed = 1; seed <= 5; seed++) {
                Annealed annealed = Annealed.of(machine, 100, 200, new Context(seed));
                double error = (annealed.high() - annealed.logZ()) / 3;
                assertEquals(exact, annealed.logZ(), 4 * error, annealed + " for " + exact);
                assertTrue(error < 0.05 && annealed.low() < annealed.logZ(), annealed.toString());
            }
        }
    }

    @Test
    void whatCannotBeSummedIsRefused() {
        BoltzmannMachine wide = BoltzmannMachine.drawn(new int[] {4, 21}, 0.1, DATA, new SplittableRandom(1));
        assertThrows(IllegalArgumentException.class, () -> Exact.logZ(wide));
        assertThrows(IllegalArgumentException.class, () -> exact(wide));
    }
}
