package org.parsimony.floats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.floats.Emulation.Answers;
import org.parsimony.floats.Emulation.Counting;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

class Emulation_LawsTest {

    private static final int SIDE = 9;
    private static final int[] SHAPE = {2, SIDE, SIDE};

    private static Samples samples(int n) {
        SplittableRandom random = new SplittableRandom(5);
        float[] x = new float[n * 2 * SIDE * SIDE];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble();
        }
        return new Samples(x, new int[n], 4, SHAPE);
    }

    /** A chain with every layer that is emulated; weights by a normal draw. */
    private static Model net(String... layers) {
        Architecture architecture = new Architecture(
                Shape.of(SHAPE),
                java.util.Arrays.stream(layers).map(Layers::parse).toList());
        SplittableRandom random = new SplittableRandom(3);
        List<Shape> shapes = architecture.shapes(architecture.input());
        List<Weights> weights = new java.util.ArrayList<>();
        for (int l = 0; l < layers.length; l++) {
            int[] size = architecture.layers().get(l).weights(shapes.get(l));
            if (size.length > 0) {
                boolean norm = architecture.layers().get(l) instanceof Layers.BatchNorm;
                float[] values = draw(size[0] * size[1], random);
                for (int i = 0; norm && i < values.length; i++) {
                    values[i] = Math.abs(values[i]) + 0.5f;
                }
                boolean biased = architecture.layers().get(l).biased();
                weights.add(new Weights(size[0], size[1], values, draw(biased ? size[1] : 0, random)));
            }
        }
        return architecture.model(weights);
    }

    private static float[] draw(int n, SplittableRandom random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) ((random.nextDouble() + random.nextDouble() - 1) * 0.5);
        }
        return values;
    }

    private static final String[] ALL = {
        "conv 5 3x3 relu",
        "batchnorm 1.0E-5 0.9",
        "avg 2x2 by 1x1",
        "conv 3 3x3 by 2x2 same tanh",
        "max 2x2 by 2x2",
        "flatten",
        "dense 7 sigmoid",
        "dense 4 softmax"
    };

    private static double[] run(Model model, String format, Arithmetic arithmetic, Counting counting) {
        return new Emulation(model, SHAPE, List.of(Precision.parse(format)), arithmetic, 1)
                .run(samples(6), counting, 1, Progress.NONE)
                .outputs();
    }

    @Test
    void withoutRoundingItIsTheNetwork() {
        Model model = net(ALL);
        Samples samples = samples(6);
        Answers answers = Emulation.exact(model, SHAPE).run(samples);
        float[] expected = model.predict(samples, 0, 6).dup('c').data().asFloat();
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                sum += Math.exp(answers.outputs()[4 * i + c]);
            }
            for (int c = 0; c < 4; c++) {
                assertEquals(expected[4 * i + c], Math.exp(answers.outputs()[4 * i + c]) / sum, 1e-5);
            }
        }
    }

    /** The fast forms on bits against the definition, which counting asks for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fl-7-8",
                "fl-7-6",
                "fl-10-4",
                "fl-3-3",
                "fl-2-2",
                "fl-0-5",
                "fl-23-8",
                "fl-16-5",
                "fl-7-6:nearest-even",
                "fl-3-3:nearest-even",
                "fl-2-8:nearest-away",
                "fl-2-4:nearest-away",
                "fl-10-5:nearest-even",
                "half",
                "e4m3",
                "e5m2:saturating",
                "bfloat16",
                "bfloat16:toward-zero",
                "fi-4-6",
                "fl-7-6:stochastic"
            })
    void everyFormOfMultiplyAddGivesTheSameBits(String format) {
        for (String[] layers :
                new String[][] {ALL, {"conv 6 5x5 relu", "flatten", "dense 9 relu", "dense 4 softmax"}}) {
            Model model = net(layers);
            assertArrayEquals(
                    run(model, format, Arithmetic.EVERY_OPERATION, Counting.ALL),
                    run(model, format, Arithmetic.EVERY_OPERATION, Counting.NONE));
        }
    }

    /** Products over channel, row and column, one after the other, then the bias: the stated order, written down slowly. */
    @ParameterizedTest
    @ValueSource(strings = {"conv 4 3x3", "conv 4 3x3 by 2x2", "conv 4 3x3 same", "conv 4 3x2 pad 1x1 dilated 2x2"})
    void aConvolutionSumsInTheStatedOrder(String conv) {
        Layers.Convolution layer = (Layers.Convolution) Layers.parse(conv);
        Model model = net(conv, "flatten", "dense 4 softmax");
        FloatFormat format = FloatFormat.custom(4, 5);
        Architecture architecture = Architecture.of(model);
        Weights conv0 = architecture.weights(model).get(0);
        Weights dense = architecture.weights(model).get(1);
        Shape in = Shape.of(SHAPE);
        Shape out = layer.out(in);
        Layers.Window w = layer.window();
        Samples samples = samples(3);
        double[] expected = new double[3 * 4];
        for (int s = 0; s < 3; s++) {
            double[] hidden = new double[out.size()];
            for (int f = 0; f < 4; f++) {
                for (int o = 0; o < out.area(); o++) {
                    double sum = 0;
                    for (int cell = 0; cell < conv0.rows(); cell++) {
                        int c = cell / (w.height() * w.width());
                        int a = cell / w.width() % w.height();
                        int b = cell % w.width();
                        int row = o / out.width() * w.stepHeight() - w.before(SIDE, false) + a * w.dilationHeight();
                        int col = o % out.width() * w.stepWidth() - w.before(SIDE, true) + b * w.dilationWidth();
                        if (row >= 0 && row < SIDE && col >= 0 && col < SIDE) {
                            double x = samples.features()[s * in.size() + c * in.area() + row * SIDE + col];
                            double product = format.round(format.round(x) * format.round(conv0.values()[cell * 4 + f]));
                            sum = format.round(sum + product);
                        }
                    }
                    hidden[f * out.area() + o] = format.round(sum + format.round(conv0.bias()[f]));
                }
            }
            for (int u = 0; u < 4; u++) {
                double sum = 0;
                for (int r = 0; r < hidden.length; r++) {
                    sum = format.round(sum + format.round(hidden[r] * format.round(dense.values()[r * 4 + u])));
                }
                expected[s * 4 + u] = format.round(sum + format.round(dense.bias()[u]));
            }
        }
        Answers answers = new Emulation(model, SHAPE, List.of(format), Arithmetic.EVERY_OPERATION, 1).run(samples);
        assertArrayEquals(expected, answers.outputs());
    }

    @Test
    void whereTheRangeDidNotMatterMoreExponentBitsChangeNothing() {
        Model model = net(ALL);
        int certain = 0;
        for (int e = 4; e < 8; e++) {
            Answers few = new Emulation(model, SHAPE, List.of(FloatFormat.custom(6, e)), Arithmetic.EVERY_OPERATION, 1)
                    .run(samples(6));
            if (few.inRange()) {
                certain++;
                assertArrayEquals(
                        few.outputs(), run(model, "fl-6-" + (e + 1), Arithmetic.EVERY_OPERATION, Counting.NONE));
            }
        }
        assertTrue(certain > 0, "no exponent was certain to be large enough");
    }

    /** A weight that the format loses is out of range, though what is left of it, zero, would not tell. */
    @Test
    void aWeightOrAPixelThatBecomesZeroIsOutOfRange() {
        Model model = net("flatten", "dense 4 softmax");
        FloatFormat format = FloatFormat.custom(6, 7);
        List<FloatFormat> formats = List.of(format);
        Emulation fine = new Emulation(model, SHAPE, formats, Arithmetic.EVERY_OPERATION, 1);
        assertTrue(fine.run(samples(4)).inRange());
        float[] pixels = samples(4).features().clone();
        pixels[7] = 0x1p-70f;
        assertFalse(fine.run(new Samples(pixels, new int[4], 4, SHAPE)).inRange());
        model.net().layer(0).getParam("W").putScalar(3, 0x1p-70f);
        Emulation lost = new Emulation(model, SHAPE, formats, Arithmetic.EVERY_OPERATION, 1);
        assertFalse(lost.run(samples(4)).inRange());
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() {
        Emulation emulation = new Emulation(
                net(ALL), SHAPE, List.of(Precision.parse("fl-4-5:stochastic")), Arithmetic.EVERY_OPERATION, 7);
        Answers one = emulation.run(samples(9), Counting.ALL, 1, Progress.NONE);
        Answers two = emulation.run(samples(9), Counting.ALL, 2, Progress.NONE);
        assertArrayEquals(one.outputs(), two.outputs());
        assertEquals(one.flushed(), two.flushed());
    }

    @Test
    void wideSumsLoseLessThanNarrowOnes() {
        Model model = net(ALL);
        double[] exact = Emulation.exact(model, SHAPE).run(samples(6)).outputs();
        double narrow = distance(exact, run(model, "fl-4-6", Arithmetic.EVERY_OPERATION, Counting.NONE));
        double wide = distance(exact, run(model, "fl-4-6", Arithmetic.WIDE_SUMS, Counting.NONE));
        double weights = distance(exact, run(model, "fl-4-6", Arithmetic.WEIGHTS_ONLY, Counting.NONE));
        assertTrue(wide < narrow, wide + " < " + narrow);
        assertTrue(weights > 0 && weights < narrow);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** A layer's products, its sums and what follows it have its format; the next layer rounds what it is given. */
    @Test
    void layersMayHaveFormatsOfTheirOwn() {
        Model model = net("flatten", "dense 6 relu", "dense 4 softmax");
        List<Precision> coarseLast = List.of(FloatFormat.custom(20, 8), FloatFormat.custom(1, 3));
        Answers answers = new Emulation(model, SHAPE, coarseLast, Arithmetic.EVERY_OPERATION, 1).run(samples(5));
        for (double y : answers.outputs()) {
            assertEquals(y, FloatFormat.custom(1, 3).round(y));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Emulation(
                        model,
                        SHAPE,
                        List.of(FloatFormat.HALF, FloatFormat.HALF, FloatFormat.HALF),
                        Arithmetic.EVERY_OPERATION,
                        1));
    }

    @Test
    void outOfRangeIsCountedAndNaNIsNoClass() {
        Model model = net("flatten", "dense 4 softmax");
        Answers coarse = new Emulation(model, SHAPE, List.of(FloatFormat.custom(3, 2)), Arithmetic.EVERY_OPERATION, 1)
                .run(samples(5), Counting.ALL, 1, Progress.NONE);
        assertTrue(coarse.flushed() > 0);
        model.net().layer(0).getParam("W").muli(1e4);
        Answers overflow = new Emulation(model, SHAPE, List.of(FloatFormat.E4M3), Arithmetic.EVERY_OPERATION, 1)
                .run(samples(5), Counting.ALL, 1, Progress.NONE);
        assertTrue(overflow.notNumbers() + overflow.saturated() > 0);
        assertEquals(-1, overflow.guess(0));
        Answers held = new Emulation(model, SHAPE, List.of(Precision.parse("fl-3-4")), Arithmetic.EVERY_OPERATION, 1)
                .run(samples(5), Counting.ALL, 1, Progress.NONE);
        assertTrue(held.saturated() > 0);
        assertTrue(java.util.Arrays.stream(held.outputs()).allMatch(Double::isFinite));
    }
}
