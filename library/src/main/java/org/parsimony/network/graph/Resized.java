package org.parsimony.network.graph;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.parsimony.network.Net;
import org.parsimony.network.graph.Wiring.Node;
import org.parsimony.network.training.GroupLasso;

/** A fresh network of the same configuration with other widths; its optimiser starts afresh. */
final class Resized {

    /** What a node takes and gives now; what is not known stays as it was. */
    interface Widths {
        /** Values that node {@code n} takes, before flattening, or −1. */
        int channels(int n);

        /** Values that node {@code n} takes, or −1. */
        int takes(int n);

        /** Values that node {@code n} gives, or −1. */
        int gives(int n);

        /** First and last value that a subset takes. */
        int[] range(int n);
    }

    private Resized() {}

    static Net of(Net net, Wiring wiring, Widths widths) {
        return net.isGraph() ? graph(net.graph(), wiring, widths) : chain(net.chain(), wiring, widths);
    }

    private static Net chain(MultiLayerNetwork old, Wiring wiring, Widths widths) {
        MultiLayerConfiguration configuration = old.getLayerWiseConfigurations().clone();
        for (int n = 1; n < wiring.nodes().size(); n++) {
            int l = wiring.nodes().get(n).layer();
            set(configuration.getConf(l).getLayer(), n, widths);
            InputPreProcessor step = before(configuration.getInputPreProcess(l), widths.channels(n));
            if (step != null) {
                configuration.getInputPreProcessors().put(l, step);
            }
        }
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        List.copyOf(configuration.getConfs()).forEach(Resized::fresh);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return Net.of(network);
    }

    private static Net graph(ComputationGraph old, Wiring wiring, Widths widths) {
        var configuration = old.getConfiguration().clone();
        Map<String, GraphVertex> vertices = configuration.getVertices();
        for (int n = wiring.inputs(); n < wiring.nodes().size(); n++) {
            Node node = wiring.nodes().get(n);
            GraphVertex vertex = vertices.get(node.name());
            if (vertex instanceof LayerVertex layer) {
                set(layer.getLayerConf().getLayer(), n, widths);
                layer.setPreProcessor(before(layer.getPreProcessor(), widths.channels(n)));
                fresh(layer.getLayerConf());
            } else if (vertex instanceof SubsetVertex subset && widths.range(n) != null) {
                subset.setFrom(widths.range(n)[0]);
                subset.setTo(widths.range(n)[1]);
            } else if (vertex instanceof PreprocessorVertex step) {
                step.setPreProcessor(before(step.getPreProcessor(), widths.channels(n)));
            }
        }
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        return Net.of(network);
    }

    private static void fresh(NeuralNetConfiguration conf) {
        conf.setIterationCount(0);
        conf.setEpochCount(0);
    }

    private static void set(Layer conf, int n, Widths widths) {
        int takes = widths.takes(n);
        int gives = widths.gives(n);
        if (conf instanceof PReLULayer slopes && takes > 0) {
            long[] shape = slopes.getInputShape().clone();
            shape[0] = takes;
            slopes.setInputShape(shape);
        } else if (conf instanceof FeedForwardLayer layer) {
            boolean sized = Wiring.makesUnits(conf) || conf instanceof DepthwiseConvolution2D || layer.getNIn() > 0;
            if (sized && takes > 0) {
                layer.setNIn(takes);
            }
            if (sized && gives > 0) {
                layer.setNOut(gives);
                regroup(layer, gives);
            }
        }
    }

    /** A group lasso knows how many units its layer has. */
    private static void regroup(FeedForwardLayer layer, int units) {
        List<Regularization> penalties = layer.getRegularization();
        if (penalties != null && penalties.stream().anyMatch(GroupLasso.class::isInstance)) {
            layer.setRegularization(penalties.stream()
                    .map(penalty -> penalty instanceof GroupLasso lasso
                            ? new GroupLasso(lasso.getCoefficient(), units)
                            : penalty)
                    .toList());
        }
    }

    private static InputPreProcessor before(InputPreProcessor step, int channels) {
        return step instanceof CnnToFeedForwardPreProcessor flatten && channels > 0
                ? new CnnToFeedForwardPreProcessor(flatten.getInputHeight(), flatten.getInputWidth(), channels)
                : step;
    }
}
