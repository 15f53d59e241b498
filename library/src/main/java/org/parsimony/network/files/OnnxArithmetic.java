package org.parsimony.network.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.files.OnnxGraph.Signal;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/** ONNX's operators of numbers: sums and products of signals and constants, and functions that are cut off. */
final class OnnxArithmetic {

    private static final String IDENTITY = "identity";
    private static final Map<String, Op.Join> JOINS = Map.of(
            "Add", Op.Join.ADD,
            "Sum", Op.Join.ADD,
            "Sub", Op.Join.SUBTRACT,
            "Mul", Op.Join.MULTIPLY,
            "Mean", Op.Join.AVERAGE,
            "Max", Op.Join.LARGEST);

    private final OnnxGraph graph;
    private final OnnxNode node;
    private final OnnxSteps steps;

    OnnxArithmetic(OnnxGraph graph, OnnxNode node, OnnxSteps steps) {
        this.graph = graph;
        this.node = node;
        this.steps = steps;
    }

    /** max(0, min(1, αx + β)) by the function that is cut off at 6. */
    Signal hard(double alpha, double beta, Signal in) {
        Signal six = steps.activate("relu6", steps.step(new Op.Linear(6 * alpha, 6 * beta), null, in));
        return steps.step(new Op.Linear(1 / 6.0, 0), null, six);
    }

    /** Values below the first bound and above the second become the bound. */
    Signal clip(Signal in) {
        double least = bound(1, "min", Double.NEGATIVE_INFINITY);
        double most = bound(2, "max", Double.POSITIVE_INFINITY);
        if (least == 0 && most == 6) {
            return steps.activate("relu6", in);
        }
        if (least == 0 && most > Float.MAX_VALUE / 2) {
            return steps.activate("relu", in);
        }
        boolean both = Double.isFinite(least) && Double.isFinite(most) && most > least && most - least < 1e6;
        if (!both) {
            throw node.refused(
                    "cuts at %s and %s, but must at two numbers, the first smaller, or at 0 alone", least, most);
        }
        double factor = 6 / (most - least);
        Signal six = steps.activate("relu6", steps.step(new Op.Linear(factor, -least * factor), null, in));
        return steps.step(new Op.Linear(1 / factor, least), null, six);
    }

    private double bound(int i, String name, double usual) {
        if (node.has(name)) {
            return node.number(name, usual);
        }
        return node.input(i) == null ? usual : graph.constant(node, i).values()[0];
    }

    /** A sum, difference, product or quotient; of several signals, or of one and a constant. */
    Signal add() {
        List<Signal> in = new ArrayList<>();
        OnnxTensor constant = null;
        for (String input : node.inputs()) {
            if (graph.signal(input) != null) {
                in.add(graph.signal(input));
            } else {
                constant = graph.constants.get(input);
            }
        }
        if (constant == null) {
            if (!JOINS.containsKey(node.kind()) || in.size() < 2) {
                throw node.refused("of %d signals is not supported; there are %s", in.size(), OnnxOperators.SUPPORTED);
            }
            return steps.step(JOINS.get(node.kind()), null, in.toArray(Signal[]::new));
        }
        boolean constantFirst = graph.signal(node.input(0)) == null;
        if (in.size() != 1
                || node.inputs().size() != 2
                || constantFirst && node.kind().equals("Div")) {
            throw node.refused("with constants is supported for one signal and one constant only");
        }
        float[] c = constant.floats();
        int channels = in.get(0).shape().channels();
        boolean each = constant.isScalar()
                || c.length == channels && along(constant, in.get(0).shape());
        if (!each) {
            throw node.refused(
                    "has a constant %s, but must have one number, or one for each channel",
                    Arrays.toString(constant.shape()));
        }
        double[] factor = new double[channels];
        double[] amount = new double[channels];
        for (int i = 0; i < channels; i++) {
            double value = c[constant.isScalar() ? 0 : i];
            factor[i] = switch (node.kind()) {
                case "Mul" -> value;
                case "Div" -> 1 / value;
                case "Sub" -> constantFirst ? -1 : 1;
                case "Add", "Sum" -> 1;
                default -> throw node.refused("with a constant is not supported");
            };
            amount[i] = switch (node.kind()) {
                case "Add", "Sum" -> value;
                case "Sub" -> constantFirst ? value : -value;
                default -> 0;
            };
        }
        return affine(in.get(0), factor, amount, constant.isScalar());
    }

    /** Whether a constant of a value for each channel lies along the channels. */
    private static boolean along(OnnxTensor constant, Shape shape) {
        int[] sides = constant.shape();
        int after = shape.image() ? 2 : 0;
        return sides.length > after && sides[sides.length - 1 - after] == shape.channels();
    }

    /** Each channel times a factor plus an amount: into the weights before it if they are its alone. */
    private Signal affine(Signal in, double[] factor, double[] amount, boolean alike) {
        Blueprint.Node before = graph.node(in.node());
        String value = node.inputs().stream()
                .filter(name -> in.equals(graph.signal(name)))
                .findFirst()
                .orElseThrow();
        if (before != null && before.op() instanceof Op.Plain plain && graph.readOnce(value)) {
            Layer layer = null;
            if (plain.layer() instanceof Layers.Dense dense
                    && dense.activation().equals(IDENTITY)) {
                layer = new Layers.Dense(dense.units(), IDENTITY, true);
            } else if (plain.layer() instanceof Layers.Convolution conv
                    && conv.activation().equals(IDENTITY)) {
                layer = new Layers.Convolution(conv.filters(), conv.window(), IDENTITY, true);
            }
            if (layer != null) {
                graph.replace(before, new Op.Plain(layer), scaled(graph.weights(in.node()), factor, amount));
                return in;
            }
        }
        if (alike) {
            return steps.step(new Op.Linear(factor[0], amount[0]), null, in);
        }
        if (!in.shape().image()) {
            throw node.refused(
                    "changes each value of a vector by a number of its own, which is only supported after Gemm or MatMul");
        }
        int[] one = {1, 1};
        Weights own = scaled(new Weights(1, factor.length, ones(factor.length), new float[0]), factor, amount);
        return steps.step(new Op.Depthwise(1, Layers.Window.of(one, one, false), IDENTITY, true), own, in);
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Weights scaled(Weights weights, double[] factor, double[] amount) {
        float[] values = weights.values().clone();
        float[] bias = new float[weights.cols()];
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor[i % bias.length];
        }
        for (int c = 0; c < bias.length; c++) {
            double before = weights.bias().length > 0 ? weights.bias()[c] : 0;
            bias[c] = (float) (before * factor[c] + amount[c]);
        }
        return new Weights(weights.rows(), weights.cols(), values, bias);
    }
}
