package org.parsimony.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.base.WholeFile;
import org.parsimony.data.Samples;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.training.Engine;

/**
 * A Deeplearning4j network, a chain of layers or a graph, with the {@link Constraints} that later steps keep. What serves
 * both asks {@link #net()}; {@link #network()} and {@link #graph()} give the one or the other.
 *
 * <p>The network is shared, not copied: training changes it in place. {@link #copy()} makes an independent one.
 */
public final class Model {

    private static final int EVALUATION_BATCH = 250;

    private final Net net;
    private final Constraints constraints;
    private final Scores scores;

    /** A model without constraints around an initialised chain. */
    public Model(MultiLayerNetwork network) {
        this(network, new Constraints());
    }

    /** A model without constraints around an initialised graph with one output. */
    public Model(ComputationGraph graph) {
        this(Net.of(graph), new Constraints());
    }

    /**
     * @param network an initialised network
     * @param masks by layer index, an array of zeros and ones of the shape of that layer's weights {@code "W"}
     */
    public Model(MultiLayerNetwork network, Map<Integer, INDArray> masks) {
        this(network, new Constraints(masks, Map.of(), Set.of()));
    }

    /**
     * @param network an initialised network
     * @param constraints of its layers
     * @throws IllegalArgumentException if one has not the shape of its layer's weights
     */
    public Model(MultiLayerNetwork network, Constraints constraints) {
        this(Net.of(network), constraints);
    }

    /**
     * @param net an initialised network
     * @param constraints of its layers
     * @throws IllegalArgumentException if one has not the shape of its layer's weights
     */
    public Model(Net net, Constraints constraints) {
        this(net, constraints, new Scores());
    }

    private Model(Net net, Constraints constraints, Scores scores) {
        this.net = net;
        this.constraints = constraints;
        this.scores = scores;
        constraints.masks().forEach((layer, mask) -> requireFit("mask", layer, mask));
        constraints.ties().forEach((layer, ties) -> requireFit("array of ties", layer, ties));
    }

    private void requireFit(String what, int layer, INDArray array) {
        INDArray weights = layer < net.layers() ? net.layer(layer).getParam(Anatomy.WEIGHTS) : null;
        if (weights == null || !weights.equalShapes(array)) {
            throw new IllegalArgumentException("the " + what + " of layer " + layer + " has shape "
                    + array.shapeInfoToString() + ", but must have the shape of that layer's weights: "
                    + (weights == null ? "it has none" : weights.shapeInfoToString()));
        }
    }

    /** The network, whether chain or graph. */
    public Net net() {
        return net;
    }

    /**
     * Deeplearning4j's network of a chain of layers.
     *
     * @throws IllegalArgumentException if the network is a graph
     */
    public MultiLayerNetwork network() {
        return net.chain();
    }

    /**
     * Deeplearning4j's network of a graph.
     *
     * @throws IllegalArgumentException if the network is a chain
     */
    public ComputationGraph graph() {
        return net.graph();
    }

    /** Whether the network is a graph rather than a chain. */
    public boolean isGraph() {
        return net.isGraph();
    }

    /** What later steps keep. */
    public Constraints constraints() {
        return constraints;
    }

    /** Masks by layer index, each of the shape of the layer's weights; layers without an entry are dense. */
    public Map<Integer, INDArray> masks() {
        return constraints.masks();
    }

    /** Holds the weights of {@code layer} at zero where {@code mask} is zero, from now on; what was masked stays so. */
    public void mask(int layer, INDArray mask) {
        requireFit("mask", layer, mask);
        INDArray before = constraints.masks().get(layer);
        constraints.masks().put(layer, before == null ? mask.dup() : before.mul(mask));
        applyMasks();
    }

    /** Makes weights of {@code layer} with one number one shared value from now on; −1 is a weight of its own. */
    public void tie(int layer, INDArray numbers) {
        requireFit("array of ties", layer, numbers);
        constraints.ties().put(layer, numbers.dup());
    }

    /** An independent copy: parameters, optimiser state and constraints. */
    public Model copy() {
        return new Model(net.copy(), constraints.copy(), scores);
    }

    /** An independent copy with other constraints. */
    public Model with(Constraints other) {
        return new Model(net.copy(), other.copy(), scores);
    }

    /** An independent copy with a fresh optimiser of this kind, its updates and epochs counted from 0. */
    public Model withOptimiser(IUpdater optimiser) {
        return new Model(net.withOptimiser(optimiser), constraints.copy());
    }

    /** Sets every masked weight and every bias that must be zero to zero. */
    public void applyMasks() {
        constraints.masks().forEach((layer, mask) -> net.layer(layer)
                .getParam(Anatomy.WEIGHTS)
                .muli(mask)
                .addi(0)); // −0, which a code would take for another value, becomes 0
        constraints.zeroBiases().forEach(layer -> {
            INDArray bias = net.layer(layer).getParam(Anatomy.BIAS);
            if (bias != null) {
                bias.assign(0);
            }
        });
    }

    /** Whether samples go in as images {@code [n × channels × height × width]} rather than as vectors. */
    public boolean takesImages() {
        return net.takesImages();
    }

    /** {@code samples} in the form that this network takes: as they are, or each flattened to a vector. */
    public Samples fitted(Samples samples) {
        return takesImages() ? samples : samples.flattened();
    }

    /** The optimiser of the network's configuration. */
    public IUpdater optimiser() {
        for (int l = 0; l < net.layers(); l++) {
            if (net.conf(l) instanceof BaseLayer base && base.getIUpdater() != null) {
                return base.getIUpdater();
            }
        }
        throw new IllegalStateException("no layer of the network has parameters, so it has no optimiser");
    }

    /**
     * Class probabilities of the samples from {@code from} to before {@code to}: {@code [n × classes]}, or the real values
     * {@code [n × 1]}; batch norm with its running statistics, no dropout.
     */
    public INDArray predict(Samples samples, int from, int to) {
        Backend.tame();
        return net.output(fitted(samples).x(from, to));
    }

    /**
     * Accuracy and loss on {@code samples}; where their targets are real values, mean squared error and concordance. A network
     * that has the same parameters as when it, the one it was copied from or a copy was lately evaluated on the same samples is not
     * evaluated again.
     */
    public Score evaluate(Samples samples) {
        return scores.of(samples, net.params(), () -> evaluated(samples));
    }

    private Score evaluated(Samples samples) {
        Samples x = fitted(samples);
        if (Engine.name(this, x.shape()).equals(Engine.FUSED)) {
            try (FusedNet net = Fused.net(this, EVALUATION_BATCH, 0, x.shape())) {
                FusedNet.Score score = net.evaluate(x);
                return new Score(score.accuracy(), score.loss(), x.size());
            }
        }
        return Score.of(Engine.outputs(this, x, EVALUATION_BATCH), samples);
    }

    /**
     * Writes the network, its optimiser's state and its constraints as a Deeplearning4j {@code .zip}, which Deeplearning4j
     * itself can load too. The file appears as a whole or not at all.
     */
    public void save(Path zip) {
        save(zip, OptimiserState.KEPT);
    }

    /** Whether the state of the optimiser, which may be twice as large as the network, goes into a file or through surgery. */
    public enum OptimiserState {
        KEPT,
        LEFT_OUT
    }

    /** {@link #save(Path)}, with or without the optimiser's state. */
    public void save(Path zip, OptimiserState state) {
        try {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            try (ZipOutputStream out = new ZipOutputStream(whole)) {
                ByteArrayOutputStream plain = new ByteArrayOutputStream();
                ModelSerializer.writeModel(net.model(), plain, state == OptimiserState.KEPT);
                try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(plain.toByteArray()))) {
                    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        entry(out, entry.getName(), in.readAllBytes());
                    }
                }
                if (!constraints.isEmpty()) {
                    entry(out, Constraints.ENTRY, constraints.bytes());
                }
            }
            WholeFile.write(zip, whole.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network to " + zip + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a network: Keras {@code .h5} and {@code .keras}, Deeplearning4j {@code .zip}, {@code .onnx}, Parsimony {@code
     * .pars}, and {@code .safetensors} that say what they compute. The first bytes tell which, not the name. Constraints are those that {@link #save} wrote; elsewhere there are none, and every
     * zero weight is free to train again.
     *
     * @throws IllegalArgumentException if it is no such file, is damaged, or has a layer that is not supported, by name
     */
    public static Model read(Path file) {
        try {
            Model model = ModelFormat.readAny(file);
            byte[] start = new byte[2];
            try (InputStream in = Files.newInputStream(file)) {
                in.readNBytes(start, 0, 2);
            }
            if (start[0] != 'P' || start[1] != 'K') {
                return model;
            }
            Constraints constraints = Constraints.read(file, model);
            return constraints.isEmpty() ? model : new Model(model.net, constraints);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Its time is fixed, so that equal networks give equal bytes. */
    private static void entry(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    @Override
    public String toString() {
        return Architectures.text(this) + ", " + net.parameters() + " parameters";
    }
}
