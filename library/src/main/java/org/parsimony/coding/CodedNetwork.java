package org.parsimony.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Score;

/**
 * A whole network in code, which computes on its code: {@link ParsFormat} is its file {@code .pars}, {@link #model} gives
 * the network back.
 *
 * @param architecture what the network computes
 * @param layers an entry for each layer with parameters, in order
 */
public record CodedNetwork(Architecture architecture, List<CodedLayer> layers) {

    /** The version this class writes and reads. */
    public static final int VERSION = 2;

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
        List<Shape> shapes = architecture.shapes(architecture.input());
        int next = 0;
        for (int l = 0; l < architecture.layers().size(); l++) {
            Architecture.Layer layer = architecture.layers().get(l);
            int[] size = layer.weights(shapes.get(l));
            if (size.length == 0) {
                continue;
            }
            Require.that(next < layers.size(), "layer \"%s\" has no parameters", layer.text());
            CodedLayer coded = layers.get(next++);
            int biases = layer.biased() ? size[1] : 0;
            Require.that(
                    coded.matrix().rows() == size[0]
                            && coded.matrix().cols() == size[1]
                            && coded.bias().length == biases,
                    "layer \"%s\" has %d × %d weights and %d biases, but its architecture asks for %d × %d and %d",
                    layer.text(),
                    coded.matrix().rows(),
                    coded.matrix().cols(),
                    coded.bias().length,
                    size[0],
                    size[1],
                    biases);
        }
        Require.that(
                next == layers.size(), "there are %d coded layers, but the architecture has %d", layers.size(), next);
    }

    /**
     * Codes a network, exactly. Complexity: that of the codes; the same network gives the same bytes.
     *
     * @throws IllegalArgumentException if the network has a layer that cannot be coded, by name
     */
    public static CodedNetwork encode(Model model, Options options) {
        Architecture architecture = Architecture.of(model);
        List<Architecture.Layer> parametrised = parametrised(architecture);
        List<Weights> weights = architecture.weights(model);
        options.layers().keySet().forEach(place -> Require.between("layer to code", place, 0, weights.size() - 1));
        List<CodedLayer> coded = new ArrayList<>();
        for (int l = 0; l < weights.size(); l++) {
            Architecture.Layer layer = parametrised.get(l);
            Code usual = layer instanceof Layers.Dense
                    ? options.dense()
                    : layer instanceof Layers.Convolution ? options.convolution() : Code.DENSE;
            Weights w = weights.get(l);
            DenseMatrix matrix = new DenseMatrix(w.rows(), w.cols(), w.values());
            coded.add(new CodedLayer(options.layers().getOrDefault(l, usual).encode(matrix), w.bias()));
        }
        return new CodedNetwork(architecture, coded);
    }

    /** The layers of {@link #architecture} that {@link #layers} belong to. */
    static List<Architecture.Layer> parametrised(Architecture architecture) {
        List<Shape> shapes = architecture.shapes(architecture.input());
        List<Architecture.Layer> all = new ArrayList<>();
        for (int l = 0; l < architecture.layers().size(); l++) {
            if (architecture.layers().get(l).weights(shapes.get(l)).length > 0) {
                all.add(architecture.layers().get(l));
            }
        }
        return all;
    }

    /** The network with exactly the weights that were coded, bit for bit. */
    public Model model() {
        return architecture.model(layers.stream()
                .map(layer -> new Weights(
                        layer.matrix().rows(),
                        layer.matrix().cols(),
                        layer.matrix().toDense().values(),
                        layer.bias()))
                .toList());
    }

    /**
     * What the network says of samples, computed on the code: no matrix is unpacked as a whole, and each column is
     * decoded once for many samples.
     *
     * @param x {@code [samples × inputs]}, images channel by channel
     * @return {@code [samples × outputs]}
     */
    public float[] predict(float[] x, int samples) {
        return new CodedForward(this, architecture.input(), samples).run(x);
    }

    /** {@link #predict(float[], int)} of the samples from {@code from} to before {@code to}. */
    public float[] predict(Samples samples, int from, int to) {
        Shape given = Shape.of(samples.shape());
        boolean same = given.image() == architecture.input().image();
        Require.that(
                same || given.size() == architecture.input().size(),
                "samples have shape %s, but the network takes %s",
                given,
                architecture.input());
        float[] x = samples.range(from, to).features();
        return new CodedForward(this, same ? given : architecture.input(), to - from).run(x);
    }

    /** Accuracy and loss on {@code samples}, by {@link #predict}. */
    public Score evaluate(Samples samples) {
        float[] p = predict(samples, 0, samples.size());
        return Score.of(p, samples.labels(), samples.classes());
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
