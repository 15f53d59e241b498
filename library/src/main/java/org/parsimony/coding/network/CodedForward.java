package org.parsimony.coding.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/** One forward pass of a coded network: slices of samples, each layer's columns decoded once for a slice. */
public final class CodedForward {

    private static final long SLICE_VALUES = 1 << 22;
    private static final int MOST_SAMPLES = 512;

    private final CodedNetwork network;
    private final Map<String, Shape> inputs;
    private final Map<String, Shape> shapes;
    private final int samples;
    /** How many nodes read each node. */
    private final Map<String, Integer> uses = new HashMap<>();

    /** @param inputs shapes of a sample; throws IllegalArgumentException if a layer cannot take what reaches it */
    public CodedForward(CodedNetwork network, Map<String, Shape> inputs, int samples) {
        this.network = network;
        this.inputs = inputs;
        this.samples = Require.atLeast("samples", samples, 1);
        shapes = network.blueprint().shapes(inputs);
        int next = 0;
        for (Node node : network.blueprint().nodes()) {
            node.reads().forEach(read -> uses.merge(read, 1, Integer::sum));
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            if (size.length > 0) {
                int rows = network.layers().get(next++).matrix().rows();
                Require.that(
                        size[0] == rows,
                        "samples of shape %s bring %d inputs to layer \"%s\", but it has %d; the network takes %s",
                        text(inputs),
                        size[0],
                        node.op().text(),
                        rows,
                        text(network.blueprint().inputs()));
            }
        }
    }

    private static String text(Map<String, Shape> inputs) {
        return inputs.values().stream().map(Shape::toString).collect(Collectors.joining(" and "));
    }

    /** The outputs for samples that stand one after another, {@code [samples × inputs]}, row-major. */
    public float[] run(float[] x) {
        int values = inputs.values().stream().mapToInt(Shape::size).sum();
        Require.that(
                x.length == (long) samples * values,
                "x has %d values, but %d samples of %d inputs have %d",
                x.length,
                samples,
                values,
                (long) samples * values);
        List<Node> nodes = network.blueprint().nodes();
        int outputs = shapes.get(nodes.get(nodes.size() - 1).name()).size();
        float[] y = new float[Math.multiplyExact(samples, outputs)];
        int slice = slice();
        for (int from = 0; from < samples; from += slice) {
            int n = Math.min(slice, samples - from);
            float[] part = new float[n * values];
            System.arraycopy(x, from * values, part, 0, part.length);
            System.arraycopy(pass(part, n), 0, y, from * outputs, n * outputs);
        }
        return y;
    }

    /** Samples whose widest layer, patches of a convolution counted, takes 16 MiB. */
    private int slice() {
        long widest = shapes.values().stream().mapToInt(Shape::size).max().orElse(1);
        for (Node node : network.blueprint().nodes()) {
            if (node.op() instanceof Op.Plain plain && plain.layer() instanceof Layers.Convolution) {
                long rows = node.op().weights(Blueprint.reaching(node, shapes))[0];
                widest = Math.max(widest, rows * shapes.get(node.name()).area());
            }
        }
        return (int) Math.max(1, Math.min(MOST_SAMPLES, SLICE_VALUES / widest));
    }

    private float[] pass(float[] x, int n) {
        Map<String, float[]> values = new HashMap<>();
        Joins.split(x, n, inputs, values);
        Map<String, Integer> left = new HashMap<>(uses);
        Iterator<CodedLayer> coded = network.layers().iterator();
        float[] y = x;
        for (Node node : network.blueprint().nodes()) {
            List<float[]> in = new ArrayList<>();
            for (String read : node.reads()) {
                boolean last = left.merge(read, -1, Integer::sum) == 0;
                in.add(last ? values.remove(read) : values.get(read).clone());
            }
            y = node(node, coded, in, n);
            values.put(node.name(), y);
        }
        return y;
    }

    /** What a node gives; it may change its inputs. */
    private float[] node(Node node, Iterator<CodedLayer> coded, List<float[]> inputs, int n) {
        List<Shape> given = Blueprint.reaching(node, shapes);
        Shape in = given.get(0);
        Shape out = shapes.get(node.name());
        float[] x = inputs.get(0);
        Op op = node.op();
        if (op instanceof Op.Plain plain) {
            return layer(plain.layer(), coded, in, out, x, n);
        } else if (op instanceof Op.Depthwise depthwise) {
            float[] y = depthwise(depthwise, coded.next(), in, out, x, n);
            activate(depthwise.activation(), y, n);
            return y;
        } else if (op instanceof Op.Embedding embedding) {
            return embedded(node, embedding, coded.next(), in, x, n);
        } else if (op instanceof Op.Slopes slopes) {
            return Joins.slopes(slopes, coded.next(), in, x);
        }
        return Joins.compute(op, given, out, inputs, n);
    }

    private static float[] layer(
            Architecture.Layer layer, Iterator<CodedLayer> coded, Shape in, Shape out, float[] x, int n) {
        float[] y = x;
        if (layer instanceof Layers.Dense dense) {
            y = dense(coded.next(), x, n);
            activate(dense.activation(), y, n);
        } else if (layer instanceof Layers.Convolution convolution) {
            y = convolution(convolution.window(), coded.next(), in, out, x, n);
            activate(convolution.activation(), y, n);
        } else if (layer instanceof Layers.Pooling pooling) {
            y = pool(pooling, in, out, x, n);
        } else if (layer instanceof Layers.BatchNorm norm) {
            normalise(norm, coded.next(), in, x);
        } else if (layer instanceof Layers.Activate activate) {
            activate(activate.activation(), x, n);
        }
        return y;
    }

    /** Each channel with kernels of its own; they are few, so that they are unpacked. */
    private static float[] depthwise(Op.Depthwise op, CodedLayer layer, Shape in, Shape out, float[] x, int n) {
        float[] kernels = layer.matrix().toDense().values();
        int filters = out.channels();
        float[] y = new float[n * out.size()];
        for (int plane = 0; plane < n * filters; plane++) {
            int filter = plane % filters;
            int from = (plane / filters * in.channels() + filter / op.multiplier()) * in.area();
            int to = plane * out.area();
            if (layer.bias().length > 0) {
                java.util.Arrays.fill(y, to, to + out.area(), layer.bias()[filter]);
            }
            walk(
                    op.window(),
                    in,
                    out,
                    (place, cell, pixel) -> y[to + place] += kernels[cell * filters + filter] * x[from + pixel]);
        }
        return y;
    }

    /** Rows of the weights, one a token; a token stands for so many values that the few rows are unpacked. */
    private static float[] embedded(Node node, Op.Embedding op, CodedLayer layer, Shape in, float[] x, int n) {
        float[] rows = layer.matrix().toDense().values();
        float[] y = new float[n * in.size() * op.size()];
        for (int i = 0; i < n * in.size(); i++) {
            int token = (int) x[i];
            Require.that(
                    token == x[i] && token >= 0 && token < op.tokens(),
                    "a value that reaches %s is %s, but must be a token from 0 to %d",
                    node.text(),
                    x[i],
                    op.tokens() - 1);
            int to = i / in.size() * op.size() * in.size() + i % in.size();
            for (int c = 0; c < op.size(); c++) {
                y[to + c * in.size()] = rows[token * op.size() + c];
            }
        }
        return y;
    }

    private static float[] dense(CodedLayer layer, float[] x, int n) {
        int cols = layer.matrix().cols();
        float[] y = new float[n * cols];
        layer.matrix().dot(x, y, n);
        if (layer.bias().length > 0) {
            for (int i = 0; i < y.length; i++) {
                y[i] += layer.bias()[i % cols];
            }
        }
        return y;
    }

    /** Patches as rows {@code [n·positions × channels·height·width]}, times the coded matrix, put channels first. */
    private static float[] convolution(Layers.Window window, CodedLayer layer, Shape in, Shape out, float[] x, int n) {
        int rows = layer.matrix().rows();
        int positions = out.area();
        float[] patches = new float[n * positions * rows];
        for (int s = 0; s < n; s++) {
            for (int c = 0; c < in.channels(); c++) {
                int plane = (s * in.channels() + c) * in.area();
                int first = s * positions * rows + c * window.height() * window.width();
                walk(window, in, out, (place, cell, pixel) -> patches[first + place * rows + cell] = x[plane + pixel]);
            }
        }
        float[] sums = dense(layer, patches, n * positions);
        int filters = out.channels();
        float[] y = new float[sums.length];
        for (int s = 0; s < n; s++) {
            for (int p = 0; p < positions; p++) {
                for (int f = 0; f < filters; f++) {
                    y[(s * filters + f) * positions + p] = sums[(s * positions + p) * filters + f];
                }
            }
        }
        return y;
    }

    private static float[] pool(Layers.Pooling pooling, Shape in, Shape out, float[] x, int n) {
        int positions = out.area();
        float[] y = new float[n * out.size()];
        int[] count = new int[positions];
        walk(pooling.window(), in, out, (place, cell, pixel) -> count[place]++);
        int all = pooling.window().height() * pooling.window().width();
        for (int plane = 0; plane < n * in.channels(); plane++) {
            int from = plane * in.area();
            int to = plane * positions;
            if (pooling.max()) {
                java.util.Arrays.fill(y, to, to + positions, Float.NEGATIVE_INFINITY);
                walk(
                        pooling.window(),
                        in,
                        out,
                        (place, cell, pixel) -> y[to + place] = Math.max(y[to + place], x[from + pixel]));
            } else {
                walk(pooling.window(), in, out, (place, cell, pixel) -> y[to + place] += x[from + pixel]);
                for (int p = 0; p < positions; p++) {
                    y[to + p] /= pooling.counted() ? all : Math.max(1, count[p]);
                }
            }
        }
        return y;
    }

    /** Takes a window's place, a cell of it, and the pixel under the cell. */
    private interface Visitor {
        void visit(int place, int cell, int pixel);
    }

    /** Every cell of every window that lies in the image. */
    private static void walk(Layers.Window window, Shape in, Shape out, Visitor visitor) {
        int top = window.before(in.height(), false);
        int left = window.before(in.width(), true);
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < out.width(); j++) {
                int place = i * out.width() + j;
                for (int a = 0; a < window.height(); a++) {
                    int row = i * window.stepHeight() - top + a * window.dilationHeight();
                    if (row < 0 || row >= in.height()) {
                        continue;
                    }
                    for (int b = 0; b < window.width(); b++) {
                        int col = j * window.stepWidth() - left + b * window.dilationWidth();
                        if (col >= 0 && col < in.width()) {
                            visitor.visit(place, a * window.width() + b, row * in.width() + col);
                        }
                    }
                }
            }
        }
    }

    private static void normalise(Layers.BatchNorm norm, CodedLayer layer, Shape shape, float[] x) {
        float[] rows = layer.matrix().toDense().values();
        int channels = shape.channels();
        for (int plane = 0; plane < x.length / shape.area(); plane++) {
            int c = plane % channels;
            double spread = rows[3 * channels + c];
            double variance = norm.logarithm() ? Math.pow(10, 2 * spread) : spread;
            double scale = rows[c] / Math.sqrt(variance + norm.epsilon());
            double mean = rows[2 * channels + c];
            double shift = rows[channels + c];
            for (int i = plane * shape.area(); i < (plane + 1) * shape.area(); i++) {
                x[i] = (float) ((x[i] - mean) * scale + shift);
            }
        }
    }

    /** In place. */
    private static void activate(String activation, float[] x, int n) {
        if (activation.equals("relu")) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.max(0, x[i]);
            }
        } else if (!activation.equals("identity")) {
            INDArray values = Nd4j.create(x, new long[] {n, x.length / n}, 'c');
            float[] y = Layers.function(activation)
                    .getActivation(values, false)
                    .dup('c')
                    .data()
                    .asFloat();
            System.arraycopy(y, 0, x, 0, x.length);
        }
    }
}
