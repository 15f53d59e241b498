package org.parsimony.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.base.With;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.data.Dataset;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Outcome;
import org.parsimony.method.Registration;
import org.parsimony.network.Architecture;
import org.parsimony.network.Model;
import tech.tablesaw.api.Table;

/**
 * Encodes a network exactly, as a {@code .pars} file holds it, and tells what its layers take in every code. The network
 * itself stays as it is. Nothing is random.
 */
public final class Encode {

    /** The entry of {@link Sizes#bytes} that is no code: 32-bit floats. */
    private static final String DENSE = "dense";

    private Encode() {}

    /** Which code layers take in the file; by default each the smallest. */
    public record Options(
            @Describe("code of dense layers in the file") Code dense,
            @Describe("code of convolutions in the file") Code convolution) {

        public Options {
            Require.oneOf("dense", dense, Code.values());
            Require.oneOf("convolution", convolution, Code.values());
        }

        /** Each layer in its smallest code. */
        public Options() {
            this(Code.SMALLEST, Code.SMALLEST);
        }

        /** These options with another code of dense layers. */
        public Options dense(Code other) {
            return With.component(this, "dense", other);
        }

        /** These options with another code of convolutions. */
        public Options convolution(Code other) {
            return With.component(this, "convolution", other);
        }
    }

    /**
     * What one layer takes in every code.
     *
     * @param nonzeros weights that are not zero
     * @param distinct values, zero included
     * @param entropy zero-order, bits a weight
     * @param bytes by code, {@code "dense"} first; of a layer whose weights hardly repeat only that, for a table of values
     *     would be as large as the weights
     * @param psiReported by code, occupancy of HAM and sHAM as the paper's scripts count
     * @param psiCorrected the same with 8 bytes for a 64-bit word
     */
    public record Sizes(
            long nonzeros,
            int distinct,
            double entropy,
            Map<String, Long> bytes,
            Map<String, Double> psiReported,
            Map<String, Double> psiCorrected) {}

    /** A layer with weights. */
    private record Weighted(int layer, DenseMatrix matrix) {}

    private record Sized(Weighted of, Sizes sizes) {}

    /**
     * An encoded network.
     *
     * @param coded the network in code
     */
    public record Encoded(Change change, CodedNetwork coded) implements Outcome {

        /** Bytes of the whole {@code .pars} file. */
        public long fileBytes() {
            return coded.sizeInBytes();
        }

        /** Bytes of all the network's parameters as 32-bit floats over {@link #fileBytes}. */
        public double ratio() {
            return 4.0 * model().net().parameters() / fileBytes();
        }

        /** The largest weight matrix, {@code [inputs × units]}. */
        public DenseMatrix largest() {
            return weighted().stream()
                    .map(Weighted::matrix)
                    .max(Comparator.comparingInt(matrix -> matrix.values().length))
                    .orElseThrow();
        }

        /** {@link #table()}. */
        @Override
        public Table trace() {
            return table();
        }

        /**
         * One row for every layer with weights: nonzeros, distinct values, entropy, bytes in every code, ψ in both
         * readings; missing where weights hardly repeat. Complexity: that of all codes.
         */
        public Table table() {
            List<Sized> layers = weighted().stream()
                    .map(layer -> new Sized(layer, sizes(layer.matrix())))
                    .toList();
            Rows<Sized> rows = Rows.of(layers)
                    .ints("layer", layer -> layer.of().layer())
                    .texts(
                            "shape",
                            layer -> layer.of().matrix().rows() + " × "
                                    + layer.of().matrix().cols())
                    .longs("nonzeros", layer -> layer.sizes().nonzeros())
                    .ints("values", layer -> layer.sizes().distinct())
                    .doubles("entropy, bits", layer -> layer.sizes().entropy());
            for (String code : names(layers, Sizes::bytes)) {
                rows.longs(code, layer -> layer.sizes().bytes().getOrDefault(code, Rows.MISSING));
            }
            for (String code : names(layers, Sizes::psiReported)) {
                rows.doubles(
                        "ψ " + code + ", published", layer -> psi(layer.sizes().psiReported(), code));
                rows.doubles(
                        "ψ " + code + ", corrected", layer -> psi(layer.sizes().psiCorrected(), code));
            }
            return rows.table("code, layers; sizes in bytes");
        }

        private List<Weighted> weighted() {
            Map<String, Architecture.Weights> weights = coded.blueprint().weights(model());
            List<Weighted> layers = new ArrayList<>();
            for (int l = 0; l < model().net().layers(); l++) {
                Architecture.Weights w = weights.get(model().net().name(l));
                if (w != null && model().net().layer(l).getParam("W") != null) {
                    layers.add(new Weighted(l, new DenseMatrix(w.rows(), w.cols(), w.values())));
                }
            }
            return layers;
        }

        private static List<String> names(List<Sized> layers, Function<Sizes, Map<String, ?>> columns) {
            return layers.stream()
                    .flatMap(layer -> columns.apply(layer.sizes()).keySet().stream())
                    .distinct()
                    .toList();
        }

        private static double psi(Map<String, Double> codes, String code) {
            return codes.getOrDefault(code, Double.NaN);
        }

        /** What every layer with parameters takes in the file, biases included, in percent of its 32-bit floats. */
        @Override
        public Chart<?, ?> figure() {
            List<CodedLayer> layers = coded.layers();
            List<String> names = new ArrayList<>();
            double[] share = new double[layers.size()];
            for (int l = 0; l < layers.size(); l++) {
                CompressedMatrix matrix = layers.get(l).matrix();
                names.add((l + 1) + ": " + matrix.rows() + " × " + matrix.cols() + ", " + matrix.name());
                long floats =
                        (long) matrix.rows() * matrix.cols() + layers.get(l).bias().length;
                share[l] = 100.0 * layers.get(l).sizeInBytes() / (4 * floats);
            }
            return Charts.bars(
                    change.data().title() + ", encoding",
                    "layer and its code",
                    "size in the file [% of 32-bit floats]",
                    names,
                    List.of(Curve.heights("size", share)));
        }

        /**
         * Length of the Huffman code word of every value of the layers whose weights repeat, against its ideal length
         * −log₂ p.
         *
         * @throws IllegalStateException if there is no such layer
         */
        public XYChart codeLengths() {
            List<Charts.Curve> clouds = new ArrayList<>();
            double longest = 1;
            for (Weighted layer : weighted()) {
                Map<Float, Integer> counts = counts(layer.matrix());
                if (!repeats(layer.matrix(), counts)) {
                    continue;
                }
                HuffmanCode code = HuffmanCode.of(layer.matrix());
                double[] ideal = new double[code.size()];
                double[] length = new double[code.size()];
                for (int i = 0; i < code.size(); i++) {
                    double share =
                            (double) counts.get(code.value(i)) / layer.matrix().values().length;
                    ideal[i] = -Math.log(share) / Math.log(2);
                    length[i] = code.length(i);
                    longest = Math.max(longest, Math.max(ideal[i], length[i]));
                }
                clouds.add(new Charts.Curve("layer " + layer.layer(), ideal, length));
            }
            if (clouds.isEmpty()) {
                throw new IllegalStateException(
                        "no layer's weights repeat, so there are no code words to show; quantise or prune first");
            }
            XYChart chart = Charts.points(
                    change.data().title() + ", code words",
                    "ideal length −log₂ p [bits]",
                    "length of the Huffman word [bits]",
                    clouds);
            Charts.reference(chart, "ideal", new double[] {0, longest}, new double[] {0, longest});
            return chart;
        }

        /** How small the file is, and of what. */
        @Override
        public String verdict() {
            long weights = 0;
            long nonzeros = 0;
            int most = 0;
            for (Weighted layer : weighted()) {
                weights += layer.matrix().values().length;
                for (float w : layer.matrix().values()) {
                    nonzeros += w == 0 ? 0 : 1;
                }
                most = Math.max(most, counts(layer.matrix()).size());
            }
            return String.format(
                    Locale.ROOT,
                    "a file of %,d bytes, 1/%.1f of the network in 32-bit floats: %,d of %,d weights are not zero, with at"
                            + " most %,d values in a layer; the network itself is as it was",
                    fileBytes(),
                    ratio(),
                    nonzeros,
                    weights,
                    most);
        }
    }

    /**
     * Encodes {@code start}.
     *
     * @throws IllegalArgumentException if the network has a layer that cannot be coded, by name
     */
    public static Encoded run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        context.progress().checkCancelled();
        int[] shape = data.train().shape();
        CodedNetwork coded = CodedNetwork.encode(
                start,
                new CodedNetwork.Options().dense(options.dense()).convolution(options.convolution()),
                shape.length == 3 ? shape : new int[0]);
        return new Encoded(Change.of(start, start.copy(), data, nanos), coded);
    }

    /** What {@code matrix} takes in every code. */
    static Sizes sizes(DenseMatrix matrix) {
        Map<Float, Integer> counts = counts(matrix);
        int all = matrix.values().length;
        double entropy = 0;
        for (int count : counts.values()) {
            entropy -= (double) count / all * Math.log((double) count / all) / Math.log(2);
        }
        Map<String, Long> bytes = new LinkedHashMap<>();
        Map<String, Double> reported = new TreeMap<>();
        Map<String, Double> corrected = new TreeMap<>();
        bytes.put(DENSE, 4L * all);
        if (repeats(matrix, counts)) {
            for (CompressedMatrix code : CodeReport.codes(matrix)) {
                bytes.put(code.name(), code.sizeInBytes());
                if (code instanceof HamMatrix ham) {
                    reported.put(code.name(), Accounting.psiReported(ham));
                    corrected.put(code.name(), Accounting.psiCorrected(ham));
                } else if (code instanceof ShamMatrix sham) {
                    reported.put(code.name(), Accounting.psiReported(sham));
                    corrected.put(code.name(), Accounting.psiCorrected(sham));
                }
            }
        }
        long nonzeros = 0;
        for (float w : matrix.values()) {
            nonzeros += w == 0 ? 0 : 1;
        }
        return new Sizes(nonzeros, counts.size(), entropy, bytes, reported, corrected);
    }

    /** How often each value occurs. */
    private static Map<Float, Integer> counts(DenseMatrix matrix) {
        float[] sorted = matrix.values().clone();
        Arrays.sort(sorted);
        Map<Float, Integer> counts = new LinkedHashMap<>();
        for (int i = 0, next; i < sorted.length; i = next) {
            next = i + 1;
            while (next < sorted.length && Float.floatToIntBits(sorted[next]) == Float.floatToIntBits(sorted[i])) {
                next++;
            }
            counts.put(sorted[i], next - i);
        }
        return counts;
    }

    /** Whether one weight in ten at least has another's value, as in a row's sizes. */
    private static boolean repeats(DenseMatrix matrix, Map<Float, Integer> counts) {
        return counts.size() <= 0.9 * matrix.values().length;
    }

    /** The method {@code code}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("code", "", "encode the network as a file, exactly", Options.class, Encode::run);
        }

        @Override
        public boolean takesValues() {
            return true;
        }
    }
}
