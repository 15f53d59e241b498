package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.LayerConf;
import org.parsimony.network.Layers;
import org.parsimony.network.Net;

/** Deeplearning4j's graphs as {@link Blueprint}. */
final class GraphReading {

    private final Wiring wiring;
    private final Map<String, Shape> inputs = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<Blueprint.Node> nodes = new ArrayList<>();
    /** By vertex, the node that gives its values. */
    private final Map<String, String> given = new HashMap<>();

    private GraphReading(Wiring wiring) {
        this.wiring = wiring;
    }

    static Blueprint blueprint(Net net, int[] shape) {
        GraphReading reading = new GraphReading(net.wiring());
        for (int n = 0; n < reading.wiring.inputs(); n++) {
            reading.input(n, shape);
        }
        for (int n = reading.wiring.inputs(); n < reading.wiring.nodes().size(); n++) {
            reading.add(reading.wiring.nodes().get(n));
        }
        return new Blueprint(reading.inputs, reading.nodes);
    }

    static Weights weights(org.deeplearning4j.nn.api.Layer layer, Op op, int[] size) {
        if (op instanceof Op.Plain plain) {
            return LayerConf.weights(layer, plain.layer(), size);
        }
        float[] values = layer.getParam(Axes.WEIGHTS).dup('c').data().asFloat();
        float[] bias = op.biased() ? layer.getParam(Axes.BIAS).dup('c').data().asFloat() : new float[0];
        return new Weights(size[0], size[1], values, bias);
    }

    private void input(int n, int[] shape) {
        String name = wiring.nodes().get(n).name();
        Shape own = null;
        for (int reader : wiring.readers(n)) {
            if (wiring.nodes().get(reader).before() instanceof FeedForwardToCnnPreProcessor image) {
                own = Shape.of((int) image.getNumChannels(), (int) image.getInputHeight(), (int) image.getInputWidth());
            } else if (wiring.nodes().get(reader).before() instanceof CnnToFeedForwardPreProcessor image) {
                own = Shape.of((int) image.getNumChannels(), (int) image.getInputHeight(), (int) image.getInputWidth());
            }
        }
        if (own == null && shape.length > 0 && wiring.inputs() == 1) {
            own = Shape.of(shape);
        }
        if (own == null) {
            Require.that(
                    !wiring.takesImages(),
                    "the graph does not state the size of its images; give the shape of a sample, or begin it with a"
                            + " FeedForwardToCnnPreProcessor");
            own = Shape.of(Math.toIntExact(wiring.inputWidths().get(n)));
        }
        inputs.put(name, own);
        shapes.put(name, own);
        given.put(name, name);
    }

    private void add(Wiring.Node node) {
        List<String> reads = node.reads().stream()
                .map(place -> given.get(wiring.nodes().get(place).name()))
                .toList();
        if (node.conf() != null) {
            layer(node, before(node.name() + "/before", node.before(), reads, node));
            return;
        }
        Object vertex = node.vertex();
        if (vertex instanceof PreprocessorVertex) {
            given.put(
                    node.name(), before(node.name(), node.before(), reads, node).get(0));
        } else if (vertex instanceof MergeVertex) {
            put(node.name(), Op.Join.CONCAT, reads);
        } else if (vertex instanceof ElementWiseVertex) {
            put(node.name(), join(node), reads);
        } else if (vertex instanceof SubsetVertex subset) {
            put(node.name(), new Op.Subset(subset.getFrom(), subset.getTo()), reads);
        } else if (vertex instanceof ReshapeVertex reshape && isImage(reshape, reads.get(0))) {
            given.put(node.name(), reads.get(0));
        } else if (vertex instanceof ScaleVertex scale) {
            put(node.name(), new Op.Linear(scale.getScaleFactor(), 0), reads);
        } else if (vertex instanceof ShiftVertex shift) {
            put(node.name(), new Op.Linear(1, shift.getShiftFactor()), reads);
        } else {
            throw new IllegalArgumentException("vertex " + node.text() + " cannot be coded; replace it by layers");
        }
    }

    /** Whether a vertex makes of the sequences of an embedding the image of one column that a blueprint has anyway. */
    private boolean isImage(ReshapeVertex reshape, String read) {
        Shape shape = shapes.get(read);
        return shape.image()
                && Arrays.equals(reshape.getNewShape(), new int[] {-1, shape.channels(), shape.height(), shape.width()})
                && nodes.stream().anyMatch(node -> node.name().equals(read) && node.op() instanceof Op.Embedding);
    }

    private static Op join(Wiring.Node node) {
        ElementWiseVertex vertex = (ElementWiseVertex) node.vertex();
        return switch (vertex.getOp()) {
            case Add -> Op.Join.ADD;
            case Subtract -> Op.Join.SUBTRACT;
            case Product -> Op.Join.MULTIPLY;
            case Average -> Op.Join.AVERAGE;
            case Max -> Op.Join.LARGEST;
        };
    }

    /** What a preprocessor does with what reaches it. */
    private List<String> before(String name, InputPreProcessor step, List<String> reads, Wiring.Node node) {
        if (step == null) {
            return reads;
        }
        boolean image = shapes.get(reads.get(0)).image();
        if (step instanceof FeedForwardToCnnPreProcessor && image) {
            return reads;
        }
        Require.that(
                step instanceof CnnToFeedForwardPreProcessor && image,
                "%s is reached through a %s, which cannot be coded",
                node.text(),
                step.getClass().getSimpleName());
        Shape reaches = shapes.get(reads.get(0));
        CnnToFeedForwardPreProcessor flatten = (CnnToFeedForwardPreProcessor) step;
        Require.that(
                flatten.getInputHeight() == reaches.height() && flatten.getInputWidth() == reaches.width(),
                "%s flattens images of %d × %d, but images of %d × %d reach it; take samples of the size that the network "
                        + "was made for",
                node.text(),
                flatten.getInputHeight(),
                flatten.getInputWidth(),
                reaches.height(),
                reaches.width());
        put(name, new Op.Plain(new Layers.Flatten()), reads);
        return List.of(name);
    }

    private void layer(Wiring.Node node, List<String> reads) {
        Layer conf = node.conf();
        String name = node.name();
        Shape in = shapes.get(reads.get(0));
        if (conf instanceof EmbeddingSequenceLayer embedding) {
            Require.that(
                    !embedding.hasBias()
                            && Layers.IDENTITY.equals(LayerConf.activation(name, embedding.getActivationFn())),
                    "%s has biases or an activation, but an embedding must have neither",
                    name);
            put(name, new Op.Embedding((int) embedding.getNIn(), (int) embedding.getNOut()), reads);
        } else if (conf instanceof DepthwiseConvolution2D d) {
            Layers.Window window = LayerConf.window(
                    name, d.getKernelSize(), d.getStride(), d.getPadding(), d.getDilation(), d.getConvolutionMode());
            String activation = LayerConf.activation(name, d.getActivationFn());
            put(name, new Op.Depthwise(d.getDepthMultiplier(), window, activation, d.hasBias()), reads);
        } else if (conf instanceof ZeroPaddingLayer zeros) {
            int[] sides = zeros.getPadding();
            put(name, new Op.Zeros(sides[0], sides[1], sides[2], sides[3]), reads);
        } else if (conf instanceof PReLULayer slopes) {
            long[] shared = slopes.getSharedAxes();
            boolean each = in.image() && shared != null && Arrays.equals(shared, new long[] {2, 3});
            Require.that(
                    each || shared == null || shared.length == 0,
                    "%s shares slopes in a way that cannot be coded",
                    name);
            put(name, new Op.Slopes(each), reads);
        } else if (conf instanceof GlobalPoolingLayer pooling) {
            boolean max = pooling.getPoolingType() == PoolingType.MAX;
            Require.that(
                    in.image() && (max || pooling.getPoolingType() == PoolingType.AVG),
                    "%s pools other than images by the largest or mean value, which cannot be coded",
                    name);
            int[] all = {in.height(), in.width()};
            put(name + "/pool", new Op.Plain(new Layers.Pooling(max, Layers.Window.of(all, all, false), false)), reads);
            put(name, new Op.Plain(new Layers.Flatten()), List.of(name + "/pool"));
        } else {
            put(name, new Op.Plain(LayerConf.layer("layer \"" + name + "\"", conf)), reads);
        }
    }

    private void put(String name, Op op, List<String> reads) {
        nodes.add(new Blueprint.Node(name, op, reads));
        List<Shape> in = reads.stream().map(shapes::get).toList();
        try {
            shapes.put(name, op.out(in));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" cannot take " + in + ": " + e.getMessage(), e);
        }
        given.put(name, name);
    }
}
