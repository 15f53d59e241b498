package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.SplittingMatrices;
import org.parsimony.splitting.eigen.Vectors;
import org.parsimony.steps.Train;

class EigenSolver_ReferenceTest {

    private static SplittingMatrices hidden;
    private static List<Ends> exact;

    @BeforeAll
    static void digits() {
        Dataset data = Datasets.load("mnist").limited(2000, 500, 500, 1);
        Model model = Train.run(
                        Architectures.mlp("784-30-12-10", 1), data, new Train.Options().epochs(5), new Context(1))
                .model();
        hidden = LayerMatrices.of(model, SplitLayer.of(model), data.train(), 3).get(1);
        exact = ends(EigenSolver.EXACT, new EigenSolver.Effort());
    }

    private static List<Ends> ends(EigenSolver solver, EigenSolver.Effort effort) {
        return solver.ends(hidden, effort, new SplittableRandom(1), Progress.NONE);
    }

    private static double medianCosine(List<Ends> found) {
        double[] cosines = new double[exact.size()];
        for (int j = 0; j < cosines.length; j++) {
            cosines[j] = Math.abs(
                    Vectors.dot(exact.get(j).leastVector(), found.get(j).leastVector()));
        }
        Arrays.sort(cosines);
        return cosines[cosines.length / 2];
    }

    @Test
    void theExactOneFindsTheEndsOfAKnownSpectrum() {
        double c = Math.sqrt(0.5);
        Ends ends = EigenSolver.exact(new double[][] {{1, 3, 0}, {3, 1, 0}, {0, 0, 0.5}});
        assertEquals(-2, ends.least(), 1e-12);
        assertEquals(4, ends.greatest(), 1e-12);
        assertArrayEquals(new double[] {c, c, 0}, ends.greatestVector(), 1e-12);
        assertEquals(c, Math.abs(ends.leastVector()[0]), 1e-12);
        assertEquals(0, ends.leastVector()[0] + ends.leastVector()[1], 1e-12);
    }

    /** The splitting matrix of images: few samples, inputs that are always zero, values over many magnitudes. */
    @Test
    void theExactOneFindsTheEndsOfAMatrixOfLowRank() {
        int d = 300;
        SplittableRandom random = new SplittableRandom(5);
        double[][] matrix = new double[d][d];
        for (int s = 0; s < 12; s++) {
            double weight = random.nextDouble(-1, 1);
            double[] x = new double[d];
            for (int i = 0; i < d; i += 3) {
                x[i] = random.nextDouble(-1, 1) * Math.pow(10, -random.nextInt(120));
            }
            for (int i = 0; i < d; i++) {
                Vectors.add(matrix[i], weight * x[i], x);
            }
        }
        Ends ends = EigenSolver.exact(matrix);
        assertTrue(ends.least() < 0 && ends.greatest() > 0, ends.least() + ", " + ends.greatest());
        for (int i = 0; i < d; i++) {
            assertEquals(ends.least() * ends.leastVector()[i], Vectors.dot(matrix[i], ends.leastVector()), 1e-12);
            assertEquals(
                    ends.greatest() * ends.greatestVector()[i], Vectors.dot(matrix[i], ends.greatestVector()), 1e-12);
        }
    }

    @Test
    void lanczosFindsTheExactEnds() {
        List<Ends> lanczos = ends(EigenSolver.LANCZOS, new EigenSolver.Effort(15, 1, 1, 1));
        assertTrue(medianCosine(lanczos) >= 0.999, "cosine " + medianCosine(lanczos));
        for (int j = 0; j < exact.size(); j++) {
            double scale = Math.max(-exact.get(j).least(), exact.get(j).greatest());
            assertEquals(exact.get(j).least(), lanczos.get(j).least(), 1e-3 * scale);
            assertEquals(exact.get(j).greatest(), lanczos.get(j).greatest(), 1e-3 * scale);
        }
    }

    /**
     * Fifteen iterations are enough, and their products over the default number of samples are fewer than those of two epochs
     * on MNIST: a product with a splitting matrix is two matrix products over its samples, and so many at least is a step of
     * training.
     */
    @Test
    void lanczosTakesNoMoreThanTwoEpochsOfProducts() {
        long[] passed = new long[1];
        SplittingMatrices counted = new SplittingMatrices() {
            @Override
            public int units() {
                return hidden.units();
            }

            @Override
            public int inputs() {
                return hidden.inputs();
            }

            @Override
            public int samples() {
                return hidden.samples();
            }

            @Override
            public double[][] times(double[][] v, int from, int to) {
                passed[0] += to - from;
                return hidden.times(v, from, to);
            }
        };
        List<Ends> found = EigenSolver.LANCZOS.ends(
                counted, new EigenSolver.Effort(15, 1, 1, 1), new SplittableRandom(1), Progress.NONE);
        assertTrue(medianCosine(found) >= 0.999, "cosine " + medianCosine(found));
        double share = (double) passed[0] / hidden.samples();
        int train = Datasets.trainingSamples("mnist");
        double lanczos = share * new Splitting.Options().samples();
        assertTrue(lanczos <= 2 * train, share + " products, " + train + " samples");
    }

    /** A descent comes nearer with more steps, and its quotient never passes the eigenvalue. */
    @Test
    void rayleighDescendsTowardsTheExactEndFromAbove() {
        List<Ends> few = ends(EigenSolver.RAYLEIGH, new EigenSolver.Effort());
        List<Ends> more = ends(EigenSolver.RAYLEIGH, new EigenSolver.Effort(30, 10, 1e-2, 16));
        assertTrue(medianCosine(more) > 0.8, "cosine " + medianCosine(more));
        assertTrue(medianCosine(more) > medianCosine(few), medianCosine(few) + " then " + medianCosine(more));
        for (int j = 0; j < exact.size(); j++) {
            double rounding = 1e-5 * (exact.get(j).greatest() - exact.get(j).least());
            assertTrue(few.get(j).least() >= exact.get(j).least() - rounding);
            assertTrue(more.get(j).least() >= exact.get(j).least() - rounding);
            assertTrue(more.get(j).greatest() <= exact.get(j).greatest() + rounding);
        }
    }

    /** Rank one, and rank none: the Krylov space ends early. */
    @Test
    void lanczosStopsWhereThereIsNoMore() {
        SplittingMatrices small = new SplittingMatrices() {
            @Override
            public int units() {
                return 2;
            }

            @Override
            public int inputs() {
                return 6;
            }

            @Override
            public int samples() {
                return 1;
            }

            @Override
            public double[][] times(double[][] v, int from, int to) {
                double[][] products = new double[2][6];
                products[0][1] = -4 * v[0][1];
                return products;
            }
        };
        List<Ends> ends =
                EigenSolver.LANCZOS.ends(small, new EigenSolver.Effort(), new SplittableRandom(1), Progress.NONE);
        assertEquals(-4, ends.get(0).least(), 1e-12);
        assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0}, ends.get(0).leastVector(), 1e-12);
        assertEquals(0, ends.get(1).least());
        assertEquals(0, ends.get(1).greatest());
    }

    @Test
    void theExactOneRefusesLargeLayers() {
        SplittingMatrices large = new SplittingMatrices() {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public int inputs() {
                return 3000;
            }

            @Override
            public int samples() {
                return 1;
            }

            @Override
            public double[][] times(double[][] v, int from, int to) {
                return v;
            }
        };
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> EigenSolver.EXACT.ends(
                                large, new EigenSolver.Effort(), new SplittableRandom(1), Progress.NONE))
                .getMessage();
        assertTrue(said.contains("3000 × 3000") && said.contains("use lanczos"), said);
    }
}
