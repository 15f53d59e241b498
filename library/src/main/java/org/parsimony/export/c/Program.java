package org.parsimony.export.c;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.export.Parts;
import org.parsimony.export.Turned;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * What a C header computes, as whole numbers that {@code runtime.h} interprets: what to do, how many numbers say it, where
 * values are read and put, and sides. Flattening, dropout and subsets compute nothing: they are other places of the same
 * values.
 */
final class Program {

    private static final int DENSE = 0;
    private static final int CONVOLUTION = 1;
    private static final int POOL = 2;
    private static final int AFFINE = 3;
    private static final int SLOPES = 4;
    private static final int LINEAR = 5;
    private static final int JOIN = 6;
    private static final int COPY = 7;
    private static final int ZEROS = 8;
    private static final int ACTIVATE = 9;
    private static final int END = 10;
    private static final List<String> FUNCTIONS = List.of(
            "relu",
            "sigmoid",
            "tanh",
            "softmax",
            "relu6",
            "leakyrelu",
            "elu",
            "selu",
            "swish",
            "softplus",
            "softsign",
            "hardsigmoid",
            "hardtanh");

    private final Parts parts;
    private final Map<String, Shape> shapes;
    private final Constants constants = new Constants();
    private final Memory memory = new Memory();
    private final List<Integer> numbers = new ArrayList<>();
    /** By node, where its values are; those of the sample have negative places. */
    private final Map<String, Integer> places = new HashMap<>();
    /** By node, the last step that reads its values, or others at their place. */
    private final Map<String, Integer> lastRead = new HashMap<>();

    Program(Parts parts) {
        this.parts = parts;
        shapes = parts.blueprint().shapes();
        int place = -1;
        for (Map.Entry<String, Shape> input : parts.blueprint().inputs().entrySet()) {
            places.put(input.getKey(), place);
            place -= input.getValue().size();
        }
        List<Node> nodes = parts.blueprint().nodes();
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            int read = lastRead.computeIfAbsent(node.name(), name -> nodes.size());
            int needed = isAlias(node) ? read : n;
            node.reads().forEach(name -> lastRead.merge(name, needed, Math::max));
        }
        for (int n = 0; n < nodes.size(); n++) {
            Node node = nodes.get(n);
            int out = isAlias(node)
                    ? alias(node)
                    : memory.place(shapes.get(node.name()).size(), n, lastRead.get(node.name()));
            places.put(node.name(), out);
            add(node, out);
        }
        put(END, places.get(nodes.get(nodes.size() - 1).name()));
    }

    private boolean isAlias(Node node) {
        return node.op() instanceof Op.Subset
                || node.op() instanceof Op.Plain plain
                        && (plain.layer() instanceof Layers.Flatten
                                || plain.layer() instanceof Layers.Dropout
                                || plain.layer() instanceof Layers.Activate activate
                                        && activate.activation().equals("identity"));
    }

    private int alias(Node node) {
        String read = node.reads().get(0);
        int from = node.op() instanceof Op.Subset subset
                ? subset.from() * shapes.get(read).area()
                : 0;
        int place = places.get(read);
        return place < 0 ? place - from : place + from;
    }

    private void put(int kind, Object... words) {
        List<Integer> all = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(each -> all.add((Integer) each));
            } else {
                all.add((Integer) word);
            }
        }
        numbers.add(kind);
        numbers.add(all.size() + 2);
        numbers.addAll(all);
    }

    private void add(Node node, int out) {
        if (isAlias(node)) {
            return;
        }
        String name = node.name();
        Weights weights = parts.weights().get(name);
        Shape in = shapes.get(node.reads().get(0));
        Shape to = shapes.get(name);
        int from = places.get(node.reads().get(0));
        Op op = node.op();
        if (op instanceof Op.Plain plain) {
            layer(name, plain.layer(), weights, from, out, in, to);
        } else if (op instanceof Op.Depthwise depthwise) {
            convolution(name, weights, from, out, in, to, depthwise.window(), depthwise.multiplier());
            activate(depthwise.activation(), out, out, to.size());
        } else if (op instanceof Op.Zeros zeros) {
            List<Integer> sides = List.of(zeros.top(), zeros.bottom(), zeros.left(), zeros.right());
            put(ZEROS, from, out, in.channels(), in.height(), in.width(), sides);
        } else if (op instanceof Op.Slopes slopes) {
            int channels = slopes.eachChannel() ? in.channels() : in.size();
            int first = constants.floats("a slope of " + name, weights.values());
            put(SLOPES, from, out, channels, in.size() / channels, first);
        } else if (op instanceof Op.Linear linear) {
            int first = constants.floats("a factor of " + name, (float) linear.factor(), (float) linear.amount());
            put(LINEAR, from, out, 1, in.size(), first);
        } else if (op == Op.Join.CONCAT) {
            int place = out;
            for (String read : node.reads()) {
                put(COPY, places.get(read), place, shapes.get(read).size());
                place += shapes.get(read).size();
            }
        } else {
            join((Op.Join) op, node.reads(), out, to);
        }
    }

    private void join(Op.Join join, List<String> reads, int out, Shape to) {
        List<Integer> inputs = new ArrayList<>();
        for (String read : reads) {
            Shape shape = shapes.get(read);
            inputs.addAll(List.of(places.get(read), shape.channels(), shape.area()));
        }
        put(JOIN, out, join.ordinal(), to.channels(), to.area(), reads.size(), inputs);
    }

    private void layer(String name, Layer layer, Weights weights, int from, int out, Shape in, Shape to) {
        if (layer instanceof Layers.Dense dense) {
            int bias = constants.floats("a bias of " + name, weights.bias());
            put(DENSE, from, out, weights.cols(), bias, constants.matrix(name, weights));
            activate(dense.activation(), out, out, to.size());
        } else if (layer instanceof Layers.Convolution conv) {
            convolution(name, weights, from, out, in, to, conv.window(), 0);
            activate(conv.activation(), out, out, to.size());
        } else if (layer instanceof Layers.Pooling pooling) {
            int kind = pooling.max() ? 2 : pooling.counted() ? 1 : 0;
            put(POOL, from, out, in.channels(), kind, sides(in, to, pooling.window()));
        } else if (layer instanceof Layers.BatchNorm norm) {
            float[] affine = new float[2 * weights.cols()];
            float[][] rows = new float[4][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Turned.normRow(weights, row, norm.logarithm());
            }
            for (int c = 0; c < weights.cols(); c++) {
                double factor = rows[0][c] / Math.sqrt(rows[3][c] + norm.epsilon());
                affine[2 * c] = (float) factor;
                affine[2 * c + 1] = (float) (rows[1][c] - rows[2][c] * factor);
            }
            put(AFFINE, from, out, in.channels(), in.area(), constants.floats("a factor of " + name, affine));
        } else {
            activate(((Layers.Activate) layer).activation(), from, out, to.size());
        }
    }

    private void convolution(
            String name, Weights weights, int from, int out, Shape in, Shape to, Layers.Window window, int multiplier) {
        int bias = constants.floats("a bias of " + name, weights.bias());
        List<Integer> matrix = constants.matrix(name, weights);
        put(CONVOLUTION, from, out, weights.cols(), bias, matrix, multiplier, sides(in, to, window));
    }

    private static List<Integer> sides(Shape in, Shape to, Layers.Window window) {
        return List.of(
                in.height(),
                in.width(),
                to.height(),
                to.width(),
                window.height(),
                window.width(),
                window.stepHeight(),
                window.stepWidth(),
                window.before(in.height(), false),
                window.before(in.width(), true),
                window.dilationHeight(),
                window.dilationWidth());
    }

    private void activate(String activation, int from, int out, int values) {
        String[] words = activation.split("=");
        if (words[0].equals("identity")) {
            return;
        }
        double usual = words[0].equals("leakyrelu") ? 0.01 : 1;
        float parameter = words.length > 1 ? Float.parseFloat(words[1]) : (float) usual;
        int kind = FUNCTIONS.indexOf(words[0]);
        put(ACTIVATE, from, out, values, kind, constants.floats("a parameter of " + activation, parameter));
    }

    List<Integer> numbers() {
        return numbers;
    }

    Constants constants() {
        return constants;
    }

    /** Floats of memory for values between layers, at least 1. */
    int memory() {
        return Math.max(1, memory.size());
    }
}
