package org.parsimony.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parsimony.transfer.SimilarityLoss.Diagonal;

/** The loss against values worked out by hand, its gradient against differences, and what it must not mind. */
class SimilarityLoss_GradientTest {

    private static final Features TEACHER = new Features(2, new float[] {1, 0, 1, 1, 0, 2});
    private static final Features STUDENT = new Features(2, new float[] {1, 2, 2, 1, 1, 0});
    private static final SimilarityLoss PAPER = new SimilarityLoss();

    private static double value(SimilarityLoss loss, Features student, Features teacher) {
        return loss.of(student, loss.probabilities(teacher)).value();
    }

    private static Features random(int samples, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[samples * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 0.5);
        }
        return new Features(width, values);
    }

    @Test
    void theExampleOfThreeSamples() {
        double[] p = PAPER.probabilities(TEACHER);
        double[] q = PAPER.probabilities(STUDENT);
        double[] expectedP = {
            .42488943, .36266583, .21244474, .31530097, .36939806, .31530097, .21244473, .36266582, .42488944
        };
        double[] expectedQ = {
            .38115468, .34303921, .27580611, .31609852, .35122058, .33268090, .27093054, .35465268, .37441678
        };
        for (int i = 0; i < 9; i++) {
            assertEquals(expectedP[i], p[i], 1e-8);
            assertEquals(expectedQ[i], q[i], 1e-8);
        }
        SimilarityLoss.Value value = PAPER.of(STUDENT, p);
        assertEquals(.0024418491661, value.value(), 1e-11);
        double[] gradient = {3.0679707e-3, -1.5339854e-3, 1.8861207e-4, -3.7722424e-4, -9.33e-11, 8.6129874e-3};
        for (int i = 0; i < 6; i++) {
            assertEquals(gradient[i], value.gradient()[i], 1e-9);
        }
        assertEquals(.0025600535, value(PAPER, TEACHER, STUDENT), 1e-10);
        SimilarityLoss without = new SimilarityLoss(Similarity.COSINE, Divergence.KULLBACK_LEIBLER, Diagonal.LEFT_OUT);
        assertEquals(.0022963149, value(without, STUDENT, TEACHER), 1e-10);
        assertEquals(
                .1902602619,
                PAPER.of(STUDENT, PAPER.probabilities(new int[] {0, 0, 1})).value(),
                1e-10);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void theGradientIsThatOfDifferences(Similarity similarity) {
        for (Divergence divergence : Divergence.values()) {
            for (Diagonal diagonal : Diagonal.values()) {
                SimilarityLoss loss = new SimilarityLoss(similarity, divergence, diagonal);
                Features student = random(6, 4, 1);
                double[] target = loss.probabilities(random(6, 9, 2)); // another width
                double[] gradient = loss.of(student, target).gradient();
                double most = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
                for (int i = 0; i < gradient.length; i++) {
                    float h = 0x1p-10f;
                    double up = shifted(loss, student, i, h, target);
                    double down = shifted(loss, student, i, -h, target);
                    assertEquals((up - down) / (2.0 * h), gradient[i], 1e-4 * most, loss + " at " + i);
                }
            }
        }
    }

    private static double shifted(SimilarityLoss loss, Features x, int at, float by, double[] target) {
        float[] values = x.values().clone();
        double exact = (double) values[at] + by;
        values[at] += by;
        assertEquals(exact, values[at], 1e-7);
        return loss.of(new Features(x.width(), values), target).value();
    }

    @Test
    void neitherScaleNorOrderNorColumnsOfZerosMatter() {
        Features student = random(7, 3, 3);
        Features teacher = random(7, 5, 4);
        double value = value(PAPER, student, teacher);
        float[] ten = student.values().clone();
        float[] wider = new float[7 * 4];
        for (int i = 0; i < 7; i++) {
            for (int d = 0; d < 3; d++) {
                ten[i * 3 + d] *= 8;
                wider[i * 4 + d] = student.values()[i * 3 + d];
            }
        }
        assertEquals(value, value(PAPER, new Features(3, ten), teacher), 1e-8);
        assertEquals(value, value(PAPER, new Features(4, wider), teacher), 1e-15);
        int[] other = {3, 6, 0, 2, 1, 5, 4};
        assertEquals(value, value(PAPER, student.rows(other), teacher.rows(other)), 1e-15);
        assertEquals(0, value(PAPER, student, student), 1e-18);
        assertTrue(value > 0);
    }

    @Test
    void featuresKeepTheirLengthUnderTheCosine() {
        Features student = random(8, 5, 5);
        double[] g = PAPER.of(student, PAPER.probabilities(random(8, 5, 6))).gradient();
        for (int i = 0; i < 8; i++) {
            double along = 0;
            for (int d = 0; d < 5; d++) {
                along += g[i * 5 + d] * student.values()[i * 5 + d];
            }
            assertEquals(0, along, 1e-9);
        }
    }

    @Test
    void aZeroVectorIsEquallySimilarToAllAndPassesNoGradient() {
        Features zero = new Features(2, new float[] {1, 2, 2, 1, 0, 0});
        double[] q = PAPER.probabilities(zero);
        for (int j = 0; j < 3; j++) {
            assertEquals(1.0 / 3, q[6 + j], 1e-12);
        }
        SimilarityLoss.Value value = PAPER.of(zero, PAPER.probabilities(TEACHER));
        assertEquals(.0077593247, value.value(), 1e-10);
        assertEquals(0, value.gradient()[4]);
        assertEquals(0, value.gradient()[5]);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void nothingIsNaN(Similarity similarity) {
        Features one = new Features(3, new float[] {1, 2, 3});
        Features equal = new Features(2, new float[] {1, 2, 1, 2, 1, 2, 1, 2});
        Features zeros = new Features(2, new float[8]);
        Features opposite = new Features(1, new float[] {1, -1, 1, -1});
        for (Divergence divergence : Divergence.values()) {
            for (Diagonal diagonal : Diagonal.values()) {
                SimilarityLoss loss = new SimilarityLoss(similarity, divergence, diagonal);
                SimilarityLoss.Value alone = loss.of(one, loss.probabilities(new Features(1, new float[] {5})));
                assertEquals(0, alone.value(), 1e-15);
                assertTrue(Arrays.stream(alone.gradient()).allMatch(g -> Math.abs(g) < 1e-12));
                for (Features student : new Features[] {equal, zeros, opposite}) {
                    for (Features teacher : new Features[] {equal, zeros, opposite, random(4, 3, 9)}) {
                        SimilarityLoss.Value value = loss.of(student, loss.probabilities(teacher));
                        assertTrue(Double.isFinite(value.value()), loss.toString());
                        assertTrue(Arrays.stream(value.gradient()).allMatch(Double::isFinite), loss.toString());
                    }
                    SimilarityLoss.Value labels = loss.of(student, loss.probabilities(new int[] {0, 1, 2, 3}));
                    assertTrue(Double.isFinite(labels.value()), loss.toString());
                }
            }
        }
    }

    /** Every lesson's derivatives against differences of its loss. */
    @Test
    void lessonsHandOnTheGradientOfTheirLoss() {
        int[] rows = {4, 1, 3, 0, 2};
        int[] labels = {0, 1, 0, 1, 2};
        Features teacher = random(5, 6, 11);
        Features student = random(5, 4, 12);
        check(() -> new Lessons.Similarities(0, teacher, java.util.List.of(PAPER), labels, 0.5), student, rows);
        check(() -> new Lessons.Distillation(0, random(5, 4, 13), 2), student, rows);
        check(() -> new Lessons.Hint(0, teacher, true, 0.001, new SplittableRandom(1)), student, rows);
        check(() -> new Lessons.Hint(0, teacher, false, 0, new SplittableRandom(1)), student, rows);
    }

    /** @param fresh a lesson before its first step, because a hint's map moves with every step */
    private static void check(java.util.function.Supplier<Lesson> fresh, Features student, int[] rows) {
        double[] gradient = new double[student.values().length];
        fresh.get().derive(student, rows, gradient);
        double most = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        assertTrue(most > 0);
        for (int i = 0; i < gradient.length; i++) {
            double[] at = new double[2];
            for (int side = 0; side < 2; side++) {
                float[] values = student.values().clone();
                values[i] += side == 0 ? 0x1p-9f : -0x1p-9f;
                at[side] = fresh.get().derive(new Features(student.width(), values), rows, new double[gradient.length]);
            }
            assertEquals(rows.length * (at[0] - at[1]) / 0x1p-8, gradient[i], 1e-4 * most);
        }
    }
}
