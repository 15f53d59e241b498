package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/**
 * Every operator that is read computes what ONNX Runtime computes. After public reports: Gemm without transposition, opencv
 * #22096, nnvm #202; uneven and named pads, TASO #64, tinygrad #9375; Pad of two inputs, burn #2111; pools that round up,
 * pytorch #71549, #183528; weights beside the file, onnxruntime #11558; recurrent layers, AMDMIGraphX #483.
 */
class OnnxOperators_RuntimeTest {

    private static final int N = 4;

    @TempDir
    Path folder;

    private static OnnxBuilder images() {
        return new OnnxBuilder(13, 4, 6, 5)
                .weights("w", 4, 4, 3, 3)
                .weights("b", 4)
                .node("Conv x w b -> c", "pads", new long[] {1, 1, 1, 1});
    }

    /** The end of a network of images {@code a} with 4 channels. */
    private static byte[] end(OnnxBuilder builder) {
        return builder.node("GlobalAveragePool a -> p")
                .node("Flatten p -> f")
                .weights("ew", 3, 4)
                .weights("eb", 3)
                .node("Gemm f ew eb -> y", "transB", 1)
                .bytes(3);
    }

    private static Arguments image(String name, OnnxBuilder builder) {
        return Arguments.of(name, end(builder), new int[] {4, 6, 5}, 3);
    }

    static Stream<Arguments> operators() {
        long[] two = {2, 2};
        return Stream.of(
                image("relu", images().node("Relu c -> a")),
                image("leaky", images().node("LeakyRelu c -> a", "alpha", 0.2)),
                image("sigmoid", images().node("Sigmoid c -> a")),
                image("tanh", images().node("Tanh c -> a")),
                image("elu", images().node("Elu c -> a", "alpha", 0.7)),
                image("selu", images().node("Selu c -> a")),
                image("softplus", images().node("Softplus c -> a")),
                image("hard sigmoid", images().node("HardSigmoid c -> a")),
                image("silu", images().node("Sigmoid c -> s").node("Mul c s -> a")),
                image("clip", images().number("lo", -0.2).number("hi", 0.3).node("Clip c lo hi -> a")),
                image("clip 6", images().number("lo", 0).number("hi", 6).node("Clip c lo hi -> a")),
                image("clip below", images().number("lo", 0).node("Clip c lo _ -> a")),
                image("prelu each", images().weights("s", 4, 1, 1).node("PRelu c s -> a")),
                image("prelu one", images().weights("s", 1).node("PRelu c s -> a")),
                image(
                        "norm",
                        images().values("s", 0.5, 2, 4)
                                .weights("h", 4)
                                .weights("m", 4)
                                .values("v", 0.5, 2, 4)
                                .node("BatchNormalization c s h m v -> a", "epsilon", 0.01)),
                image(
                        "grouped",
                        images().weights("g", 6, 2, 3, 3)
                                .weights("h", 6)
                                .node("Conv c g h -> d", "group", 2)
                                .weights("k", 4, 6, 1, 1)
                                .node("Conv d k -> a")),
                image(
                        "depthwise",
                        images().weights("g", 8, 1, 3, 3)
                                .weights("h", 8)
                                .node("Conv c g h -> d", "group", 4, "strides", two)
                                .weights("k", 4, 8, 1, 1)
                                .node("Conv d k -> a")),
                image("dilated", images().weights("g", 4, 4, 2, 2).node("Conv c g -> a", "dilations", two)),
                image(
                        "uneven pads",
                        images().weights("g", 4, 4, 3, 3)
                                .node("Conv c g -> a", "pads", new long[] {0, 1, 2, 1}, "strides", two)),
                image(
                        "same",
                        images().weights("g", 4, 4, 3, 3)
                                .node("Conv c g -> a", "auto_pad", "SAME_UPPER", "strides", two)),
                image("max", images().node("MaxPool c -> a", "kernel_shape", new long[] {3, 2}, "strides", two)),
                image("mean", images().node("AveragePool c -> a", "kernel_shape", two, "pads", new long[] {1, 1, 1, 1
                })),
                image(
                        "mean counted",
                        images().node(
                                        "AveragePool c -> a",
                                        "kernel_shape",
                                        two,
                                        "pads",
                                        new long[] {1, 1, 1, 1},
                                        "count_include_pad",
                                        1)),
                image("add", images().node("Add c x -> a")),
                image("subtract", images().node("Sub c x -> a")),
                image("largest", images().node("Max c x -> a")),
                image("mean of two", images().node("Mean c x -> a")),
                image(
                        "gate",
                        images().node("GlobalMaxPool c -> g")
                                .weights("k", 4, 4, 1, 1)
                                .node("Conv g k -> h")
                                .node("Sigmoid h -> s")
                                .node("Mul c s -> a")),
                image(
                        "into weights",
                        images().weights("k", 1, 4, 1, 1)
                                .node("Mul c k -> d")
                                .weights("l", 4, 1, 1)
                                .node("Add l d -> e")
                                .number("t", 3)
                                .node("Sub t e -> g")
                                .node("Div g t -> a")),
                image(
                        "by channel",
                        images().node("Relu c -> r")
                                .weights("k", 1, 4, 1, 1)
                                .node("Mul r k -> d")
                                .number("t", 3)
                                .node("Sub d t -> e")
                                .node("Relu e -> a")),
                image(
                        "split",
                        images().node("Split c -> l r", "axis", 1)
                                .node("Sigmoid l -> s")
                                .node("Concat s r -> a", "axis", 1)),
                image(
                        "pad",
                        images().wholes("z", 0, 0, 1, 0, 0, 0, 0, 2)
                                .node("Pad c z -> d")
                                .node("Relu d -> a")),
                image("dropout", images().node("Dropout c -> d").node("Identity d -> a")),
                image("tinygrad #9375", images().weights("g", 4, 4, 3, 3).node("Conv c g -> a", "auto_pad", "VALID")),
                Arguments.of(
                        "opencv #22096, nnvm #202",
                        new OnnxBuilder(13, 7)
                                .weights("k", 7, 5)
                                .weights("l", 5)
                                .node("Gemm x k l -> d")
                                .node("Relu d -> e")
                                .weights("o", 5, 2)
                                .weights("q", 2)
                                .node("Gemm e o q -> y", "transA", 0, "transB", 0)
                                .bytes(2),
                        new int[] {7},
                        2),
                Arguments.of(
                        "flatten by shape",
                        images().node("Shape c -> s")
                                .wholes("0", 0)
                                .node("Gather s 0 -> n", "axis", 0)
                                .wholes("rest", -1)
                                .node("Concat n rest -> t", "axis", 0)
                                .node("Reshape c t -> f")
                                .weights("k", 120, 3)
                                .node("MatMul f k -> d")
                                .weights("l", 3)
                                .node("Add d l -> e")
                                .node("Softmax e -> y")
                                .bytes(3),
                        new int[] {4, 6, 5},
                        3),
                Arguments.of(
                        "vectors",
                        new OnnxBuilder(13, 7)
                                .weights("k", 7, 5)
                                .node("MatMul x k -> d")
                                .weights("l", 5)
                                .node("Add d l -> e")
                                .values("s", 0.5, 2, 5)
                                .weights("h", 5)
                                .weights("m", 5)
                                .values("v", 0.5, 2, 5)
                                .node("BatchNormalization e s h m v -> f")
                                .node("Tanh f -> g")
                                .node("Concat g x -> i", "axis", -1)
                                .weights("o", 2, 12)
                                .weights("q", 2)
                                .node("Gemm i o q -> z", "transB", 1, "alpha", 0.5, "beta", 2.0)
                                .node("Softmax z -> y", "axis", 1)
                                .bytes(2),
                        new int[] {7},
                        2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void computesWhatOnnxRuntimeComputes(String name, byte[] file, int[] shape, int outputs) throws Exception {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[N * size];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * random.nextDouble() - 1);
        }
        float[] expected = runtime(file, x, shape, outputs);
        Path path = Files.write(folder.resolve("net.onnx"), file);
        Model model = Model.read(path);
        Samples samples = new Samples(x, new int[N], 2, shape);
        float[] ours = model.predict(samples, 0, N).dup('c').data().asFloat();
        assertEquals(expected.length, ours.length);
        for (int i = 0; i < ours.length; i++) {
            assertEquals(expected[i], ours[i], 1e-4, "output " + i);
        }
        Path saved = folder.resolve("net.zip");
        model.save(saved);
        assertEquals(model.predict(samples, 0, N), Model.read(saved).predict(samples, 0, N));
        if (Surgery.layers(model).length > 0) {
            Model masked = Surgery.mask(model, Surgery.layers(model)[0], 1);
            double difference = masked.predict(samples, 0, N)
                    .sub(Surgery.compact(masked).predict(samples, 0, N))
                    .amaxNumber()
                    .doubleValue();
            assertTrue(difference < 1e-5, "masked and compact differ by " + difference);
        }
    }

    private static float[] runtime(byte[] file, float[] x, int[] shape, int outputs) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] sides = new long[shape.length + 1];
        sides[0] = N;
        for (int d = 0; d < shape.length; d++) {
            sides[d + 1] = shape[d];
        }
        try (OrtSession session = environment.createSession(file, new OrtSession.SessionOptions());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), sides);
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] y = new float[N * outputs];
            values.get(y);
            return y;
        }
    }

    @Test
    void whatIsNotKnownIsNamed() throws Exception {
        for (Object[] wrong : new Object[][] {
            {images().node("Erf c -> a"), "Erf \"n1\" is not supported; there are Conv"},
            {images().node("Transpose c -> a", "perm", new long[] {0, 2, 3, 1}), "Transpose \"n1\""},
            {images().weights("g", 4, 4, 3).node("Conv c g -> a"), "Conv \"n1\" has kernels of 3 sides"},
            {images().weights("g", 4, 3, 3, 3).node("Conv c g -> a"), "do not fit images with 4 channels"},
            {images().node("Relu nothing -> a"), "Relu \"n1\" reads \"nothing\""},
            {images().node("MaxPool c -> a", "kernel_shape", new long[] {2, 2}, "ceil_mode", 1), "ceil_mode"},
            {images().external("g", 4, 4, 3, 3).node("Conv c g -> a"), "lies in another file"},
            {images().node("LSTM c w b -> a"), "LSTM \"n1\" is not supported"},
            {
                images().node(
                                "AveragePool c -> a",
                                "kernel_shape",
                                new long[] {3, 3},
                                "ceil_mode",
                                1,
                                "count_include_pad",
                                1),
                "ceil_mode"
            },
            {images().node("ReduceMean c -> a", "axes", new long[] {1}), "takes means along axes [1]"}
        }) {
            Path path = Files.write(folder.resolve("net.onnx"), end((OnnxBuilder) wrong[0]));
            var e = assertThrows(IllegalArgumentException.class, () -> Model.read(path));
            assertTrue(e.getMessage().contains((String) wrong[1]), e.getMessage());
            assertTrue(e.getMessage().contains("net.onnx"), e.getMessage());
        }
    }

    @Test
    void damagedFilesAreRefusedOrRead() throws Exception {
        byte[] whole = end(images().node("Relu c -> a"));
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            byte[] damaged = trial % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = 0; i < 8 && damaged.length > 16; i++) {
                damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = Files.write(folder.resolve("net.onnx"), damaged);
            try {
                Model.read(path);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("net.onnx"), e.getMessage());
            }
        }
    }
}
