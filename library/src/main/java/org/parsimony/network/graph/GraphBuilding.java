package org.parsimony.network.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Backend;
import org.parsimony.network.LayerConf;
import org.parsimony.network.Layers;

/** A {@link Blueprint} as Deeplearning4j's graph. */
final class GraphBuilding {

    private static final double LEARNING_RATE = 1e-3;

    private final Blueprint blueprint;
    private final Map<String, Shape> shapes;
    private final GraphBuilder builder;
    /** By node, the vertex that gives its values. */
    private final Map<String, String> vertex = new HashMap<>();

    private final Set<String> names = new HashSet<>();

    /** By node, how its weights are drawn if not as usual. */
    private final Map<String, IWeightInit> initial;

    private GraphBuilding(Blueprint blueprint, Map<String, IWeightInit> initial) {
        this.blueprint = blueprint;
        this.initial = initial;
        shapes = blueprint.shapes();
        names.addAll(shapes.keySet());
        builder = new NeuralNetConfiguration.Builder()
                .seed(0)
                .updater(new Adam(LEARNING_RATE))
                .weightInit(WeightInit.RELU)
                .graphBuilder()
                .addInputs(blueprint.inputs().keySet());
    }

    static ComputationGraph graph(Blueprint blueprint, Map<String, Weights> weights, Map<String, IWeightInit> initial) {
        Backend.tame();
        GraphBuilding building = new GraphBuilding(blueprint, initial);
        building.inputs();
        blueprint.nodes().forEach(building::add);
        String output = building.vertex.get(
                blueprint.nodes().get(blueprint.nodes().size() - 1).name());
        ComputationGraph graph =
                new ComputationGraph(building.builder.setOutputs(output).build());
        graph.init();
        for (Blueprint.Node node : blueprint.nodes()) {
            if (weights.containsKey(node.name())) {
                building.set(graph.getLayer(node.name()), node, weights.get(node.name()));
            }
        }
        return graph;
    }

    /**
     * Images go through a preprocessor that leaves them as they are: it keeps their size with the network, and several
     * inputs may stand side by side as vectors, of which it makes images.
     */
    private void inputs() {
        blueprint.inputs().forEach((name, shape) -> {
            vertex.put(name, name);
            if (shape.image()) {
                String image = fresh(name + "_image");
                builder.addVertex(
                        image,
                        new PreprocessorVertex(
                                new FeedForwardToCnnPreProcessor(shape.height(), shape.width(), shape.channels())),
                        name);
                vertex.put(name, image);
            }
        });
    }

    private String fresh(String wanted) {
        String name = wanted;
        for (int n = 2; !names.add(name); n++) {
            name = wanted + "_" + n;
        }
        return name;
    }

    private void add(Blueprint.Node node) {
        String name = node.name();
        String[] from = node.reads().stream().map(vertex::get).toArray(String[]::new);
        Shape in = shapes.get(node.reads().get(0));
        Op op = node.op();
        vertex.put(name, name);
        if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.Flatten) {
            if (in.image()) {
                builder.addVertex(
                        name,
                        new PreprocessorVertex(
                                new CnnToFeedForwardPreProcessor(in.height(), in.width(), in.channels())),
                        from);
            } else {
                vertex.put(name, from[0]);
            }
        } else if (op instanceof Op.Join join) {
            builder.addVertex(
                    name, join == Op.Join.CONCAT ? new MergeVertex() : new ElementWiseVertex(elementwise(join)), from);
        } else if (op instanceof Op.Embedding embedding) {
            embedding(name, embedding, in, from);
        } else if (op instanceof Op.Subset subset) {
            builder.addVertex(name, new SubsetVertex(subset.from(), subset.to()), from);
        } else if (op instanceof Op.Linear linear) {
            linear(name, linear, from);
        } else {
            builder.addLayer(name, initialised(name, sized(layer(node), in, shapes.get(name))), from);
        }
    }

    /** Deeplearning4j's embedding gives sequences; as images of one column, convolutions and pooling take them. */
    private void embedding(String name, Op.Embedding embedding, Shape in, String... from) {
        EmbeddingSequenceLayer layer = new EmbeddingSequenceLayer.Builder()
                .nIn(embedding.tokens())
                .nOut(embedding.size())
                .inputLength(in.size())
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        builder.addLayer(name, initialised(name, layer), from);
        String image = fresh(name + "_image");
        builder.addVertex(image, new ReshapeVertex(-1, embedding.size(), in.size(), 1), name);
        vertex.put(name, image);
    }

    private Layer initialised(String name, Layer layer) {
        if (layer instanceof BaseLayer weighted && initial.containsKey(name)) {
            weighted.setWeightInitFn(initial.get(name));
        }
        return layer;
    }

    private void linear(String name, Op.Linear linear, String[] from) {
        if (linear.amount() == 0) {
            builder.addVertex(name, new ScaleVertex(linear.factor()), from);
        } else if (linear.factor() == 1) {
            builder.addVertex(name, new ShiftVertex(linear.amount()), from);
        } else {
            String scaled = fresh(name + "_scaled");
            builder.addVertex(scaled, new ScaleVertex(linear.factor()), from);
            builder.addVertex(name, new ShiftVertex(linear.amount()), scaled);
        }
    }

    private static ElementWiseVertex.Op elementwise(Op.Join join) {
        return switch (join) {
            case ADD -> ElementWiseVertex.Op.Add;
            case SUBTRACT -> ElementWiseVertex.Op.Subtract;
            case MULTIPLY -> ElementWiseVertex.Op.Product;
            case AVERAGE -> ElementWiseVertex.Op.Average;
            default -> ElementWiseVertex.Op.Max;
        };
    }

    private Layer layer(Blueprint.Node node) {
        if (node.op() instanceof Op.Plain plain) {
            boolean last = node == blueprint.nodes().get(blueprint.nodes().size() - 1);
            return LayerConf.layer(plain.layer(), last);
        } else if (node.op() instanceof Op.Depthwise depthwise) {
            Layers.Window w = depthwise.window();
            return new DepthwiseConvolution2D.Builder(w.height(), w.width())
                    .depthMultiplier(depthwise.multiplier())
                    .stride(w.stepHeight(), w.stepWidth())
                    .padding(w.padHeight(), w.padWidth())
                    .dilation(w.dilationHeight(), w.dilationWidth())
                    .convolutionMode(w.same() ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                    .activation(Layers.function(depthwise.activation()))
                    .hasBias(depthwise.biased())
                    .build();
        } else if (node.op() instanceof Op.Zeros zeros) {
            return new ZeroPaddingLayer.Builder(zeros.top(), zeros.bottom(), zeros.left(), zeros.right()).build();
        }
        Shape in = shapes.get(node.reads().get(0));
        long[] shape = in.image() ? new long[] {in.channels(), in.height(), in.width()} : new long[] {in.size()};
        PReLULayer.Builder slopes = new PReLULayer.Builder().inputShape(shape);
        return in.image() && ((Op.Slopes) node.op()).eachChannel()
                ? slopes.sharedAxes(2, 3).build()
                : slopes.build();
    }

    private static Layer sized(Layer layer, Shape in, Shape out) {
        if (layer instanceof BatchNormalization norm) {
            norm.setNIn(in.channels());
            norm.setNOut(in.channels());
        } else if (layer instanceof PReLULayer slopes) {
            slopes.setNIn(in.size());
            slopes.setNOut(in.size());
        } else if (layer instanceof FeedForwardLayer weighted && !(layer instanceof LossLayer)) {
            weighted.setNIn(in.channels());
            weighted.setNOut(out.channels());
        }
        return layer;
    }

    private void set(org.deeplearning4j.nn.api.Layer layer, Blueprint.Node node, Weights weights) {
        Shape in = shapes.get(node.reads().get(0));
        if (node.op() instanceof Op.Plain plain) {
            LayerConf.set(layer, plain.layer(), in, weights);
            return;
        }
        INDArray to = layer.getParam(Axes.WEIGHTS);
        to.assign(Nd4j.create(weights.values(), to.shape(), 'c'));
        if (node.op().biased()) {
            INDArray bias = layer.getParam(Axes.BIAS);
            bias.assign(Nd4j.createFromArray(weights.bias()).reshape(bias.shape()));
        }
    }
}
