package org.parsimony.network.files;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.files.OnnxGraph.Signal;
import org.parsimony.network.graph.Op;

/** What one operator of ONNX becomes; {@link OnnxArithmetic} has those of numbers alone. */
final class OnnxOperators {

    private static final String IDENTITY = "identity";
    private static final Map<String, String> FUNCTIONS = Map.of(
            "Relu",
            "relu",
            "Sigmoid",
            "sigmoid",
            "Tanh",
            "tanh",
            "Softplus",
            "softplus",
            "Softsign",
            "softsign",
            "Selu",
            "selu");
    static final String SUPPORTED = "Conv, Gemm, MatMul, BatchNormalization, Relu, LeakyRelu, PRelu, Elu, Selu, "
            + "Sigmoid, HardSigmoid, HardSwish, Tanh, Softplus, Softsign, Softmax, Clip, MaxPool, AveragePool, "
            + "GlobalMaxPool, GlobalAveragePool, ReduceMean, Add, Sub, Mul, Div, Sum, Mean, Max, Concat, Split, Slice, Flatten, "
            + "Reshape, Squeeze, Pad, Dropout, Identity, and Constant, Shape, Gather, Unsqueeze, Cast, CumSum, Less, Compress, "
            + "Mod, ConstantOfShape, ScatterElements on what is known";

    private final OnnxGraph graph;
    private final OnnxNode node;
    private final OnnxSteps steps;

    OnnxOperators(OnnxGraph graph, OnnxNode node) {
        this.graph = graph;
        this.node = node;
        steps = new OnnxSteps(graph, node);
    }

    /** Adds the operator's steps and says which signals it gives. */
    void add() {
        String kind = node.kind();
        OnnxArithmetic arithmetic = new OnnxArithmetic(graph, node, steps);
        if (kind.equals("Split")) {
            split();
            return;
        }
        Signal out =
                switch (kind) {
                    case "Conv" -> convolution(graph.signal(node, 0));
                    case "Gemm", "MatMul" -> dense(graph.signal(node, 0));
                    case "BatchNormalization" -> norm(graph.signal(node, 0));
                    case "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "Selu" ->
                        steps.activate(FUNCTIONS.get(kind), graph.signal(node, 0));
                    case "LeakyRelu" ->
                        steps.activate("leakyrelu=" + node.number("alpha", 0.01), graph.signal(node, 0));
                    case "Elu" -> steps.activate("elu=" + node.number("alpha", 1), graph.signal(node, 0));
                    case "Softmax" -> softmax(graph.signal(node, 0));
                    case "PRelu" -> slopes(graph.signal(node, 0));
                    case "HardSigmoid" ->
                        arithmetic.hard(node.number("alpha", 0.2), node.number("beta", 0.5), graph.signal(node, 0));
                    case "HardSwish" -> {
                        Signal in = graph.signal(node, 0);
                        yield steps.step(Op.Join.MULTIPLY, null, in, arithmetic.hard(1 / 6.0, 0.5, in));
                    }
                    case "Clip" -> arithmetic.clip(graph.signal(node, 0));
                    case "MaxPool", "AveragePool" -> pool(graph.signal(node, 0));
                    case "GlobalMaxPool", "GlobalAveragePool" -> whole(graph.signal(node, 0), kind.contains("Max"));
                    case "ReduceMean" -> mean(graph.signal(node, 0));
                    case "Add", "Sub", "Mul", "Div", "Sum", "Mean", "Max" -> arithmetic.add();
                    case "Concat" -> concat();
                    case "Flatten", "Reshape", "Squeeze" -> flat(graph.signal(node, 0));
                    case "Pad" -> pad(graph.signal(node, 0));
                    case "Slice" -> slice(graph.signal(node, 0));
                    case "Dropout" -> dropout(graph.signal(node, 0));
                    case "Identity", "Cast" -> graph.signal(node, 0);
                    default -> throw node.refused("is not supported; there are %s", SUPPORTED);
                };
        graph.give(node.output(), out);
    }

    private Signal convolution(Signal in) {
        OnnxTensor kernel = graph.constant(node, 1);
        if (kernel.shape().length != 4) {
            throw node.refused("has kernels of %d sides, but must have 4", kernel.shape().length);
        }
        int[] shape = kernel.shape();
        int groups = Math.toIntExact(node.whole("group", 1));
        OnnxNode.Windowing windowing = node.window(in.shape(), shape[2], shape[3]);
        boolean fits = groups >= 1 && in.shape().channels() == (long) shape[1] * groups && shape[0] % groups == 0;
        if (!fits) {
            throw node.refused(
                    "has kernels %s in %d groups, which do not fit images with %d channels",
                    Arrays.toString(shape), groups, in.shape().channels());
        }
        float[] values = steps.finite(kernel, shape[0] * shape[1] * shape[2] * shape[3], "kernels");
        OnnxTensor given = graph.constants.get(node.input(2));
        float[] bias = node.input(2) == null
                ? new float[0]
                : steps.finite(given == null ? graph.constant(node, 2) : given, shape[0], "bias");
        Signal padded = windowing.zeros() == null ? in : zeros(windowing.zeros(), in);
        if (groups == in.shape().channels() && groups > 1) {
            return depthwise(padded, windowing.window(), values, bias, shape);
        }
        if (groups == 1) {
            return group(padded, windowing.window(), values, bias, shape, 0, shape[0]);
        }
        int filters = shape[0] / groups;
        Signal[] parts = new Signal[groups];
        for (int g = 0; g < groups; g++) {
            Signal part = steps.step(new Op.Subset(g * shape[1], (g + 1) * shape[1] - 1), null, padded);
            parts[g] = group(part, windowing.window(), values, bias, shape, g * filters, (g + 1) * filters);
        }
        return steps.step(Op.Join.CONCAT, null, parts);
    }

    /** An ordinary convolution with the filters from {@code from} to before {@code to}. */
    private Signal group(Signal in, Layers.Window window, float[] values, float[] bias, int[] shape, int from, int to) {
        int rows = shape[1] * shape[2] * shape[3];
        int filters = to - from;
        float[] turned = new float[rows * filters];
        for (int f = 0; f < filters; f++) {
            for (int r = 0; r < rows; r++) {
                turned[r * filters + f] = values[(from + f) * rows + r];
            }
        }
        float[] own = bias.length == 0 ? bias : Arrays.copyOfRange(bias, from, to);
        return steps.plain(
                new Layers.Convolution(filters, window, IDENTITY, own.length > 0),
                new Weights(rows, filters, turned, own),
                in);
    }

    private Signal depthwise(Signal in, Layers.Window window, float[] values, float[] bias, int[] shape) {
        int area = shape[2] * shape[3];
        float[] turned = new float[values.length];
        for (int filter = 0; filter < shape[0]; filter++) {
            for (int pixel = 0; pixel < area; pixel++) {
                turned[pixel * shape[0] + filter] = values[filter * area + pixel];
            }
        }
        Op op = new Op.Depthwise(shape[0] / in.shape().channels(), window, IDENTITY, bias.length > 0);
        return steps.step(op, new Weights(area, shape[0], turned, bias), in);
    }

    private Signal dense(Signal in) {
        OnnxTensor matrix = graph.constant(node, 1);
        boolean turned = node.whole("transB", 0) != 0;
        double alpha = node.number("alpha", 1);
        double beta = node.number("beta", 1);
        if (matrix.shape().length != 2
                || node.whole("transA", 0) != 0
                || in.shape().image()) {
            throw node.refused("multiplies other than vectors with a matrix, which is not supported");
        }
        int rows = matrix.shape()[turned ? 1 : 0];
        int cols = matrix.shape()[turned ? 0 : 1];
        if (rows != in.shape().size()) {
            throw node.refused(
                    "takes %d values, but %d reach it", rows, in.shape().size());
        }
        float[] given = steps.finite(matrix, rows * cols, "weights");
        float[] values = new float[given.length];
        for (int i = 0; i < values.length; i++) {
            int from = turned ? i % cols * rows + i / cols : i;
            values[i] = (float) (alpha * given[from]);
        }
        float[] bias = new float[0];
        if (node.kind().equals("Gemm") && node.input(2) != null) {
            OnnxTensor constant = graph.constant(node, 2);
            bias = constant.isScalar() ? new float[cols] : steps.finite(constant, cols, "bias");
            for (int i = 0; i < cols; i++) {
                bias[i] = (float) (beta * (constant.isScalar() ? constant.values()[0] : bias[i]));
            }
        }
        return steps.plain(
                new Layers.Dense(cols, IDENTITY, bias.length > 0), new Weights(rows, cols, values, bias), in);
    }

    private Signal norm(Signal in) {
        int channels = in.shape().channels();
        if (node.whole("training_mode", 0) != 0 || node.outputs().size() > 1 && graph.version >= 14) {
            throw node.refused("is exported for training; export the network for use (eval mode)");
        }
        float[] rows = new float[4 * channels];
        String[] names = {"scale", "shift", "mean", "variance"};
        for (int row = 0; row < 4; row++) {
            System.arraycopy(
                    steps.finite(graph.constant(node, row + 1), channels, names[row]),
                    0,
                    rows,
                    row * channels,
                    channels);
        }
        Layers.BatchNorm norm = new Layers.BatchNorm(node.number("epsilon", 1e-5), node.number("momentum", 0.9), false);
        return steps.plain(norm, new Weights(4, channels, rows, new float[0]), in);
    }

    private Signal softmax(Signal in) {
        long axis = node.whole("axis", graph.version >= 13 ? -1 : 1);
        if (in.shape().image() && in.shape().area() == 1 && axis == 1) {
            return steps.activate("softmax", steps.plain(new Layers.Flatten(), null, in));
        }
        if (in.shape().image() || axis != 1 && axis != -1) {
            throw node.refused("works along axis %d of %s, but only along vectors is supported", axis, in.shape());
        }
        return steps.activate("softmax", in);
    }

    private Signal slopes(Signal in) {
        OnnxTensor slopes = graph.constant(node, 1);
        Shape shape = in.shape();
        if (slopes.isScalar()) {
            return steps.activate("leakyrelu=" + (float) slopes.values()[0], in);
        }
        boolean each = slopes.values().length == shape.channels();
        float[] values = steps.finite(slopes, each ? shape.channels() : shape.size(), "slopes");
        return steps.step(new Op.Slopes(each), new Weights(1, values.length, values, new float[0]), in);
    }

    private Signal pool(Signal in) {
        int[] size = node.wholes("kernel_shape");
        if (size.length != 2) {
            throw node.refused("has windows of %d sides, but must have 2", size.length);
        }
        OnnxNode.Windowing windowing = node.window(in.shape(), size[0], size[1]);
        boolean max = node.kind().startsWith("Max");
        if (windowing.zeros() != null || node.outputs().size() > 1) {
            throw node.refused("pads one side more than the other, or gives places too, which is not supported");
        }
        return steps.plain(
                new Layers.Pooling(max, windowing.window(), node.whole("count_include_pad", 0) != 0), null, in);
    }

    private Signal whole(Signal in, boolean max) {
        int[] all = {in.shape().height(), in.shape().width()};
        return steps.plain(new Layers.Pooling(max, Layers.Window.of(all, all, false), false), null, in);
    }

    private Signal mean(Signal in) {
        OnnxTensor given = graph.constants.get(node.input(1));
        int[] axes = given != null ? given.whole() : node.wholes("axes");
        int[] sorted = Arrays.stream(axes)
                .map(axis -> axis < 0 ? axis + 4 : axis)
                .sorted()
                .toArray();
        if (!in.shape().image() || !Arrays.equals(sorted, new int[] {2, 3})) {
            throw node.refused(
                    "takes means along axes %s, but only along height and width is supported", Arrays.toString(axes));
        }
        Signal mean = whole(in, false);
        return node.whole("keepdims", 1) != 0 ? mean : steps.plain(new Layers.Flatten(), null, mean);
    }

    private Signal concat() {
        long axis = node.whole("axis", 1);
        Signal[] in = new Signal[node.inputs().size()];
        for (int i = 0; i < in.length; i++) {
            in[i] = graph.signal(node, i);
        }
        int rank = in[0].shape().image() ? 4 : 2;
        if (axis != 1 && axis != 1 - rank) {
            throw node.refused("concatenates along axis %d, but only along channels is supported", axis);
        }
        return in.length == 1 ? in[0] : steps.step(Op.Join.CONCAT, null, in);
    }

    private void split() {
        Signal in = graph.signal(node, 0);
        OnnxTensor given = graph.constants.get(node.input(1));
        int parts = node.outputs().size();
        int channels = in.shape().channels();
        int[] sizes = given != null ? given.whole() : node.wholes("split");
        if (sizes.length == 0) {
            sizes = new int[parts];
            Arrays.fill(sizes, (channels + parts - 1) / parts);
            sizes[parts - 1] = channels - (parts - 1) * sizes[0];
        }
        if (node.whole("axis", 0) != 1
                || sizes.length != parts
                || Arrays.stream(sizes).sum() != channels) {
            throw node.refused(
                    "splits %s into %s along axis %d, but only channels can be split, into all of them",
                    in.shape(), Arrays.toString(sizes), node.whole("axis", 0));
        }
        int from = 0;
        for (int p = 0; p < parts; p++) {
            Op op = new Op.Subset(from, from + sizes[p] - 1);
            String name = node.outputs().get(p);
            graph.give(name, graph.step(node, name, op, null, List.of(in)));
            from += sizes[p];
        }
    }

    /** Channels one after the other. */
    private Signal slice(Signal in) {
        int channels = in.shape().channels();
        int[][] given = new int[4][];
        for (int i = 0; i < given.length; i++) {
            given[i] = node.input(i + 1) == null
                    ? new int[] {1}
                    : graph.constant(node, i + 1).whole();
        }
        boolean one = Arrays.stream(given).allMatch(numbers -> numbers.length == 1);
        if (!one || given[2][0] != 1 || given[3][0] != 1 || node.input(3) == null) {
            throw node.refused("takes other than channels one after the other, which is not supported");
        }
        int from = given[0][0] < 0 ? given[0][0] + channels : given[0][0];
        int to = Math.min(channels, given[1][0] < 0 ? given[1][0] + channels : given[1][0]);
        if (from < 0 || from >= to) {
            throw node.refused("takes channels from %d to before %d of %d", from, to, channels);
        }
        return steps.step(new Op.Subset(from, to - 1), null, in);
    }

    /** A reshape that only flattens, or changes nothing. */
    private Signal flat(Signal in) {
        Shape shape = in.shape();
        boolean flattens;
        boolean same = !shape.image();
        if (node.kind().equals("Reshape")) {
            int[] to = graph.constant(node, 1).whole();
            int size = to.length == 2 ? to[1] : 0;
            flattens = to.length == 2 && (size == -1 || size == shape.size());
            same = flattens && same
                    || to.length == 4 && shape.image() && Arrays.equals(Arrays.copyOfRange(to, 1, 4), shape.toArray());
        } else if (node.kind().equals("Squeeze")) {
            flattens = shape.area() == 1;
        } else {
            long axis = node.whole("axis", 1);
            flattens = axis == 1 || axis == (shape.image() ? -3 : -1);
        }
        if (same && shape.image() || flattens && same) {
            return in;
        }
        if (!flattens) {
            throw node.refused("makes of %s something else than a vector, which is not supported", shape);
        }
        return steps.plain(new Layers.Flatten(), null, in);
    }

    private Signal pad(Signal in) {
        int[] pads =
                node.has("pads") ? node.wholes("pads") : graph.constant(node, 1).whole();
        OnnxTensor value = graph.constants.get(node.input(2));
        boolean plain = node.text("mode", "constant").equals("constant")
                && (value == null ? node.number("value", 0) : value.values()[0]) == 0
                && pads.length == 8
                && pads[0] == 0
                && pads[1] == 0
                && pads[4] == 0
                && pads[5] == 0
                && in.shape().image()
                && node.input(3) == null;
        if (!plain) {
            throw node.refused(
                    "pads by %s, but only zeros above, below, left and right of images are supported",
                    Arrays.toString(pads));
        }
        return zeros(new int[] {pads[2], pads[6], pads[3], pads[7]}, in);
    }

    private Signal zeros(int[] sides, Signal in) {
        return steps.step(new Op.Zeros(sides[0], sides[1], sides[2], sides[3]), null, in);
    }

    private Signal dropout(Signal in) {
        OnnxTensor ratio = graph.constants.get(node.input(1));
        double rate = ratio == null ? node.number("ratio", 0.5) : ratio.values()[0];
        return steps.plain(new Layers.Dropout(Math.round(rate * 1e6) / 1e6), null, in);
    }
}
