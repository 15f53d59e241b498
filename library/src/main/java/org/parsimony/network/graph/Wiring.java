package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.parsimony.base.Require;

/**
 * How a network is wired, chain or graph: its nodes in the order in which they are computed, and what each reads.
 *
 * @param nodes inputs first
 * @param inputs how many of them are inputs
 * @param output place of the node whose values leave the network
 */
public record Wiring(List<Node> nodes, int inputs, int output) {

    /**
     * An input, a layer, or another vertex of a graph.
     *
     * @param name in the network
     * @param layer number of the layer, or −1
     * @param conf of the layer, or null
     * @param vertex of a graph that is no layer, or null
     * @param before what is done with the values before they reach it, or null
     * @param reads places of the nodes whose values reach it
     */
    public record Node(
            String name, int layer, Layer conf, GraphVertex vertex, InputPreProcessor before, List<Integer> reads) {

        /** What kind it is, for messages: {@code "add_1 (ElementWiseVertex)"}. */
        public String text() {
            Object kind = conf != null ? conf : vertex;
            return name + (kind == null ? "" : " (" + kind.getClass().getSimpleName() + ")");
        }
    }

    /** Of a chain. */
    public static Wiring of(MultiLayerNetwork chain) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("input", -1, null, null, null, List.of()));
        for (int l = 0; l < chain.getnLayers(); l++) {
            nodes.add(new Node(
                    "layer " + l,
                    l,
                    chain.getLayer(l).conf().getLayer(),
                    null,
                    chain.getLayerWiseConfigurations().getInputPreProcess(l),
                    List.of(l)));
        }
        return new Wiring(List.copyOf(nodes), 1, chain.getnLayers());
    }

    /** Of a graph with one output. */
    public static Wiring of(ComputationGraph graph) {
        var conf = graph.getConfiguration();
        Map<String, Integer> layers = new HashMap<>();
        for (int l = 0; l < graph.getNumLayers(); l++) {
            layers.put(graph.getLayer(l).conf().getLayer().getLayerName(), l);
        }
        List<Node> nodes = new ArrayList<>();
        Map<String, Integer> place = new HashMap<>();
        for (String input : conf.getNetworkInputs()) {
            place.put(input, nodes.size());
            nodes.add(new Node(input, -1, null, null, null, List.of()));
        }
        int inputs = nodes.size();
        for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            if (place.containsKey(name)) {
                continue;
            }
            List<Integer> reads =
                    conf.getVertexInputs().get(name).stream().map(place::get).toList();
            place.put(name, nodes.size());
            GraphVertex vertex = conf.getVertices().get(name);
            if (vertex instanceof LayerVertex layer) {
                nodes.add(new Node(
                        name, layers.get(name), layer.getLayerConf().getLayer(), null, layer.getPreProcessor(), reads));
            } else {
                InputPreProcessor step = vertex instanceof PreprocessorVertex before ? before.getPreProcessor() : null;
                nodes.add(new Node(name, -1, null, vertex, step, reads));
            }
        }
        return new Wiring(
                List.copyOf(nodes), inputs, place.get(conf.getNetworkOutputs().get(0)));
    }

    /** Whether a layer makes units of its own: a dense layer or a convolution, not a depthwise one. */
    public static boolean makesUnits(Layer conf) {
        return conf != null
                && (conf.getClass() == DenseLayer.class
                        || conf.getClass() == ConvolutionLayer.class
                        || conf.getClass() == OutputLayer.class);
    }

    /** Places of the nodes that read the values of node {@code place}, in order. */
    public List<Integer> readers(int place) {
        List<Integer> readers = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            if (nodes.get(n).reads().contains(place)) {
                readers.add(n);
            }
        }
        return readers;
    }

    /**
     * What leaves each node, by its place, if this goes into the inputs.
     *
     * @throws IllegalArgumentException if a layer cannot take what reaches it, by name
     */
    public List<InputType> nodeTypes(List<InputType> given) {
        List<InputType> types = new ArrayList<>(given);
        for (int n = inputs; n < nodes.size(); n++) {
            Node node = nodes.get(n);
            try {
                types.add(outputType(node, node.reads().stream().map(types::get).toArray(InputType[]::new)));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(node.text() + " cannot take what reaches it: " + e.getMessage(), e);
            }
        }
        return types;
    }

    /** What leaves each layer, by its number. */
    public List<InputType> outputTypes(List<InputType> nodeTypes) {
        Map<Integer, InputType> layers = new TreeMap<>();
        for (int n = inputs; n < nodes.size(); n++) {
            if (nodes.get(n).layer() >= 0) {
                layers.put(nodes.get(n).layer(), nodeTypes.get(n));
            }
        }
        return List.copyOf(layers.values());
    }

    private static InputType outputType(Node node, InputType[] in) {
        if (node.conf() != null) {
            return node.conf()
                    .getOutputType(
                            node.layer(),
                            node.before() == null ? in[0] : node.before().getOutputType(in[0]));
        }
        if (node.vertex() instanceof SubsetVertex subset
                && in[0]
                        instanceof
                        InputType.InputTypeConvolutional image) { // Deeplearning4j counts its channels wrongly
            return InputType.convolutional(image.getHeight(), image.getWidth(), subset.getTo() - subset.getFrom() + 1L);
        }
        if (node.vertex()
                instanceof ElementWiseVertex) { // Deeplearning4j computes, but does not foresee, a gate's spreading
            return Arrays.stream(in)
                    .max(Comparator.comparingLong(InputType::arrayElementsPerExample))
                    .orElseThrow();
        }
        return node.vertex().getOutputType(0, in);
    }

    /** Whether the only input is an image: what reads it first is a convolution, pooling, padding, or flattens it. */
    public boolean takesImages() {
        return inputs == 1 && takesImages(0);
    }

    private boolean takesImages(int place) {
        for (int n : readers(place)) {
            Node node = nodes.get(n);
            if (node.conf() instanceof ConvolutionLayer
                    || node.conf() instanceof SubsamplingLayer
                    || node.conf() instanceof ZeroPaddingLayer
                    || node.before() instanceof CnnToFeedForwardPreProcessor) {
                return true;
            }
            boolean vector = node.conf() instanceof DenseLayer
                    || node.conf() instanceof OutputLayer
                    || node.conf() instanceof EmbeddingSequenceLayer;
            if (!vector && takesImages(n)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Values of a sample that each input takes.
     *
     * @throws IllegalArgumentException if an input does not tell
     */
    public List<Long> inputWidths() {
        List<Long> widths = new ArrayList<>();
        for (int input = 0; input < inputs; input++) {
            long width = width(input);
            Require.that(
                    width > 0,
                    "input %s does not say how many values it takes, as it must where a network has %d inputs; let a dense "
                            + "layer or a FeedForwardToCnnPreProcessor read it",
                    nodes.get(input).name(),
                    inputs);
            widths.add(width);
        }
        return widths;
    }

    private long width(int place) {
        for (int n : readers(place)) {
            Node node = nodes.get(n);
            long width = -1;
            if (node.before() instanceof FeedForwardToCnnPreProcessor image) {
                width = image.getNumChannels() * image.getInputHeight() * image.getInputWidth();
            } else if (node.conf() instanceof EmbeddingSequenceLayer text) {
                width = text.getInputLength();
            } else if (node.conf() instanceof FeedForwardLayer layer && !(layer instanceof ConvolutionLayer)) {
                width = layer.getNIn();
            } else if (node.conf() != null && node.before() == null) {
                width = width(n);
            }
            if (width > 0) {
                return width;
            }
        }
        return -1;
    }

    /** The arrays for the inputs: {@code x} itself, or its columns shared out if there are several inputs. */
    public INDArray[] split(INDArray x) {
        if (inputs == 1) {
            return new INDArray[] {x};
        }
        List<Long> widths = inputWidths();
        long all = widths.stream().mapToLong(Long::longValue).sum();
        Require.that(
                x.rank() == 2 && x.size(1) == all,
                "samples have shape %s, but the network's %d inputs take vectors of %s = %d values, side by side",
                Arrays.toString(x.shape()),
                inputs,
                widths,
                all);
        INDArray[] parts = new INDArray[inputs];
        long from = 0;
        for (int i = 0; i < inputs; i++) {
            parts[i] = x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + widths.get(i)))
                    .dup('c');
            from += widths.get(i);
        }
        return parts;
    }
}
