package org.parsimony.network;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Layer;
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

/** A graph with one output as a {@link Net}. */
record LayerGraph(ComputationGraph graph) implements Net {

    public LayerGraph {
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
        throw new IllegalArgumentException(
                "the network is a graph, but this needs a chain of layers, one after the other;"
                        + " training, evaluation, pruning, Surgery, Cost and files take graphs too");
    }

    @Override
    public Net copy() {
        if (graph.getUpdater(false) != null) {
            ComputationGraph copy = graph.clone();
            // Deeplearning4j copies the optimiser's state of a graph, but not how far it is
            copy.getConfiguration().setIterationCount(graph.getConfiguration().getIterationCount());
            copy.getConfiguration().setEpochCount(graph.getConfiguration().getEpochCount());
            return new LayerGraph(copy);
        }
        // there is no optimiser's state yet, which Deeplearning4j's clone would set up at great expense
        ComputationGraph network = new ComputationGraph(graph.getConfiguration().clone());
        network.init(graph.params().dup(), false);
        return new LayerGraph(network);
    }

    @Override
    public Net withOptimisers(IntFunction<IUpdater> optimiser) {
        var configuration = graph.getConfiguration().clone();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        for (int l = 0; l < layers(); l++) {
            var vertex = (LayerVertex) configuration.getVertices().get(name(l));
            UpdaterState.reset(vertex.getLayerConf(), optimiser.apply(l));
        }
        ComputationGraph network = new ComputationGraph(configuration);
        network.init(graph.params().dup(), false);
        return new LayerGraph(network);
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
                UpdaterState.reset(layer.getLayerConf(), null);
                layer.getLayerConf().setSeed(seed);
            }
        });
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        return new LayerGraph(network);
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
