package org.parsimony.network;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.base.Require;
import org.parsimony.network.graph.Wiring;

/**
 * What Deeplearning4j's chains and graphs have in common: numbered layers with parameters, one flat vector of all of them,
 * inputs, one output, a step of training. A graph's layers are numbered in the order in which they are computed; surgery
 * leaves the numbers as they are.
 */
public sealed interface Net {

    /** A chain of layers. */
    static Net of(MultiLayerNetwork network) {
        return new Chain(network);
    }

    /** A graph with one output. Throws IllegalArgumentException if it has several. */
    static Net of(ComputationGraph graph) {
        return new Graph(graph);
    }

    /** Number of layers; a graph's other vertices are none. */
    int layers();

    /** Layer {@code l}, from 0. */
    Layer layer(int l);

    /** What layer {@code l} is called in messages and tables. */
    String name(int l);

    /** How the layers are wired. */
    Wiring wiring();

    /** Deeplearning4j's network, either kind. */
    org.deeplearning4j.nn.api.Model model();

    /** The chain. Throws IllegalArgumentException if it is a graph. */
    MultiLayerNetwork chain();

    /** The graph. Throws IllegalArgumentException if it is a chain. */
    ComputationGraph graph();

    /** An independent copy. */
    Net copy();

    /** An independent copy with a fresh optimiser of this kind, its updates and epochs counted from 0. */
    default Net withOptimiser(IUpdater optimiser) {
        return withOptimisers(layer -> optimiser);
    }

    /** The same with an optimiser for each layer by its number. */
    Net withOptimisers(IntFunction<IUpdater> optimiser);

    /** The same network with fresh weights, drawn by its layers' initialisers from {@code seed}. */
    Net drawn(long seed);

    /** What the loss's gradients of parameters are called: {@link #key}; sums over the batch, no step is made. */
    Map<String, INDArray> gradients(INDArray x, INDArray y);

    /** The name of a parameter among {@link #gradients}. */
    String key(int layer, String parameter);

    /**
     * The output for a batch, as in use: no dropout, batch norm with its running statistics.
     *
     * @param x {@code [n × inputs]} or NCHW; of a graph with several inputs, these side by side, each flattened, in order
     */
    INDArray output(INDArray x);

    /** One step of training on a batch. */
    void fit(INDArray x, INDArray y);

    /** The loss of the last step. */
    double score();

    /** What looks at every step, instead of what did before. */
    void listen(TrainingListener... listeners);

    /** Learning rate of the first layer with an optimiser, or null if its optimiser has none. */
    Double learningRate();

    /** Gives every layer this learning rate from now on; the optimiser's state stays. */
    void setLearningRate(double rate);

    /** Whether samples go in as images {@code [n × channels × height × width]} rather than as vectors. */
    default boolean takesImages() {
        return wiring().takesImages();
    }

    /** What leaves each layer if this goes in. */
    default List<InputType> outputTypes(InputType input) {
        return wiring().outputTypes(nodeTypes(input));
    }

    /** What leaves each node of the wiring if this goes in; graphs with several inputs state their own. */
    List<InputType> nodeTypes(InputType input);

    /** How layer {@code l} is configured. */
    default org.deeplearning4j.nn.conf.layers.Layer conf(int l) {
        return layer(l).conf().getLayer();
    }

    /** All parameters, the network's own memory. */
    default INDArray params() {
        return model().params();
    }

    /** Number of all parameters, running statistics among them. */
    default long parameters() {
        return model().numParams();
    }

    /** Takes over these parameters, in the flat order. */
    default void setParams(INDArray values) {
        model().setParams(values);
    }

    /** What is said where only a chain of layers will do. */
    private static IllegalArgumentException noChain() {
        return new IllegalArgumentException(
                "the network is a graph, but this needs a chain of layers, one after the other;"
                        + " training, evaluation, pruning, Surgery, Cost and files take graphs too");
    }

    private static void drawn(NeuralNetConfiguration conf, long seed) {
        fresh(conf, null);
        conf.setSeed(seed);
    }

    private static void fresh(NeuralNetConfiguration conf, IUpdater optimiser) {
        conf.setIterationCount(0);
        conf.setEpochCount(0);
        if (optimiser != null && conf.getLayer() instanceof BaseLayer base) {
            base.setIUpdater(optimiser.clone());
            base.setBiasUpdater(null);
        }
    }

    /** A chain. */
    record Chain(MultiLayerNetwork chain) implements Net {

        @Override
        public int layers() {
            return chain.getnLayers();
        }

        @Override
        public Layer layer(int l) {
            return chain.getLayer(l);
        }

        @Override
        public String name(int l) {
            return "layer " + l;
        }

        @Override
        public Wiring wiring() {
            return Wiring.of(chain);
        }

        @Override
        public org.deeplearning4j.nn.api.Model model() {
            return chain;
        }

        @Override
        public ComputationGraph graph() {
            throw new IllegalArgumentException("the network is a chain of layers, but this needs a ComputationGraph; "
                    + "MultiLayerNetwork.toComputationGraph makes one of it");
        }

        @Override
        public Net copy() {
            return new Chain(chain.clone());
        }

        @Override
        public Net withOptimisers(IntFunction<IUpdater> optimiser) {
            MultiLayerConfiguration configuration =
                    chain.getLayerWiseConfigurations().clone();
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            for (int l = 0; l < layers(); l++) {
                fresh(configuration.getConf(l), optimiser.apply(l));
            }
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init(chain.params().dup(), false);
            return new Chain(network);
        }

        @Override
        public Net drawn(long seed) {
            MultiLayerConfiguration configuration =
                    chain.getLayerWiseConfigurations().clone();
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            configuration.getConfs().forEach(layer -> Net.drawn(layer, seed));
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init();
            return new Chain(network);
        }

        @Override
        public Map<String, INDArray> gradients(INDArray x, INDArray y) {
            chain.setInput(x);
            chain.setLabels(y);
            chain.computeGradientAndScore();
            return chain.gradient().gradientForVariable();
        }

        @Override
        public String key(int layer, String parameter) {
            return layer + "_" + parameter;
        }

        @Override
        public INDArray output(INDArray x) {
            return chain.output(x);
        }

        @Override
        public void fit(INDArray x, INDArray y) {
            chain.fit(x, y);
        }

        @Override
        public double score() {
            return chain.score();
        }

        @Override
        public void listen(TrainingListener... listeners) {
            chain.setListeners(listeners);
        }

        @Override
        public Double learningRate() {
            return chain.getLearningRate(0);
        }

        @Override
        public void setLearningRate(double rate) {
            chain.setLearningRate(rate);
        }

        @Override
        public List<InputType> nodeTypes(InputType input) {
            return wiring().nodeTypes(List.of(input));
        }
    }

    /** A graph with one output. */
    record Graph(ComputationGraph graph) implements Net {

        public Graph {
            var outputs = graph.getConfiguration().getNetworkOutputs();
            Require.that(
                    outputs.size() == 1,
                    "the graph has %d outputs, %s, but must have one; leave the others out",
                    outputs.size(),
                    outputs);
        }

        @Override
        public int layers() {
            return graph.getNumLayers();
        }

        @Override
        public Layer layer(int l) {
            return graph.getLayer(l);
        }

        @Override
        public String name(int l) {
            return layer(l).conf().getLayer().getLayerName();
        }

        @Override
        public Wiring wiring() {
            return Wiring.of(graph);
        }

        @Override
        public org.deeplearning4j.nn.api.Model model() {
            return graph;
        }

        @Override
        public MultiLayerNetwork chain() {
            throw noChain();
        }

        @Override
        public Net copy() {
            if (graph.getUpdater(false) != null) {
                ComputationGraph copy = graph.clone();
                // Deeplearning4j copies the optimiser's state of a graph, but not how far it is
                copy.getConfiguration()
                        .setIterationCount(graph.getConfiguration().getIterationCount());
                copy.getConfiguration().setEpochCount(graph.getConfiguration().getEpochCount());
                return new Graph(copy);
            }
            // there is no optimiser's state yet, which Deeplearning4j's clone would set up at great expense
            ComputationGraph network =
                    new ComputationGraph(graph.getConfiguration().clone());
            network.init(graph.params().dup(), false);
            return new Graph(network);
        }

        @Override
        public Net withOptimisers(IntFunction<IUpdater> optimiser) {
            var configuration = graph.getConfiguration().clone();
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            for (int l = 0; l < layers(); l++) {
                var vertex = (LayerVertex) configuration.getVertices().get(name(l));
                fresh(vertex.getLayerConf(), optimiser.apply(l));
            }
            ComputationGraph network = new ComputationGraph(configuration);
            network.init(graph.params().dup(), false);
            return new Graph(network);
        }

        @Override
        public Net drawn(long seed) {
            var configuration = graph.getConfiguration().clone();
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            // a graph draws all its weights, one after the other, from the seed of its default configuration
            configuration.getDefaultConfiguration().setSeed(seed);
            configuration.getVertices().values().forEach(vertex -> {
                if (vertex instanceof LayerVertex layer) {
                    Net.drawn(layer.getLayerConf(), seed);
                }
            });
            ComputationGraph network = new ComputationGraph(configuration);
            network.init();
            return new Graph(network);
        }

        @Override
        public Map<String, INDArray> gradients(INDArray x, INDArray y) {
            graph.setInputs(inputs(x));
            graph.setLabels(y);
            graph.computeGradientAndScore();
            return graph.gradient().gradientForVariable();
        }

        @Override
        public String key(int layer, String parameter) {
            return name(layer) + "_" + parameter;
        }

        @Override
        public INDArray output(INDArray x) {
            return graph.output(inputs(x))[0];
        }

        @Override
        public void fit(INDArray x, INDArray y) {
            graph.fit(inputs(x), new INDArray[] {y});
        }

        /** The inputs of a batch, each with a part of its columns if there are several. */
        private INDArray[] inputs(INDArray x) {
            return graph.getNumInputArrays() == 1 ? new INDArray[] {x} : wiring().split(x);
        }

        @Override
        public double score() {
            return graph.score();
        }

        @Override
        public void listen(TrainingListener... listeners) {
            graph.setListeners(listeners);
        }

        @Override
        public Double learningRate() {
            for (int l = 0; l < layers(); l++) {
                if (conf(l) instanceof BaseLayer) {
                    return graph.getLearningRate(name(l));
                }
            }
            return null;
        }

        @Override
        public void setLearningRate(double rate) {
            graph.setLearningRate(rate);
        }

        @Override
        public List<InputType> nodeTypes(InputType input) {
            Wiring wiring = wiring();
            return wiring.nodeTypes(
                    wiring.inputs() == 1
                            ? List.of(input)
                            : wiring.inputWidths().stream()
                                    .map(InputType::feedForward)
                                    .toList());
        }
    }
}
