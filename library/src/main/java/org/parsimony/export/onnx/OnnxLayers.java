package org.parsimony.export.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.export.Groupings;
import org.parsimony.export.Groupings.Grouping;
import org.parsimony.export.Parts;
import org.parsimony.export.Turned;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/** Each node of a network as operators of ONNX. */
final class OnnxLayers {

    private static final String ACTIVATION = ".activation";

    private final Parts parts;
    private final OnnxWriter writer;
    private final OnnxTensors tensors;
    private final Map<String, Shape> shapes;
    private final Groupings groupings;
    /** By node, the value that it gives. */
    private final Map<String, String> values = new HashMap<>();

    OnnxLayers(Parts parts, OnnxWriter writer, OnnxTensors tensors) {
        this.parts = parts;
        this.writer = writer;
        this.tensors = tensors;
        shapes = parts.blueprint().shapes();
        groupings = new Groupings(parts.blueprint());
    }

    /** Adds inputs, all nodes and the output. */
    void add() {
        parts.blueprint().inputs().forEach((name, shape) -> {
            writer.input(name, shape);
            values.put(name, name);
        });
        List<Node> nodes = parts.blueprint().nodes();
        for (Node node : nodes) {
            if (!groupings.absorbs(node)) {
                values.put(node.name(), node(node));
            }
        }
        Node last = nodes.get(nodes.size() - 1);
        writer.output(values.get(last.name()), shapes.get(last.name()));
    }

    private String node(Node node) {
        Grouping grouping = groupings.endingIn(node);
        if (grouping != null) {
            return grouped(node, grouping);
        }
        List<String> in = node.reads().stream().map(values::get).toList();
        Shape shape = shapes.get(node.reads().get(0));
        Weights weights = parts.weights().get(node.name());
        Op op = node.op();
        if (op instanceof Op.Plain plain) {
            return layer(node, plain.layer(), weights, in.get(0), shape);
        } else if (op instanceof Op.Depthwise depthwise) {
            Layers.Window window = depthwise.window();
            int[] sides = {weights.cols(), 1, window.height(), window.width()};
            String sums = convolution(
                    node.name(),
                    Turned.filtersFirst(weights),
                    sides,
                    weights.bias(),
                    window(window, shape, shape.channels()),
                    in.get(0));
            return activated(node.name() + ACTIVATION, depthwise.activation(), sums);
        } else if (op instanceof Op.Zeros zeros) {
            String pads = writer.wholes(
                    writer.name(node.name() + ".pads"),
                    0,
                    0,
                    zeros.top(),
                    zeros.left(),
                    0,
                    0,
                    zeros.bottom(),
                    zeros.right());
            return put("Pad", node.name(), List.of(in.get(0), pads));
        } else if (op instanceof Op.Slopes slopes) {
            int[] each = {weights.cols(), 1, 1};
            int[] sides = !shape.image() ? new int[] {weights.cols()} : slopes.eachChannel() ? each : shape.toArray();
            String slope = tensors.put(writer.name(node.name() + ".slopes"), weights.values(), sides);
            return put("PRelu", node.name(), List.of(in.get(0), slope));
        } else if (op instanceof Op.Linear linear) {
            return linear(node.name(), linear, in.get(0));
        } else if (op instanceof Op.Subset subset) {
            String name = node.name();
            List<String> inputs = List.of(
                    in.get(0),
                    writer.wholes(writer.name(name + ".from"), subset.from()),
                    writer.wholes(writer.name(name + ".to"), subset.to() + 1),
                    writer.wholes(writer.name(name + ".axis"), 1));
            return put("Slice", name, inputs);
        }
        return join(node.name(), (Op.Join) op, in);
    }

    private String put(String kind, String wanted, List<String> in, Object... attributes) {
        return writer.node(kind, writer.name(wanted), in, attributes);
    }

    private String number(String wanted, double value) {
        return writer.floats(writer.name(wanted), new float[] {(float) value});
    }

    private String layer(Node node, Layer layer, Weights weights, String in, Shape shape) {
        String name = node.name();
        if (layer instanceof Layers.Dense dense) {
            return activated(name + ACTIVATION, dense.activation(), dense(name, weights, in));
        } else if (layer instanceof Layers.Convolution conv) {
            Layers.Window window = conv.window();
            int[] sides = {weights.cols(), shape.channels(), window.height(), window.width()};
            String sums = convolution(
                    name, Turned.filtersFirst(weights), sides, weights.bias(), window(window, shape, 1), in);
            return activated(name + ACTIVATION, conv.activation(), sums);
        } else if (layer instanceof Layers.Pooling pooling) {
            return pooling(name, pooling, in, shape);
        } else if (layer instanceof Layers.Flatten) {
            return shape.image() ? put("Flatten", name, List.of(in)) : in;
        } else if (layer instanceof Layers.BatchNorm norm) {
            List<String> inputs = new ArrayList<>(List.of(in));
            String[] rows = {"scale", "shift", "mean", "variance"};
            for (int row = 0; row < rows.length; row++) {
                float[] values = Turned.normRow(weights, row, norm.logarithm());
                inputs.add(tensors.put(writer.name(name + "." + rows[row]), values, values.length));
            }
            return put("BatchNormalization", name, inputs, "epsilon", (float) norm.epsilon());
        } else if (layer instanceof Layers.Activate activate) {
            boolean output = node
                    == parts.blueprint().nodes().get(parts.blueprint().nodes().size() - 1);
            boolean nothing = activate.activation().equals("identity");
            return nothing && output ? put("Identity", name, List.of(in)) : activated(name, activate.activation(), in);
        }
        return in; // dropout does nothing in use
    }

    private String dense(String name, Weights weights, String in) {
        boolean turned = tensors.smallerTurned(weights.values(), weights.rows(), weights.cols());
        float[] matrix =
                turned ? Turned.transposed(weights.values(), weights.rows(), weights.cols()) : weights.values();
        int[] sides = turned ? new int[] {weights.cols(), weights.rows()} : new int[] {weights.rows(), weights.cols()};
        List<String> inputs = new ArrayList<>(List.of(in, tensors.put(writer.name(name + ".weight"), matrix, sides)));
        if (weights.bias().length > 0) {
            inputs.add(tensors.put(writer.name(name + ".bias"), weights.bias(), weights.bias().length));
        }
        return put("Gemm", name, inputs, turned ? new Object[] {"transB", 1} : new Object[0]);
    }

    private String convolution(
            String name, float[] kernels, int[] sides, float[] bias, List<Object> attributes, String in) {
        List<String> inputs = new ArrayList<>(List.of(in, tensors.put(writer.name(name + ".weight"), kernels, sides)));
        if (bias.length > 0) {
            inputs.add(tensors.put(writer.name(name + ".bias"), bias, bias.length));
        }
        return put("Conv", name, inputs, attributes.toArray());
    }

    private static int after(Layers.Window window, int side, boolean horizontal) {
        int size = horizontal ? window.width() : window.height();
        int step = horizontal ? window.stepWidth() : window.stepHeight();
        int reach = (size - 1) * (horizontal ? window.dilationWidth() : window.dilationHeight()) + 1;
        int all = Math.max(0, ((side + step - 1) / step - 1) * step + reach - side);
        return all - window.before(side, horizontal);
    }

    private static List<Object> window(Layers.Window window, Shape in, int groups) {
        List<Object> attributes = new ArrayList<>();
        attributes.addAll(List.of("kernel_shape", new int[] {window.height(), window.width()}));
        if (window.stepHeight() != 1 || window.stepWidth() != 1) {
            attributes.addAll(List.of("strides", new int[] {window.stepHeight(), window.stepWidth()}));
        }
        if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
            attributes.addAll(List.of("dilations", new int[] {window.dilationHeight(), window.dilationWidth()}));
        }
        boolean dilated = window.dilationHeight() != 1 || window.dilationWidth() != 1;
        if (window.same() && dilated) { // which ONNX Runtime does not pad by itself
            int[] pads = {
                window.before(in.height(), false), window.before(in.width(), true),
                after(window, in.height(), false), after(window, in.width(), true)
            };
            attributes.addAll(List.of("pads", pads));
        } else if (window.same()) {
            attributes.addAll(List.of("auto_pad", "SAME_UPPER"));
        } else if (window.padHeight() != 0 || window.padWidth() != 0) {
            int[] pads = {window.padHeight(), window.padWidth(), window.padHeight(), window.padWidth()};
            attributes.addAll(List.of("pads", pads));
        }
        if (groups > 1) {
            attributes.addAll(List.of("group", groups));
        }
        return attributes;
    }

    private String grouped(Node concat, Grouping grouping) {
        Node first = grouping.parts().get(0);
        Layers.Convolution like = (Layers.Convolution) ((Op.Plain) first.op()).layer();
        int filters = like.filters();
        int groups = grouping.parts().size();
        int rows = parts.weights().get(first.name()).rows();
        float[] kernels = new float[groups * filters * rows];
        float[] bias = new float[like.biased() ? groups * filters : 0];
        for (int g = 0; g < groups; g++) {
            Weights own = parts.weights().get(grouping.parts().get(g).name());
            System.arraycopy(Turned.filtersFirst(own), 0, kernels, g * filters * rows, filters * rows);
            System.arraycopy(own.bias(), 0, bias, g * filters, own.bias().length);
        }
        Layers.Window window = like.window();
        int channels = shapes.get(grouping.reads()).channels() / groups;
        int[] sides = {groups * filters, channels, window.height(), window.width()};
        String sums = convolution(
                concat.name(),
                kernels,
                sides,
                bias,
                window(window, shapes.get(grouping.reads()), groups),
                values.get(grouping.reads()));
        return activated(concat.name() + ACTIVATION, like.activation(), sums);
    }

    private String pooling(String name, Layers.Pooling pooling, String in, Shape shape) {
        Layers.Window window = pooling.window();
        boolean all = window.height() == shape.height()
                && window.width() == shape.width()
                && !window.same()
                && window.padHeight() == 0
                && window.padWidth() == 0
                && window.dilationHeight() == 1
                && window.dilationWidth() == 1;
        if (all) {
            return put(pooling.max() ? "GlobalMaxPool" : "GlobalAveragePool", name, List.of(in));
        }
        List<Object> attributes = window(window, shape, 1);
        if (!pooling.max()) {
            if (pooling.counted()) {
                attributes.addAll(List.of("count_include_pad", 1));
            }
            if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
                writer.useDilatedMeans();
            }
        }
        return put(pooling.max() ? "MaxPool" : "AveragePool", name, List.of(in), attributes.toArray());
    }

    private String linear(String name, Op.Linear linear, String in) {
        String scaled = in;
        if (linear.factor() != 1 || linear.amount() == 0) {
            String wanted = linear.amount() == 0 ? name : name + ".scaled";
            scaled = put("Mul", wanted, List.of(in, number(name + ".factor", linear.factor())));
        }
        return linear.amount() == 0
                ? scaled
                : put("Add", name, List.of(scaled, number(name + ".amount", linear.amount())));
    }

    private String join(String name, Op.Join join, List<String> in) {
        return switch (join) {
            case ADD -> in.size() == 2 ? put("Add", name, in) : put("Sum", name, in);
            case SUBTRACT -> put("Sub", name, in);
            case AVERAGE -> put("Mean", name, in);
            case LARGEST -> put("Max", name, in);
            case CONCAT -> put("Concat", name, in, "axis", 1);
            case MULTIPLY -> {
                String product = in.get(0);
                for (int i = 1; i < in.size(); i++) {
                    String wanted = i == in.size() - 1 ? name : name + "." + i;
                    product = put("Mul", wanted, List.of(product, in.get(i)));
                }
                yield product;
            }
        };
    }

    private String activated(String name, String activation, String in) {
        String[] words = activation.split("=");
        List<String> one = List.of(in);
        return switch (words[0]) {
            case "identity" -> in;
            case "relu" -> put("Relu", name, one);
            case "sigmoid" -> put("Sigmoid", name, one);
            case "tanh" -> put("Tanh", name, one);
            case "softmax" -> put("Softmax", name, one, "axis", -1);
            case "softplus" -> put("Softplus", name, one);
            case "softsign" -> put("Softsign", name, one);
            case "selu" -> put("Selu", name, one);
            case "relu6" -> clipped(name, in, 0, 6);
            case "hardtanh" -> clipped(name, in, -1, 1);
            case "hardsigmoid" -> put("HardSigmoid", name, one, "alpha", 0.2f, "beta", 0.5f);
            case "leakyrelu" -> put("LeakyRelu", name, one, "alpha", parameter(words, 0.01f));
            case "elu" -> put("Elu", name, one, "alpha", parameter(words, 1));
            case "swish" -> put("Mul", name, List.of(in, put("Sigmoid", name + ".gate", one)));
            default ->
                throw new IllegalArgumentException(
                        "node \"" + name + "\" has activation " + activation + ", for which ONNX has no operator");
        };
    }

    private static float parameter(String[] words, float usual) {
        return words.length > 1 ? Float.parseFloat(words[1]) : usual;
    }

    private String clipped(String name, String in, double least, double most) {
        return put("Clip", name, List.of(in, number(name + ".least", least), number(name + ".most", most)));
    }
}
