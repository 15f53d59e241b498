package org.parsimony.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.steps.Train;

class Transfer_LawsTest {

    private static final Dataset DATA = Datasets.load("digits");
    private static final Context CONTEXT = new Context(1);
    private static final Transfer.Options SHORT =
            new Transfer.Options().student("64-8-6-10").epochs(3, 3, 1).queries(100);
    private static Model teacher;

    @BeforeAll
    static void train() {
        Model fresh = Architectures.resolve("64-48-24-10", DATA, 1);
        teacher = Train.run(fresh, DATA, new Train.Options().epochs(6), CONTEXT).model();
    }

    private static Taught taught(Transfer.Options options) {
        return Transfer.run(teacher, DATA, options, CONTEXT.at(1));
    }

    /** A step of the engine moves the weights along the derivative of the loss: through layers of another width. */
    @Test
    void theLossReachesTheWeights() {
        Samples samples = DATA.train().range(0, 24);
        Model student = Architectures.resolve("64-7-5-10", DATA, 4);
        Features teaching = Features.of(teacher, samples, 1);
        SimilarityLoss loss = new SimilarityLoss();
        double[] target = loss.probabilities(teaching);
        int[] order = IntStream.range(0, 24).toArray();
        Lesson lesson = new Lessons.Similarities(1, teaching, List.of(loss), samples.labels(), 0);
        lesson.next(order, 0);
        float[] gradient;
        try (FusedNet net = Fused.net(student, new Fused.Options().batchSize(24).hook(lesson), samples.shape())) {
            net.gradient(samples, order, 0, 24);
            gradient = student.network().getFlattenedGradients().dup().data().asFloat();
        }
        int lower = (int)
                (student.net().layer(0).numParams() + student.net().layer(1).numParams());
        double most = 0;
        for (int i = 0; i < lower; i++) {
            most = Math.max(most, Math.abs(gradient[i]));
        }
        assertTrue(most > 0);
        INDArray params = student.net().params();
        for (int i = 0; i < params.length(); i++) {
            if (i >= lower) {
                assertEquals(0, gradient[i], "layers above the features learn nothing");
            } else if (Math.abs(gradient[i]) > most / 3) {
                float before = params.getFloat(i);
                double[] at = new double[2];
                for (int side = 0; side < 2; side++) {
                    params.putScalar(i, before + (side == 0 ? 1e-3f : -1e-3f));
                    at[side] = 24
                            * loss.of(Features.of(student, samples, 1), target).value();
                }
                params.putScalar(i, before);
                assertEquals((at[0] - at[1]) / 2e-3, gradient[i], 0.03 * most);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Teaching.class)
    void everyTeachingTeachesTheSameStudentAsLong(Teaching by) throws Exception {
        Taught taught = taught(SHORT.by(by));
        assertEquals(taught(SHORT.by(Teaching.LABELS)).before(), taught.before(), "the same student before");
        assertEquals(7, taught.change().epochs());
        assertEquals("64-8-6-10", Architectures.text(taught.model()));
        assertEquals(3, taught.losses().length);
        assertTrue(Arrays.stream(taught.losses()).allMatch(Double::isFinite));
        assertTrue(taught.losses()[2] < taught.losses()[0], by + " learns: " + Arrays.toString(taught.losses()));
        assertEquals(3, taught.trace().rowCount());
        assertTrue(BitmapEncoder.getBitmapBytes(taught.figure(), BitmapFormat.PNG).length > 1000);
    }

    @Test
    void theTeacherStaysAndTheSameSeedGivesTheSameStudent() {
        INDArray params = teacher.net().params().dup();
        Taught one = taught(SHORT);
        Taught two = Transfer.run(teacher, DATA, SHORT, CONTEXT.at(1).threads(2));
        Taught other = Transfer.run(teacher, DATA, SHORT, CONTEXT.at(2));
        assertEquals(params, teacher.net().params());
        assertEquals(one.model().net().params(), two.model().net().params());
        assertNotEquals(one.model().net().params(), other.model().net().params());
    }

    @Test
    void theClassifierLeavesTheFeaturesAndMendsTheAccuracy() {
        Transfer.Options options = SHORT.epochs(3, 20, 0);
        Taught stale = taught(options);
        Taught fresh = taught(options.epochs(3, 20, 6));
        assertEquals(Features.of(stale.model(), DATA.test(), 1), Features.of(fresh.model(), DATA.test(), 1));
        assertEquals(stale.after(), fresh.after());
        assertTrue(fresh.model().evaluate(DATA.train()).loss()
                < stale.model().evaluate(DATA.train()).loss());
    }

    /** What the paper is about, on digits: a student that was taught finds more than before, and than by a random map. */
    @Test
    void similaritiesImproveRetrieval() {
        Transfer.Options options = SHORT.epochs(5, 30, 0).queries(0);
        Taught similar = taught(options);
        Taught random = taught(options.by(Teaching.RANDOM_HINT));
        assertTrue(
                similar.after().meanAveragePrecision() > similar.before().meanAveragePrecision() + 0.02,
                similar.verdict());
        assertTrue(similar.after().meanAveragePrecision() > random.after().meanAveragePrecision(), random.verdict());
    }

    @Test
    void gradientsOfImagesTeachWithoutANetwork() {
        Samples images = images();
        Dataset data = new Dataset("bars", "bars", images, images, images);
        Model any = Architectures.resolve("64-4-2", data, 1);
        Transfer.Options options = new Transfer.Options()
                .student("64-6-4-2")
                .source(Transfer.Source.GRADIENTS)
                .epochs(1, 5, 1);
        Taught taught = Transfer.run(any, data, options, CONTEXT);
        assertEquals(1, taught.teacher().nearest(), "vertical and horizontal bars lie apart in gradients");
        assertTrue(taught.losses()[4] < taught.losses()[0]);
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(images.flattened()));
    }

    /** Bars of 8 × 8 pixels, standing or lying, at any place. */
    private static Samples images() {
        int n = 48;
        float[] x = new float[n * 64];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            for (int p = 0; p < 8; p++) {
                int line = 1 + i / 2 % 6;
                x[i * 64 + (labels[i] == 0 ? line * 8 + p : p * 8 + line)] = 1;
            }
        }
        return new Samples(x, labels, 2, 1, 8, 8);
    }

    /** A flat image has no gradients; a brighter one has the same directions. */
    @Test
    void histogramsDoNotMindBrightness() {
        Samples images = images();
        float[] half = images.features().clone();
        for (int i = 0; i < half.length; i++) {
            half[i] = 0.25f + half[i] / 2;
        }
        float[] one = Gradients.of(images).values();
        float[] two =
                Gradients.of(new Samples(half, images.labels(), 2, 1, 8, 8)).values();
        assertArrayEquals(one, two, 1e-4f);
        Samples flat = new Samples(new float[64], new int[1], 2, 1, 8, 8);
        for (float value : Gradients.of(flat).values()) {
            assertEquals(0, value);
        }
    }

    @Test
    void featuresOfALayerAreWhatLeavesIt() {
        Features last = Features.of(teacher, DATA.test(), 2);
        float[] expected = teacher.predict(DATA.test(), 0, DATA.test().size())
                .dup('c')
                .data()
                .asFloat();
        assertArrayEquals(expected, last.values(), 1e-6f);
        assertEquals(
                24,
                Features.of(teacher, DATA.test(), Features.lastHidden(teacher)).width());
        Model graph = new Model(teacher.copy().network().toComputationGraph());
        assertArrayEquals(
                Features.of(teacher, DATA.test(), 1).values(),
                Features.of(graph, DATA.test(), 1).values(),
                1e-6f);
    }

    /** The paper's kind of student, with batch norm and pooling, written in words. */
    @Test
    void aStudentMayBeLayersInWords() {
        Samples images = images();
        Dataset data = new Dataset("bars", "bars", images, images, images);
        String words = "conv 4 3x3 | batchnorm 1.0E-5 0.9 | activation relu | max 2x2 by 2x2 | flatten | dense 6 relu"
                + " | dense 2 softmax";
        Model any = Architectures.resolve("64-9-2", data, 1);
        Transfer.Options options = new Transfer.Options().student(words).epochs(2, 6, 2);
        Taught taught = Transfer.run(any, data, options, CONTEXT);
        assertEquals(
                6,
                Features.of(taught.model(), images, Features.lastHidden(taught.model()))
                        .width());
        assertTrue(taught.losses()[5] < taught.losses()[0]);
        assertThrows(
                IllegalArgumentException.class,
                () -> Transfer.run(any, data, options.student("flatten | dense 3 softmax"), CONTEXT));
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThrows(IllegalArgumentException.class, () -> SHORT.epochs(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> SHORT.temperature(0));
        assertThrows(IllegalArgumentException.class, () -> SHORT.similarities(Divergence.JEFFREYS));
        assertThrows(IllegalArgumentException.class, () -> taught(SHORT.student("64-8-11")));
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> taught(SHORT));
        assertTrue(Thread.interrupted());
    }
}
