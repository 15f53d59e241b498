package org.parsimony.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.parsimony.method.Context;

/**
 * The stochastic update against its closed form, and packed against a plain loop over slots. Intervals are of five standard
 * errors, so that a wrong law fails and chance does not.
 */
class Pulses_MomentsTest {

    private static final int DRAWS = 100_000;
    private static final double ERRORS = 5;
    private static final Context CONTEXT = new Context(3);

    private static UpdateMoments.Row row(Management.Updates management, int slots, double x, double other, double d) {
        Crossbar.Options options = new Crossbar.Options().updates(management, slots);
        return UpdateMoments.of(options, x, other, DRAWS, CONTEXT, d).rows().get(0);
    }

    private static void holds(UpdateMoments.Row row) {
        String name = row.toString();
        assertTrue(Math.abs(row.meanOff()) < ERRORS, name);
        double variance = row.law().sd() * row.law().sd();
        double spread = Math.sqrt((row.drawn().fourth() - variance * variance) / DRAWS);
        assertEquals(variance, row.drawn().sd() * row.drawn().sd(), ERRORS * spread, name);
        double rho = row.law().correlation();
        assertEquals(rho, row.drawn().correlation(), ERRORS * 2 / Math.sqrt(DRAWS), name);
    }

    @Test
    void meanVarianceAndCovarianceAreThoseOfTheClosedForm() {
        for (double[] one : new double[][] {
            {.5, .8, .3, 10},
            {.9, .4, .01, 10},
            {1, -.2, .9, 10},
            {-.5, .5, -.3, 31},
            {.3, .7, -.02, 64},
            {.2, .1, .3, 1}
        }) {
            holds(row(Management.Updates.NONE, (int) one[3], one[0], one[1], one[2]));
            holds(row(Management.Updates.BALANCED, (int) one[3], one[0], one[1], one[2]));
        }
    }

    /** The numbers of a table that was worked out beforehand for steps of 0.001 and the rate 0.01. */
    @Test
    void theLawGivesTheNumbersWorkedOutBeforehand() {
        double[][] table = {
            {.5, .3, 10, 1.5e-3, 1.18743e-3},
            {.5, .3, 1, 9.4868e-4, 3.6615e-4},
            {.9, .01, 10, 9e-5, 3.1191e-4},
            {1, .9, 10, 9e-3, 1.3077e-3}
        };
        for (double[] one : table) {
            UpdateMoments.Row row = row(Management.Updates.NONE, (int) one[2], one[0], .2, one[1]);
            assertEquals(one[3], row.law().mean(), 1e-4 * one[3]);
            assertEquals(one[4], row.law().sd(), 1e-4 * one[4]);
            holds(row);
        }
        UpdateMoments.Row both = row(Management.Updates.NONE, 10, .5, .8, .3);
        assertEquals(0.84, both.law().covariance() / 1e-6, 1e-9);
        Pulses one = new Pulses(0.01, 1, 0.001, Management.Updates.BALANCED);
        assertEquals(0.44721, one.factors(1, .02).ofInput(1), 1e-5);
        assertEquals(0.44721, one.factors(1, .02).ofError(.02), 1e-5);
        Pulses ten = new Pulses(0.01, 10, 0.001, Management.Updates.BALANCED);
        assertEquals(0.03536, ten.factors(1, .02).ofError(-.005), 1e-5);
    }

    @Test
    void balancingTakesTheCorrelationOfARowAway() {
        double without = row(Management.Updates.NONE, 1, .5, .8, .01).law().correlation();
        double with = row(Management.Updates.BALANCED, 1, .5, .8, .01).law().correlation();
        assertTrue(without > 0.9 && with < 0.3, without + " and " + with);
    }

    @Test
    void stepsVaryBetweenDevicesAsStated() {
        Devices devices = new Devices(0.001, 0.3, 0.3, 0.02, 1e6, 0.3, 1);
        Pulses pulses = new Pulses(0.01, 10, 0.001, Management.Updates.NONE);
        Draws draws = Draws.at(5);
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < DRAWS; k++) {
            CrossArray array = CrossArray.resistive(1, 1, new float[1], new boolean[1], devices, 1, 0, draws);
            pulses.update(array, new float[] {.5f}, new float[] {.3f}, 1, draws);
            sum += array.weights()[0];
            squares += array.weights()[0] * array.weights()[0];
        }
        double m = 1.5;
        double law = 1e-6 * (1.09 * (m * 1.09 - m * m / 10) + .09 * m * m);
        double mean = sum / DRAWS;
        assertEquals(1.5e-3, mean, ERRORS * Math.sqrt(law / DRAWS));
        assertEquals(law, squares / DRAWS - mean * mean, 0.03 * law);
    }

    /** Three columns of mixed signs into two rows of three crossings: every mean, variance and covariance. */
    @Test
    void packedTrainsAreInLawAPlainLoopOverSlots() {
        float[] x = {.5f, -.2f, .9f, .8f, .3f, 0, 1, 1, 1};
        float[] d = {.3f, -.6f, .1f, -.4f, 0, .9f};
        for (int slots : new int[] {1, 10, 31}) {
            for (Management.Updates management : Management.Updates.values()) {
                Pulses pulses = new Pulses(0.01, slots, 0.001, management);
                int n = 20_000;
                double[][] packed = new double[n][];
                double[][] plain = new double[n][];
                Devices devices = new Devices(0.001, 0, 0.3, 0, 1e6, 0, 1);
                Draws draws = Draws.at(7, slots);
                CrossArray array = CrossArray.resistive(2, 3, new float[6], new boolean[6], devices, 1, 0, draws);
                Random random = new Random(11);
                for (int k = 0; k < n; k++) {
                    array.reset();
                    pulses.update(array, x, d, 3, draws);
                    packed[k] = new double[6];
                    for (int at = 0; at < 6; at++) {
                        packed[k][at] = 1e3 * array.weights()[at];
                    }
                    plain[k] = PlainPulses.update(pulses, 0.3, x, 3, d, 2, 3, random);
                }
                alike(packed, plain, slots + " slots, " + management);
            }
        }
    }

    private static void alike(double[][] one, double[][] two, String name) {
        int n = one.length;
        for (int a = 0; a < 6; a++) {
            for (int b = a; b < 6; b++) {
                double[][] of = new double[2][4];
                for (int side = 0; side < 2; side++) {
                    double[][] all = side == 0 ? one : two;
                    for (double[] draw : all) {
                        of[side][0] += draw[a] / n;
                        of[side][1] += draw[b] / n;
                    }
                    for (double[] draw : all) {
                        double product = (draw[a] - of[side][0]) * (draw[b] - of[side][1]);
                        of[side][2] += product / n;
                        of[side][3] += product * product / n;
                    }
                }
                String pair = name + ", crossings " + a + " and " + b;
                double variance = of[0][2] + of[1][2];
                if (a == b) {
                    assertEquals(of[0][0], of[1][0], ERRORS * Math.sqrt(variance / n) + 1e-9, pair);
                }
                double error = Math.sqrt((of[0][3] + of[1][3]) / n);
                assertEquals(of[0][2], of[1][2], ERRORS * error + 1e-9, pair);
            }
        }
    }

    @Test
    void everySlotOfATrainHasItsProbability() {
        Draws draws = Draws.at(9);
        for (double p : new double[] {0.001, 0.3, 0.5, 0.875, 0.99}) {
            for (int slots : new int[] {1, 7, 64}) {
                int n = 20_000;
                int[] counts = new int[64];
                for (int k = 0; k < n; k++) {
                    long train = draws.train(p, slots);
                    for (int slot = 0; slot < 64; slot++) {
                        counts[slot] += (int) (train >>> slot & 1);
                    }
                }
                for (int slot = 0; slot < 64; slot++) {
                    double wanted = slot < slots ? p : 0;
                    assertEquals(
                            wanted, (double) counts[slot] / n, ERRORS * Math.sqrt(wanted * (1 - wanted) / n), "" + p);
                }
            }
        }
        assertEquals(-1, draws.train(1.5, 64));
        assertEquals(0, draws.train(0, 10));
    }

    @Test
    void normalNumbersHaveNormalMomentsAndTails() {
        Draws draws = Draws.at(10);
        double[] moments = new double[5];
        int beyond = 0;
        int n = 400_000;
        for (int k = 0; k < n; k++) {
            double z = draws.gaussian();
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(z, power) / n;
            }
            beyond += Math.abs(z) > 3 ? 1 : 0;
        }
        assertEquals(0, moments[1], ERRORS / Math.sqrt(n));
        assertEquals(1, moments[2], ERRORS * Math.sqrt(2.0 / n));
        assertEquals(3, moments[4], ERRORS * Math.sqrt(96.0 / n));
        assertEquals(0.0027, (double) beyond / n, ERRORS * Math.sqrt(0.0027 / n));
    }
}
