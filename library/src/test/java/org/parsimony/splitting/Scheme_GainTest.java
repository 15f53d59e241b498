package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.Vectors;

class Scheme_GainTest {

    private static final int SIZE = 4;

    /** A symmetric matrix with eigenvalues on both sides of 0, or shifted to one side. */
    private static double[][] matrix(SplittableRandom random) {
        double shift = 3 * (random.nextInt(3) - 1);
        double[][] s = new double[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int k = 0; k <= i; k++) {
                s[i][k] = s[k][i] = random.nextDouble() - 0.5;
            }
            s[i][i] += shift;
        }
        return s;
    }

    private static double quadratic(double[][] s, double[] d) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            for (int k = 0; k < d.length; k++) {
                sum += d[i] * s[i][k] * d[k];
            }
        }
        return sum;
    }

    @Property(tries = 300)
    void everySplitKeepsItsConstraintsAndGivesItsGain(
            @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 6) double mass) {
        double[][] s = matrix(new SplittableRandom(seed));
        Ends ends = EigenSolver.exact(s);
        double before = 0;
        for (Scheme split : Scheme.values()) {
            Scheme.Plan plan = split.of(ends, mass);
            double weights = 0;
            double moduli = 0;
            double gain = 0;
            double[] mean = new double[SIZE];
            for (Scheme.Offspring o : plan.offspring()) {
                weights += o.weight();
                moduli += Math.abs(o.weight());
                gain += o.weight() * quadratic(s, o.direction());
                Vectors.add(mean, o.weight(), o.direction());
                assertTrue(Vectors.dot(o.direction(), o.direction()) <= 1 + 1e-9);
            }
            assertEquals(plan.gain(), gain, 1e-9, split.toString());
            assertTrue(plan.gain() <= before + 1e-12, "more offspring reach no less");
            before = plan.gain();
            if (plan.gain() < 0) {
                assertEquals(1, weights, 1e-12);
                assertTrue(moduli <= mass + 1e-12);
                assertEquals(0, Vectors.dot(mean, mean), 1e-18);
                assertTrue(plan.offspring().size() <= split.ordinal() + (split == Scheme.POSITIVE_PAIR ? 2 : 1));
            }
        }
        double bound = (mass + 1) / 2 * Math.min(0, ends.least()) - (mass - 1) / 2 * Math.max(0, ends.greatest());
        assertEquals(bound, before, 1e-9, "the quartet reaches what no split can pass");
    }

    /** λ = −1, μ = 2, c = 3: pair −1 or −½ · 2, pure triplets −2, mixed −2.5, quartet −4. */
    @Test
    void aMatrixByHand() {
        Ends ends = EigenSolver.exact(new double[][] {{-1, 0}, {0, 2}});
        assertEquals(-1, Scheme.POSITIVE_PAIR.of(ends, 3).gain(), 1e-12);
        assertEquals(-1, Scheme.SIGNED_PAIR.of(ends, 3).gain(), 1e-12);
        assertEquals(-2.5, Scheme.SIGNED_TRIPLET.of(ends, 3).gain(), 1e-12);
        assertEquals(-4, Scheme.SIGNED_QUARTET.of(ends, 3).gain(), 1e-12);
        Ends stable = EigenSolver.exact(new double[][] {{1, 0}, {0, 2}});
        assertTrue(Scheme.POSITIVE_PAIR.of(stable, 3).offspring().isEmpty());
        assertEquals(-1, Scheme.SIGNED_PAIR.of(stable, 3).gain(), 1e-12);
        assertEquals(-2, Scheme.SIGNED_QUARTET.of(stable, 3).gain(), 1e-12);
        assertEquals(3, Scheme.SIGNED_QUARTET.of(stable, 3).offspring().size());
    }

    /** No split of two or three offspring, drawn by chance and then scaled into the constraints, does better. */
    @Property(tries = 40)
    void noSplitByChanceDoesBetter(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] s = matrix(random);
        Ends ends = EigenSolver.exact(s);
        double mass = 1 + 3 * random.nextDouble();
        for (int m = 2; m <= 3; m++) {
            double best = (m == 2 ? Scheme.SIGNED_PAIR : Scheme.SIGNED_TRIPLET)
                    .of(ends, mass)
                    .gain();
            for (int t = 0; t < 300; t++) {
                assertTrue(chance(s, m, mass, random) >= best - 1e-9);
            }
        }
    }

    private static double chance(double[][] s, int m, double mass, SplittableRandom random) {
        double[] w = new double[m];
        double sum = 0;
        double moduli = Double.POSITIVE_INFINITY;
        while (moduli > mass) {
            sum = 0;
            for (int i = 0; i < m - 1; i++) {
                w[i] = (random.nextDouble() - 0.5) * (mass + 1);
                sum += w[i];
            }
            w[m - 1] = 1 - sum;
            moduli = 0;
            for (double x : w) {
                moduli += Math.abs(x);
            }
        }
        double[][] d = Vectors.directions(m, SIZE, random);
        double[] mean = new double[SIZE];
        for (int i = 0; i < m; i++) {
            Vectors.add(mean, w[i], d[i]);
        }
        double longest = 0;
        for (double[] x : d) {
            Vectors.add(x, -1, mean);
            longest = Math.max(longest, Math.sqrt(Vectors.dot(x, x)));
        }
        double gain = 0;
        for (int i = 0; i < m; i++) {
            gain += w[i] * quadratic(s, d[i]) / Math.max(1, longest * longest);
        }
        return gain;
    }

    @Test
    void withoutNegativeWeightsAllSchemesAreThePositivePair() {
        Ends ends = EigenSolver.exact(new double[][] {{-1, 0}, {0, 5}});
        for (Scheme split : Scheme.values()) {
            assertEquals(-1, split.of(ends, 1).gain(), 1e-12);
            assertEquals(
                    List.of(0.5, 0.5),
                    split.of(ends, 1).offspring().stream()
                            .map(Scheme.Offspring::weight)
                            .toList());
        }
    }
}
