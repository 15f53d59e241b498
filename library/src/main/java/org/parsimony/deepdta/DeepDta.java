package org.parsimony.deepdta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.base.Require;
import org.parsimony.network.Backend;

/**
 * The DeepDTA network as the sHAM authors' code builds it: two branches of embedding, three valid convolutions with ReLU
 * and a global maximum; their features side by side, three dense layers with ReLU, and one linear output. Dropout of 0.1
 * follows the first two dense layers. The squared error is the loss.
 *
 * <p>Its dense matrices {@link #DENSE} are what the sHAM papers compress: {@link #dense(String)} gives one,
 * {@link #setDense} puts one back.
 */
public final class DeepDta {

    /** The dense layers in order; in the authors' Keras files their weights are the arrays 14, 16, 18 and 20. */
    public static final List<String> DENSE = List.of("dense1", "dense2", "dense3", "affinity");

    static final String WEIGHTS = "W";
    static final String BIAS = "b";
    private static final int CONVOLUTIONS = 3;
    private static final int CHUNK = 64;

    private final Shape shape;
    private final ComputationGraph graph;

    /**
     * One branch.
     *
     * @param tokens number of tokens, the padding 0 among them
     * @param length of every sequence, padding included
     * @param kernel width of each convolution
     */
    public record Text(int tokens, int length, int kernel) {

        public Text {
            Require.atLeast("tokens", tokens, 2);
            Require.atLeast("kernel", kernel, 1);
            Require.atLeast("length of a sequence", length, CONVOLUTIONS * (kernel - 1) + 1);
        }
    }

    /**
     * Sizes of the network.
     *
     * @param ligand the SMILES branch
     * @param protein the sequence branch
     * @param embedding numbers for a token
     * @param filters of the first convolution; the second has twice, the third three times as many
     * @param dense units of the three dense layers before the output
     * @param dropout share of the units of the first two dense layers that a training step leaves out, in [0, 1)
     */
    public record Shape(Text ligand, Text protein, int embedding, int filters, List<Integer> dense, double dropout) {

        public Shape {
            dense = List.copyOf(dense);
            Require.that(dense.size() == DENSE.size() - 1, "dense has %d widths, but must have 3", dense.size());
            Require.between("dropout", dropout, 0, 0.999);
        }

        /** The paper's network for DAVIS; kernels of 12 for SMILES and 8 for proteins, as the authors' code passes them. */
        public Shape() {
            this(new Text(65, 85, 12), new Text(26, 1200, 8), 128, 32, List.of(1024, 1024, 512), 0.1);
        }
    }

    private DeepDta(Shape shape, ComputationGraph graph) {
        this.shape = shape;
        this.graph = graph;
    }

    /**
     * A fresh network: embeddings uniform within ±0.05, weights by Glorot, those of the output normal with 0.05, biases 0,
     * which are Keras's defaults and the authors' choice.
     *
     * @param seed of the initial weights
     */
    public static DeepDta of(Shape shape, long seed) {
        Backend.tame();
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("ligand", "protein")
                .setInputTypes(
                        InputType.recurrent(shape.ligand.tokens, shape.ligand.length, RNNFormat.NCW),
                        InputType.recurrent(shape.protein.tokens, shape.protein.length, RNNFormat.NCW));
        branch(builder, "ligand", shape.ligand, shape);
        branch(builder, "protein", shape.protein, shape);
        builder.addVertex("features", new MergeVertex(), "ligand-max", "protein-max");
        String below = "features";
        for (int i = 0; i < shape.dense.size(); i++) {
            // Deeplearning4j drops inputs of a layer and counts what it keeps
            boolean dropped = i > 0 && shape.dropout > 0;
            builder.addLayer(
                    DENSE.get(i),
                    new DenseLayer.Builder()
                            .nOut(shape.dense.get(i))
                            .dropOut(i > 0 && i < 3 && dropped ? 1 - shape.dropout : 0)
                            .build(),
                    below);
            below = DENSE.get(i);
        }
        builder.addLayer(
                DENSE.get(3),
                new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .weightInit(new NormalDistribution(0, 0.05))
                        .build(),
                below);
        ComputationGraph graph =
                new ComputationGraph(builder.setOutputs(DENSE.get(3)).build());
        graph.init();
        return new DeepDta(shape, graph);
    }

    private static void branch(GraphBuilder builder, String name, Text text, Shape shape) {
        builder.addLayer(
                name + "-embedding",
                new EmbeddingSequenceLayer.Builder()
                        .nIn(text.tokens)
                        .nOut(shape.embedding)
                        .inputLength(text.length)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .weightInit(new UniformDistribution(-0.05, 0.05))
                        .build(),
                name);
        String below = name + "-embedding";
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            builder.addLayer(
                    name + "-convolution" + i,
                    new Convolution1DLayer.Builder(text.kernel)
                            .nOut(i * shape.filters)
                            .build(),
                    below);
            below = name + "-convolution" + i;
        }
        builder.addLayer(name + "-max", new GlobalPoolingLayer(PoolingType.MAX), below);
    }

    /** The Deeplearning4j graph itself: inputs {@code ligand} and {@code protein}, tokens {@code [n × 1 × length]}. */
    public ComputationGraph graph() {
        return graph;
    }

    /** Sizes of the network. */
    public Shape shape() {
        return shape;
    }

    /** Weights {@code [inputs × outputs]} of one of {@link #DENSE}, copied. */
    public INDArray dense(String layer) {
        return array(layer, WEIGHTS).dup('c');
    }

    /** Puts weights {@code [inputs × outputs]} in the place of those of one of {@link #DENSE}. */
    public void setDense(String layer, INDArray weights) {
        INDArray own = array(layer, WEIGHTS);
        Require.that(
                own.equalShapes(weights),
                "weights of %s have shape %s, but must have %s",
                layer,
                weights.shapeInfoToString(),
                own.shapeInfoToString());
        own.assign(weights);
    }

    /** A parameter array of the graph, shared. */
    INDArray array(String layer, String parameter) {
        Require.that(graph.getLayer(layer) != null, "there is no layer \"%s\"; dense layers are %s", layer, DENSE);
        return graph.getLayer(layer).getParam(parameter);
    }

    /** Parameters that are not zero, of all layers. */
    public long nonzeros() {
        long count = 0;
        for (float value : graph.params().dup().data().asFloat()) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }

    /** Multiply-accumulates for one pair, without padding or repetition saved: convolutions and dense layers. */
    public long macs() {
        long sum = macs(shape.ligand) + macs(shape.protein);
        int below = 6 * shape.filters;
        for (int units : shape.dense) {
            sum += (long) below * units;
            below = units;
        }
        return sum + below;
    }

    private long macs(Text text) {
        long sum = 0;
        int below = shape.embedding;
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            long rows = text.length - (long) i * (text.kernel - 1);
            sum += rows * text.kernel * below * i * shape.filters;
            below = i * shape.filters;
        }
        return sum;
    }

    /** Writes the graph as a Deeplearning4j {@code .zip}. */
    public void save(Path zip) {
        try {
            Files.createDirectories(zip.toAbsolutePath().getParent());
            graph.save(zip.toFile(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network to " + zip + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what {@link #save} wrote of a network of this shape.
     *
     * @throws IllegalArgumentException if it is another network, or none
     */
    public static DeepDta load(Path zip, Shape shape) {
        DeepDta net = of(shape, 0);
        try {
            INDArray params = ComputationGraph.load(zip.toFile(), false).params();
            Require.that(
                    params.length() == net.graph.numParams(),
                    "it has %d parameters, but DeepDTA of this shape has %d",
                    params.length(),
                    net.graph.numParams());
            net.graph.setParams(params);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(zip + " is not this network: " + e.getMessage(), e);
        }
        return net;
    }

    /** An independent copy. */
    public DeepDta copy() {
        return new DeepDta(shape, graph.clone());
    }

    /** Parameters of all layers, by name. */
    public Map<String, Long> parameters() {
        Map<String, Long> counts = new TreeMap<>();
        for (var layer : graph.getLayers()) {
            counts.put(layer.conf().getLayer().getLayerName(), layer.numParams());
        }
        return counts;
    }

    /**
     * Affinities by Deeplearning4j, pair by pair.
     *
     * @param ligands {@code [n × length]} tokens
     * @param proteins {@code [n × length]} tokens
     */
    public float[] predict(int[][] ligands, int[][] proteins) {
        Backend.tame();
        Require.that(
                ligands.length == proteins.length,
                "there are %d ligands, but %d proteins",
                ligands.length,
                proteins.length);
        float[] affinity = new float[ligands.length];
        for (int from = 0; from < affinity.length; from += CHUNK) {
            int to = Math.min(affinity.length, from + CHUNK);
            float[] part = graph.outputSingle(input(ligands, from, to), input(proteins, from, to))
                    .dup('c')
                    .data()
                    .asFloat();
            System.arraycopy(part, 0, affinity, from, to - from);
        }
        return affinity;
    }

    /** Tokens {@code [n × 1 × length]} as the graph takes them. */
    static INDArray input(int[][] tokens, int from, int to) {
        INDArray input = Nd4j.create(DataType.FLOAT, to - from, 1, tokens[from].length);
        for (int i = from; i < to; i++) {
            float[] row = new float[tokens[i].length];
            for (int j = 0; j < row.length; j++) {
                row[j] = tokens[i][j];
            }
            input.put(
                    new org.nd4j.linalg.indexing.INDArrayIndex[] {
                        NDArrayIndex.point(i - from), NDArrayIndex.point(0), NDArrayIndex.all()
                    },
                    Nd4j.createFromArray(row));
        }
        return input;
    }
}
