package org.parsimony.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.data.Samples;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;

/**
 * A Deeplearning4j network with the masks that keep pruned weights at zero.
 *
 * <p>The network is shared, not copied: training changes it in place. {@link #copy()} makes an independent one.
 */
public final class Model {

    private static final int EVALUATION_BATCH = 250;
    private static final String WEIGHTS = "W";

    private final MultiLayerNetwork network;
    private final Map<Integer, INDArray> masks;

    /** A model without masks around an initialised network. */
    public Model(MultiLayerNetwork network) {
        this(network, Map.of());
    }

    /**
     * @param network an initialised network
     * @param masks by layer index, an array of zeros and ones of the shape of that layer's weights {@code "W"}
     */
    public Model(MultiLayerNetwork network, Map<Integer, INDArray> masks) {
        this.network = network;
        this.masks = new TreeMap<>(masks);
        masks.forEach((layer, mask) -> {
            INDArray weights =
                    layer < network.getnLayers() ? network.getLayer(layer).getParam(WEIGHTS) : null;
            if (weights == null || !weights.equalShapes(mask)) {
                throw new IllegalArgumentException(
                        "the mask of layer " + layer + " has shape " + mask.shapeInfoToString()
                                + ", but must have the shape of that layer's weights: "
                                + (weights == null ? "it has none" : weights.shapeInfoToString()));
            }
        });
    }

    /** The Deeplearning4j network itself. */
    public MultiLayerNetwork network() {
        return network;
    }

    /** Masks by layer index, each of the shape of the layer's weights; layers without an entry are dense. */
    public Map<Integer, INDArray> masks() {
        return masks;
    }

    /** An independent copy: parameters, optimiser state and masks. */
    public Model copy() {
        Map<Integer, INDArray> m = new TreeMap<>();
        masks.forEach((layer, mask) -> m.put(layer, mask.dup()));
        return new Model(network.clone(), m);
    }

    /** Sets every masked weight to zero. */
    public void applyMasks() {
        masks.forEach((layer, mask) -> network.getLayer(layer).getParam(WEIGHTS).muli(mask));
    }

    /** Whether samples go in as images {@code [n × channels × height × width]} rather than as vectors. */
    public boolean takesImages() {
        for (int l = 0; l < network.getnLayers(); l++) {
            var before = network.getLayerWiseConfigurations().getInputPreProcess(l);
            var layer = network.getLayer(l).conf().getLayer();
            if (layer instanceof ConvolutionLayer
                    || layer instanceof SubsamplingLayer
                    || before instanceof CnnToFeedForwardPreProcessor) {
                return true;
            }
            if (layer instanceof DenseLayer || layer instanceof OutputLayer) {
                return false;
            }
        }
        return false;
    }

    /** {@code samples} in the form that this network takes: as they are, or each flattened to a vector. */
    public Samples fitted(Samples samples) {
        return takesImages() ? samples : samples.flattened();
    }

    /** The optimiser of the network's configuration. */
    public IUpdater optimiser() {
        for (var layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof BaseLayer base && base.getIUpdater() != null) {
                return base.getIUpdater();
            }
        }
        throw new IllegalStateException("no layer of the network has parameters, so it has no optimiser");
    }

    /**
     * Class probabilities of the samples from {@code from} to before {@code to}: {@code [n × classes]}, batch norm with
     * its running statistics, no dropout.
     */
    public INDArray predict(Samples samples, int from, int to) {
        Backend.tame();
        return network.output(fitted(samples).x(from, to));
    }

    /** Accuracy and loss on {@code samples}. */
    public Score evaluate(Samples samples) {
        Samples x = fitted(samples);
        if (Engine.name(this, x.shape()).equals(Engine.FUSED)) {
            try (FusedNet net = Fused.net(this, EVALUATION_BATCH, 0, x.shape())) {
                FusedNet.Score score = net.evaluate(x);
                return new Score(score.accuracy(), score.loss(), x.size());
            }
        }
        float[] probabilities = new float[samples.size() * samples.classes()];
        for (int from = 0; from < samples.size(); from += EVALUATION_BATCH) {
            int to = Math.min(samples.size(), from + EVALUATION_BATCH);
            float[] p = predict(samples, from, to).dup('c').data().asFloat();
            System.arraycopy(p, 0, probabilities, from * samples.classes(), p.length);
        }
        return Score.of(probabilities, samples.labels(), samples.classes());
    }

    /** Writes the network as a Deeplearning4j {@code .zip}, which Deeplearning4j itself can load; masks are zeros in it. */
    public void save(Path zip) {
        try {
            Files.createDirectories(zip.toAbsolutePath().getParent());
            ModelSerializer.writeModel(network, zip.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network to " + zip + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a network: Keras {@code .h5} (Sequential), Deeplearning4j {@code .zip}, Parsimony {@code .pars}. The first
     * bytes tell which, not the name. Every zero weight is free to train again; set masks anew where needed.
     *
     * @throws IllegalArgumentException if it is no such file, is damaged, or has a layer that is not supported, by name
     */
    public static Model read(Path file) {
        try {
            return ModelFormat.readAny(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return Architectures.text(Architectures.widths(this)) + ", " + network.numParams() + " parameters";
    }
}
