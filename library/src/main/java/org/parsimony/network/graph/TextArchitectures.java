package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitXavierUniform;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Text;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architectures;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;

/**
 * DeepDTA (Öztürk, Özgür, Ozkirimli, Bioinformatics 2018) as the authors of sHAM build it: of each of two texts a branch of
 * embedding, three valid convolutions with ReLU, of one, two and three times as many filters, and the largest value of each
 * filter; their features side by side, three dense layers with ReLU and one linear output. Dropout of 0.1 follows the first
 * two dense layers. The squared error is the loss.
 *
 * <p>{@code deepdta} is the paper's for DAVIS: kernels of 12 for SMILES and 8 for proteins, embeddings of 128 values, 32
 * filters, dense layers of 1024, 1024 and 512 units. {@code deepdta-12-8-128-32-1024-1024-512}, in this order, has other
 * sizes. Weights start as Keras's defaults and the authors' choice: embeddings uniform within ±0.05, the output normal with
 * 0.05, others by Glorot; biases at zero.
 */
public final class TextArchitectures {

    /** The network with the paper's sizes. */
    public static final String NAME = "deepdta";

    private static final Pattern SIZED = Pattern.compile(NAME + "(-\\d{1,5}){7}");
    private static final String USUAL = "12-8-128-32-1024-1024-512";
    private static final int CONVOLUTIONS = 3;
    private static final double DROPOUT = 0.1;
    private static final double SPREAD = 0.05;
    private static final String OUTPUT = "affinity";

    private final List<Blueprint.Node> nodes = new ArrayList<>();
    private final Map<String, IWeightInit> initial = new HashMap<>();

    private TextArchitectures() {}

    /** Whether {@code name} is one of theirs. */
    public static boolean knows(String name) {
        return name.equals(NAME) || SIZED.matcher(name).matches();
    }

    /**
     * The network of this name for the texts of {@code data}, with fresh weights.
     *
     * @throws IllegalArgumentException if the data have not two texts and a real value for each sample, or a text is too
     *     short for three convolutions
     */
    public static Model of(String name, Dataset data, long seed) {
        Require.that(
                data.texts().size() == 2 && data.isValued(),
                "network %s takes two texts and tells a real value, but %s has %d texts and %s; take another network, or data"
                        + " such as davis",
                name,
                data.name(),
                data.texts().size(),
                data.isValued() ? "real values" : "classes");
        int[] sizes = Architectures.widths(name.equals(NAME) ? USUAL : name.substring(NAME.length() + 1));
        for (int size : sizes) {
            Require.atLeast("size in " + name, size, 1);
        }
        TextArchitectures net = new TextArchitectures();
        Map<String, Shape> inputs = new LinkedHashMap<>();
        List<String> features = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Text text = data.texts().get(i);
            inputs.put(text.name(), Shape.of(text.length()));
            features.add(net.branch(name, text, sizes[i], sizes[2], sizes[3]));
        }
        String x = net.add("features", "concat", features.toArray(String[]::new));
        for (int l = 1; l <= 3; l++) {
            x = net.add("dense" + l, "dense " + sizes[3 + l] + " relu", x);
            if (l < 3) {
                x = net.add("dropout" + l, new Layers.Dropout(DROPOUT).text(), x);
            }
        }
        net.add(OUTPUT, "dense 1", x);
        net.initial.put(OUTPUT, new WeightInitDistribution(new NormalDistribution(0, SPREAD)));
        return new Blueprint(inputs, net.nodes).drawn(seed, net.initial);
    }

    private String branch(String network, Text text, int kernel, int embedding, int filters) {
        int windows = text.length() - CONVOLUTIONS * (kernel - 1);
        Require.that(
                windows >= 1,
                "network %s has kernels of %d for text %s, which is %d tokens long, but it must have at least %d",
                network,
                kernel,
                text.name(),
                text.length(),
                CONVOLUTIONS * (kernel - 1) + 1);
        String x = add(text.name() + "-embedding", new Op.Embedding(text.tokens(), embedding).text(), text.name());
        initial.put(x, new WeightInitDistribution(new UniformDistribution(-SPREAD, SPREAD)));
        for (int l = 1; l <= CONVOLUTIONS; l++) {
            x = add(text.name() + "-convolution" + l, "conv " + l * filters + " " + kernel + "x1 relu", x);
        }
        return add(text.name() + "-features", "flatten", add(text.name() + "-max", "max " + windows + "x1", x));
    }

    private String add(String name, String words, String... reads) {
        nodes.add(new Blueprint.Node(name, Op.parse(words), List.of(reads)));
        initial.put(name, new WeightInitXavierUniform());
        return name;
    }
}
