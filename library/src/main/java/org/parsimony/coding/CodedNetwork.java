package org.parsimony.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Require;
import org.parsimony.coding.network.CodedForward;
import org.parsimony.coding.network.ParsFormat;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * A whole network in code, which computes on its code: {@link ParsFormat} is its file {@code .pars}, {@link #model} gives
 * the network back.
 *
 * @param blueprint what the network computes, chain or graph
 * @param layers an entry for each node with parameters, in order
 */
public record CodedNetwork(Blueprint blueprint, List<CodedLayer> layers) {

    /** The version of files of chains. */
    public static final int VERSION = 2;

    /** The version of files of graphs. */
    public static final int GRAPH_VERSION = 3;

    /**
     * How layers are coded.
     *
     * @param dense the code of dense layers; default {@link Code#SMALLEST}
     * @param convolution the code of convolutions, as matrices {@code [channels·height·width × filters]}; default
     *     {@link Code#SMALLEST}
     * @param layers other codes by place among the layers with parameters, from 0
     */
    public record Options(Code dense, Code convolution, Map<Integer, Code> layers) {

        public Options {
            layers = Map.copyOf(layers);
        }

        /** Every layer in its smallest code. */
        public Options() {
            this(Code.SMALLEST, Code.SMALLEST, Map.of());
        }

        /** A copy with another code for dense layers. */
        public Options dense(Code code) {
            return new Options(code, convolution, layers);
        }

        /** A copy with another code for convolutions. */
        public Options convolution(Code code) {
            return new Options(dense, code, layers);
        }

        /** A copy with a code for one layer. */
        public Options layer(int place, Code code) {
            Map<Integer, Code> more = new TreeMap<>(layers);
            more.put(place, code);
            return new Options(dense, convolution, more);
        }
    }

    public CodedNetwork {
        layers = List.copyOf(layers);
        Map<String, Shape> shapes = blueprint.shapes();
        List<Node> nodes = blueprint.parametrised();
        Require.that(
                nodes.size() == layers.size(),
                "there are %d coded layers, but the network has %d with parameters",
                layers.size(),
                nodes.size());
        for (int l = 0; l < nodes.size(); l++) {
            Node node = nodes.get(l);
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            CodedLayer coded = layers.get(l);
            int biases = node.op().biased() ? size[1] : 0;
            Require.that(
                    coded.matrix().rows() == size[0]
                            && coded.matrix().cols() == size[1]
                            && coded.bias().length == biases,
                    "layer \"%s\" has %d × %d weights and %d biases, but its architecture asks for %d × %d and %d",
                    node.op().text(),
                    coded.matrix().rows(),
                    coded.matrix().cols(),
                    coded.bias().length,
                    size[0],
                    size[1],
                    biases);
        }
    }

    /** A chain in code. */
    public CodedNetwork(Architecture architecture, List<CodedLayer> layers) {
        this(Blueprint.of(architecture), layers);
    }

    /** What a chain computes. Throws IllegalArgumentException if the network is a graph. */
    public Architecture architecture() {
        return blueprint.architecture();
    }

    /**
     * Codes a network, exactly. Complexity: that of the codes; the same network gives the same bytes.
     *
     * @throws IllegalArgumentException if the network has a layer that cannot be coded, by name
     */
    public static CodedNetwork encode(Model model, Options options) {
        return encode(model, options, new int[0]);
    }

    /**
     * {@link #encode(Model, Options)} of a graph that does not state the size of its images.
     *
     * @param shape of a sample: {@code {channels, height, width}}
     */
    public static CodedNetwork encode(Model model, Options options, int... shape) {
        Blueprint blueprint = Blueprint.of(model, shape);
        List<Node> nodes = blueprint.parametrised();
        Map<String, Weights> weights = blueprint.weights(model);
        options.layers().keySet().forEach(place -> Require.between("layer to code", place, 0, nodes.size() - 1));
        List<CodedLayer> coded = new ArrayList<>();
        for (int l = 0; l < nodes.size(); l++) {
            Weights w = weights.get(nodes.get(l).name());
            DenseMatrix matrix = new DenseMatrix(w.rows(), w.cols(), w.values());
            Code code = options.layers().getOrDefault(l, usual(nodes.get(l).op(), options));
            coded.add(new CodedLayer(code.encode(matrix), w.bias()));
        }
        return new CodedNetwork(blueprint, coded);
    }

    private static Code usual(Op op, Options options) {
        if (op instanceof Op.Depthwise) {
            return options.convolution();
        }
        if (op instanceof Op.Embedding) {
            return options.dense();
        }
        Architecture.Layer layer = op instanceof Op.Plain plain ? plain.layer() : null;
        return layer instanceof Layers.Dense
                ? options.dense()
                : layer instanceof Layers.Convolution ? options.convolution() : Code.DENSE;
    }

    /** The network with exactly the weights that were coded, bit for bit. */
    public Model model() {
        List<Node> nodes = blueprint.parametrised();
        Map<String, Weights> weights = new HashMap<>();
        for (int l = 0; l < nodes.size(); l++) {
            CompressedMatrix matrix = layers.get(l).matrix();
            weights.put(
                    nodes.get(l).name(),
                    new Weights(
                            matrix.rows(),
                            matrix.cols(),
                            matrix.toDense().values(),
                            layers.get(l).bias()));
        }
        return blueprint.model(weights);
    }

    /**
     * What the network says of samples, computed on the code: no matrix is unpacked as a whole, and each column is
     * decoded once for many samples.
     *
     * @param x {@code [samples × inputs]}, images channel by channel; several inputs side by side
     * @return {@code [samples × outputs]}
     */
    public float[] predict(float[] x, int samples) {
        return new CodedForward(this, blueprint.inputs(), samples).run(x);
    }

    /** {@link #predict(float[], int)} of the samples from {@code from} to before {@code to}. */
    public float[] predict(Samples samples, int from, int to) {
        Shape given = Shape.of(samples.shape());
        Map<String, Shape> inputs = blueprint.inputs();
        String first = inputs.keySet().iterator().next();
        boolean same = inputs.size() == 1 && given.image() == inputs.get(first).image();
        Require.that(
                same || given.size() == blueprint.inputSize(),
                "samples have shape %s, but the network takes %s",
                given,
                inputs.size() == 1 ? inputs.get(first) : inputs);
        float[] x = samples.range(from, to).features();
        return new CodedForward(this, same ? Map.of(first, given) : inputs, to - from).run(x);
    }

    /** The score on {@code samples}, as {@link Model#evaluate} gives it, by {@link #predict}. */
    public Score evaluate(Samples samples) {
        return Score.of(predict(samples, 0, samples.size()), samples);
    }

    /** Bytes of the whole file. */
    public long sizeInBytes() {
        long[] bytes = {0};
        try {
            write(new OutputStream() {
                @Override
                public void write(int b) {
                    bytes[0]++;
                }

                @Override
                public void write(byte[] b, int from, int length) {
                    bytes[0] += length;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes[0];
    }

    /** Writes {@code file}. */
    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out);
        }
    }

    /** Writes the file. The caller closes {@code out}. */
    public void write(OutputStream out) throws IOException {
        ParsFormat.write(this, out);
    }

    /**
     * Reads a file from a stream, to the end that it states.
     *
     * @throws CodingException if the file is cut, altered, of a newer version, or contradicts itself
     */
    public static CodedNetwork read(InputStream in) throws IOException {
        return ParsFormat.read(in);
    }

    /**
     * Maps a file into memory: code words stay in the file until a product needs them.
     *
     * @throws CodingException if the file is cut, altered, of a newer version, or contradicts itself
     */
    public static CodedNetwork map(Path file) throws IOException {
        return ParsFormat.map(file);
    }
}
