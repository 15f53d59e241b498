package org.parsimony.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;

/** Deeplearning4j's networks as {@link Architecture} and {@link Weights}, and back. */
final class Networks {

    private Networks() {}

    static Architecture architecture(MultiLayerNetwork network) {
        MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
        List<Architecture.Layer> layers = new ArrayList<>();
        Shape input = null;
        Shape flattened = null;
        int fixed = 0;
        for (int l = 0; l < network.getnLayers(); l++) {
            InputPreProcessor before = conf.getInputPreProcess(l);
            if (before instanceof FeedForwardToCnnPreProcessor planes && l == 0) {
                input = Shape.of(
                        (int) planes.getNumChannels(), (int) planes.getInputHeight(), (int) planes.getInputWidth());
            } else if (before instanceof CnnToFeedForwardPreProcessor flatten) {
                if (flattened == null) {
                    fixed = layers.size();
                    flattened = Shape.of((int) flatten.getNumChannels(), (int) flatten.getInputHeight(), (int)
                            flatten.getInputWidth());
                }
                layers.add(new Layers.Flatten());
            } else {
                Require.that(before == null, "layer %d is reached through %s, which cannot be coded", l, before);
            }
            layers.add(LayerConf.layer("layer " + l, network.getLayer(l).conf().getLayer()));
        }
        if (input == null) {
            input = flattened == null ? vectors(network) : smallest(network, layers.subList(0, fixed), flattened);
        }
        return new Architecture(input, layers);
    }

    private static Shape vectors(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            INDArray weights = layer.getParam(Anatomy.WEIGHTS);
            INDArray scale = layer.getParam("gamma");
            if (weights != null || scale != null) {
                Require.that(
                        weights == null || weights.rank() == 2,
                        "the network is a convolution that never flattens, so it has no classes");
                return Shape.of((int) (weights != null ? weights.size(0) : scale.length()));
            }
        }
        throw new IllegalArgumentException("the network has no parameters");
    }

    /** The smallest images that these layers turn into {@code last}. */
    private static Shape smallest(MultiLayerNetwork network, List<Architecture.Layer> layers, Shape last) {
        int height = last.height();
        int width = last.width();
        int channels = last.channels();
        for (int l = layers.size() - 1; l >= 0; l--) {
            Layers.Window window = null;
            if (layers.get(l) instanceof Layers.Convolution convolution) {
                window = convolution.window();
                channels = (int) network.getLayer(l).getParam(Anatomy.WEIGHTS).size(1);
            } else if (layers.get(l) instanceof Layers.Pooling pooling) {
                window = pooling.window();
            }
            if (window != null) {
                height = window.smallest(height, false);
                width = window.smallest(width, true);
            }
        }
        return Shape.of(channels, height, width);
    }

    static List<Weights> weights(Architecture architecture, MultiLayerNetwork network) {
        List<Shape> shapes = architecture.shapes(architecture.input());
        List<Weights> all = new ArrayList<>();
        int layer = -1;
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer is = architecture.layers().get(l);
            if (is instanceof Layers.Flatten) {
                continue;
            }
            layer++;
            int[] size = is.weights(shapes.get(l));
            if (size.length == 0) {
                continue;
            }
            all.add(LayerConf.weights(network.getLayer(layer), is, size));
        }
        return all;
    }

    static MultiLayerNetwork network(Architecture architecture, List<Weights> weights) {
        Backend.tame();
        List<Shape> shapes = architecture.shapes(architecture.input());
        check(architecture, shapes, weights);
        var list = new NeuralNetConfiguration.Builder()
                .seed(0)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.RELU)
                .list();
        int layer = 0;
        int last = architecture.layers().size() - 1;
        for (int l = 0; l <= last; l++) {
            Shape in = shapes.get(l);
            if (architecture.layers().get(l) instanceof Layers.Flatten) {
                if (in.image() && l > 0) {
                    list.inputPreProcessor(
                            layer, new CnnToFeedForwardPreProcessor(in.height(), in.width(), in.channels()));
                }
            } else {
                list.layer(layer++, LayerConf.layer(architecture.layers().get(l), l == last));
            }
        }
        boolean flattensFirst = architecture.layers().get(0) instanceof Layers.Flatten;
        Shape in = flattensFirst ? shapes.get(1) : architecture.input();
        if (in.image()) {
            // does nothing to images, but keeps their size with the network, which its layers do not tell by themselves
            list.inputPreProcessor(0, new FeedForwardToCnnPreProcessor(in.height(), in.width(), in.channels()));
        }
        list.setInputType(
                in.image()
                        ? InputType.convolutional(in.height(), in.width(), in.channels())
                        : InputType.feedForward(in.size()));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        Iterator<Weights> next = weights.iterator();
        layer = 0;
        for (int l = 0; l <= last; l++) {
            Architecture.Layer is = architecture.layers().get(l);
            if (!(is instanceof Layers.Flatten)) {
                if (is.weights(shapes.get(l)).length > 0) {
                    LayerConf.set(network.getLayer(layer), is, shapes.get(l), next.next());
                }
                layer++;
            }
        }
        return network;
    }

    private static void check(Architecture architecture, List<Shape> shapes, List<Weights> weights) {
        Iterator<Weights> next = weights.iterator();
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer is = architecture.layers().get(l);
            int[] size = is.weights(shapes.get(l));
            if (size.length == 0) {
                continue;
            }
            Require.that(next.hasNext(), "layer %d, \"%s\", has no weights", l + 1, is.text());
            Weights given = next.next();
            Require.that(
                    given.rows() == size[0]
                            && given.cols() == size[1]
                            && given.bias().length == (is.biased() ? size[1] : 0),
                    "layer %d, \"%s\", has weights %d × %d and %d biases, but takes %d × %d and %d",
                    l + 1,
                    is.text(),
                    given.rows(),
                    given.cols(),
                    given.bias().length,
                    size[0],
                    size[1],
                    is.biased() ? size[1] : 0);
        }
        Require.that(!next.hasNext(), "there are weights for more layers than the architecture has");
    }
}
