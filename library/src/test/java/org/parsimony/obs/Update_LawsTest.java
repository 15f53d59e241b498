package org.parsimony.obs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.parsimony.network.curvature.Curvature;
import org.parsimony.network.curvature.DenseCurvature;
import org.parsimony.network.curvature.KroneckerCurvature;
import org.parsimony.network.curvature.SquareMatrix;

/** What the surgeon does to the weights of one layer, on any curvature. */
class Update_LawsTest {

    private static double[] updated(Update update, Curvature curvature, double[] w, boolean[] out) {
        double[] after = w.clone();
        update.apply(curvature, after, out);
        return after;
    }

    /** By hand: H⁻¹ = (2 −1; −1 2) / 3, so δ = −3/2 · (2, −1) / 3, and the loss rises by 3/4. */
    @Test
    void twoWeightsByHand() {
        DenseCurvature h = new DenseCurvature(new double[][] {{2, 1}, {1, 2}});
        double[] w = {1, 1};
        for (Update update : new Update[] {Update.SUM, Update.JOINT}) {
            double[] after = updated(update, h, w, new boolean[] {true, false});
            assertArrayEquals(new double[] {0, 1.5}, after, 1e-12);
            assertEquals(0.75, Update.rise(h, w, after), 1e-12);
        }
    }

    /** One weight: the rise is the surgeon's importance, and never above what it costs without an update. */
    @Property(tries = 300)
    void oneWeightCostsItsImportance(
            @ForAll @IntRange(min = 1, max = 10) int d,
            @ForAll @IntRange(min = 0, max = 9) int which,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseCurvature h = DenseCurvature.random(d, 6, 0.01, random);
        double[] w = DenseCurvature.uniform(d, random);
        boolean[] out = new boolean[d];
        int q = which % d;
        out[q] = true;
        double importance = w[q] * w[q] / (2 * h.inverseDiagonal()[q]);
        for (Update update : new Update[] {Update.SUM, Update.JOINT}) {
            double[] after = updated(update, h, w, out);
            assertEquals(0, after[q]);
            assertEquals(importance, Update.rise(h, w, after), 1e-7 * importance + 1e-15);
        }
        assertTrue(importance <= Update.rise(h, w, updated(Update.NONE, h, w, out)) * (1 + 1e-9));
    }

    /** Several: the joint update is the optimum of the quadratic, found by one dense solve; the others are above it. */
    @Property(tries = 300)
    void severalTogetherAreTheOptimum(
            @ForAll @IntRange(min = 2, max = 12) int d,
            @ForAll @IntRange(min = 1, max = 4) int share,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseCurvature h = DenseCurvature.random(d, 8, 0.01, random);
        double[] w = DenseCurvature.uniform(d, random);
        boolean[] out = new boolean[d];
        for (int i = 0; i < d; i++) {
            out[i] = random.nextInt(5) < share;
        }
        int[] q = IntStream.range(0, d).filter(i -> out[i]).toArray();
        double best = 0;
        if (q.length > 0) {
            RealMatrix block = h.inverse().getSubMatrix(q, q);
            ArrayRealVector gone =
                    new ArrayRealVector(IntStream.of(q).mapToDouble(i -> w[i]).toArray());
            best = gone.dotProduct(new LUDecomposition(block).getSolver().solve(gone)) / 2;
        }
        double joint = Update.rise(h, w, updated(Update.JOINT, h, w, out));
        assertEquals(best, joint, 1e-6 * best + 1e-12);
        assertTrue(joint <= Update.rise(h, w, updated(Update.SUM, h, w, out)) * (1 + 1e-9));
        assertTrue(joint <= Update.rise(h, w, updated(Update.NONE, h, w, out)) * (1 + 1e-9));
    }

    /** Of Kronecker factors a whole unit costs {@code w_o A w_oᵀ / (2 [G⁻¹]_oo)}. */
    @Property(tries = 100)
    void aWholeUnitOfKroneckerFactors(
            @ForAll @IntRange(min = 1, max = 4) int units,
            @ForAll @IntRange(min = 1, max = 5) int inputs,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SquareMatrix g = SquareMatrix.gram(units, DenseCurvature.uniform(6 * units, random), 1);
        SquareMatrix a = SquareMatrix.gram(inputs, DenseCurvature.uniform(6 * inputs, random), 1);
        Curvature h = new KroneckerCurvature(g, a, 0.04);
        double[] w = DenseCurvature.uniform(units * inputs, random);
        boolean[] out = new boolean[w.length];
        for (int i = 0; i < inputs; i++) {
            out[i] = true;
        }
        double quadratic = 0;
        SquareMatrix damped = a.plus(0.2);
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < inputs; j++) {
                quadratic += w[i] * damped.values()[i * inputs + j] * w[j];
            }
        }
        double cost = quadratic / (2 * g.plus(0.2).inverse().values()[0]);
        assertEquals(cost, Update.rise(h, w, updated(Update.JOINT, h, w, out)), 1e-6 * cost);
    }

    @Test
    void nothingGoesAndNothingChanges() {
        DenseCurvature h = DenseCurvature.random(4, 3, 0.1, new SplittableRandom(1));
        double[] w = {1, 2, 3, 4};
        for (Update update : Update.values()) {
            assertArrayEquals(w, updated(update, h, w, new boolean[4]));
        }
    }
}
