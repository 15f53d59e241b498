package org.parsimony.network;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.network.graph.Wiring;

/** A chain of layers as a {@link Net}. */
record LayerChain(MultiLayerNetwork chain) implements Net {

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
        return new LayerChain(chain.clone());
    }

    @Override
    public Net withOptimisers(IntFunction<IUpdater> optimiser) {
        MultiLayerConfiguration configuration =
                chain.getLayerWiseConfigurations().clone();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        for (int l = 0; l < layers(); l++) {
            UpdaterState.reset(configuration.getConf(l), optimiser.apply(l));
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(chain.params().dup(), false);
        return new LayerChain(network);
    }

    @Override
    public Net drawn(long seed) {
        MultiLayerConfiguration configuration =
                chain.getLayerWiseConfigurations().clone();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        configuration.getConfs().forEach(layer -> {
            UpdaterState.reset(layer, null);
            layer.setSeed(seed);
        });
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new LayerChain(network);
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
