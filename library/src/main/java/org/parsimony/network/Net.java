package org.parsimony.network;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.network.graph.Wiring;

/**
 * What Deeplearning4j's chains and graphs have in common: numbered layers with parameters, one flat vector of all of them,
 * inputs, one output, a step of training. A graph's layers are numbered in the order in which they are computed; surgery
 * leaves the numbers as they are.
 */
public sealed interface Net permits LayerChain, LayerGraph {

    /** A chain of layers. */
    static Net of(MultiLayerNetwork network) {
        return new LayerChain(network);
    }

    /** A graph with one output. Throws IllegalArgumentException if it has several. */
    static Net of(ComputationGraph graph) {
        return new LayerGraph(graph);
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

    /** Whether it is a graph rather than a chain. */
    default boolean isGraph() {
        return model() instanceof ComputationGraph;
    }

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
}
