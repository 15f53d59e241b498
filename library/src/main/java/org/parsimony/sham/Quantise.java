package org.parsimony.sham;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Scope;

/**
 * Quantises weights: those of a layer, or of all chosen layers, come to share at most k values. Weights of one value are
 * tied and stay equal through every later step, weights that are zero are masked and stay zero; a step {@code train} after
 * this one fine-tunes the values.
 *
 * <p>After Marinò et al. (ICPR 2020), section III, with the quantisers that their later work adds.
 *
 * <p>Randomness: the draws of {@link Quantiser#PWS} and the starts of {@link Clustering#LLOYD_PLUS_PLUS} and
 * {@link Clustering#MINI_BATCH}, by the context.
 */
public final class Quantise {

    private Quantise() {}

    /** What a quantiser looks at in a pruned network. */
    public enum Population {
        /** The weights that are not zero, as the text says: zero comes on top of the k values. */
        NONZERO,
        /** All of them, as the published code does: at high ratios of pruning most of the k values fall onto zero. */
        ALL
    }

    /** How weights come to share values; the defaults are 32 values for each dense layer by exact k-means. */
    public record Options(
            @Describe("how the shared values are found") Quantiser quantiser,
            @Describe(value = "most shared values, one number or one for each chosen layer, at least 2", least = 2)
                    int[] k,
            @Describe("whether layers have codebooks of their own or share one") Scope codebooks,
            @Describe("whether the quantiser looks at the weights that are left or at all, zeros too")
                    Population population,
            @Describe("how the centres of CWS are found") Clustering clustering,
            @Describe(
                            value = "weight of a nat for ECSQ, in units of the weights' variance, at least 0",
                            least = 0,
                            most = 1e6)
                    double lambda,
            @Describe("indices of the layers, none for all of the chosen kinds") int[] layers,
            @Describe("kinds of layers, where no indices are given") LayerWeights.Kinds kinds) {

        public Options {
            k = k.clone();
            layers = layers.clone();
            Require.oneOf("quantiser", quantiser, Quantiser.values());
            Require.atLeast("k, its number of values", k.length, 1);
            for (int values : k) {
                Require.that(values >= 2, "k has %d, but each must be at least 2", values);
            }
            Require.oneOf("codebooks", codebooks, Scope.values());
            Require.that(
                    codebooks == Scope.LAYER || k.length == 1,
                    "k has %d numbers, but one codebook for all layers (codebooks = network) has one size",
                    k.length);
            Require.oneOf("population", population, Population.values());
            Require.oneOf("clustering", clustering, Clustering.values());
            Require.between("lambda", lambda, 0, 1e6);
            for (int layer : layers) {
                Require.atLeast("layers, an index", layer, 0);
            }
            Require.oneOf("kinds", kinds, LayerWeights.Kinds.values());
        }

        /** The defaults. */
        public Options() {
            this(
                    Quantiser.CWS,
                    new int[] {32},
                    Scope.LAYER,
                    Population.NONZERO,
                    Clustering.EXACT,
                    0.01,
                    new int[0],
                    LayerWeights.Kinds.DENSE);
        }

        /** These options with another quantiser. */
        public Options quantiser(Quantiser other) {
            return With.component(this, "quantiser", other);
        }

        /** These options with other numbers of shared values: one for all chosen layers, or one for each. */
        public Options k(int... other) {
            return With.component(this, "k", other);
        }

        /** These options with codebooks of each layer or one for all. */
        public Options codebooks(Scope other) {
            return With.component(this, "codebooks", other);
        }

        /** These options with another population of the quantiser. */
        public Options population(Population other) {
            return With.component(this, "population", other);
        }

        /** These options with another k-means. */
        public Options clustering(Clustering other) {
            return With.component(this, "clustering", other);
        }

        /** These options with another λ of ECSQ. */
        public Options lambda(double other) {
            return With.component(this, "lambda", other);
        }

        /** These options for the layers of these indices. */
        public Options layers(int... other) {
            return With.component(this, "layers", other);
        }

        /** These options for other kinds of layers. */
        public Options kinds(LayerWeights.Kinds other) {
            return With.component(this, "kinds", other);
        }
    }

    /**
     * Quantises a copy of {@code start}.
     *
     * @param start the network it starts from; it is not changed
     * @param context the draws of {@link Quantiser#PWS} and of the starts of k-means derive from its seed
     * @throws IllegalArgumentException if the options name layers that the network has not, or if there are neither one nor
     *     as many k as chosen layers
     */
    public static Quantised run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        List<LayerWeights> layers = LayerWeights.chosen(start, options.layers(), options.kinds());
        Require.that(
                options.k().length == 1 || options.k().length == layers.size(),
                "k has %d numbers, but must have one, or one for each of the %d chosen layers",
                options.k().length,
                layers.size());
        List<float[]> weights = layers.stream().map(layer -> layer.read(start)).toList();
        List<float[]> shared = options.codebooks() == Scope.NETWORK
                ? together(start, layers, weights, options, context)
                : apart(start, layers, weights, options, context);
        Model model = start.copy();
        int number = firstFree(start, layers);
        float[] book = options.codebooks() == Scope.NETWORK ? Codebook.distinct(joined(shared)) : null;
        List<Quantised.Layer> rows = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            LayerWeights layer = layers.get(l);
            float[] w = shared.get(l);
            float[] distinct = book == null ? Codebook.distinct(w) : book;
            tie(model, layer, w, distinct, number);
            number += book == null ? distinct.length : 0;
            rows.add(Quantised.Layer.of(layer, weights.get(l), w));
        }
        return new Quantised(
                Change.of(start, model, data, nanos).rightAfter(model),
                List.copyOf(rows),
                start.evaluate(data.validation()),
                model.evaluate(data.validation()));
    }

    private static List<float[]> apart(
            Model start, List<LayerWeights> layers, List<float[]> weights, Options options, Context context) {
        List<float[]> shared = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            context.progress().checkCancelled();
            int k = options.k()[options.k().length == 1 ? 0 : l];
            long seed = context.seed("quantiser of layer " + layers.get(l).layer());
            shared.add(shared(weights.get(l), layers.get(l).masked(start), k, options, seed));
            context.progress()
                    .report(
                            l + 1,
                            layers.size(),
                            "quantised layer " + layers.get(l).layer());
        }
        return shared;
    }

    private static List<float[]> together(
            Model start, List<LayerWeights> layers, List<float[]> weights, Options options, Context context) {
        context.progress().checkCancelled();
        float[] all = joined(weights);
        boolean[] masked = new boolean[all.length];
        int offset = 0;
        for (LayerWeights layer : layers) {
            System.arraycopy(layer.masked(start), 0, masked, offset, layer.size());
            offset += layer.size();
        }
        float[] shared = shared(all, masked, options.k()[0], options, context.seed("quantiser of all layers"));
        List<float[]> parts = new ArrayList<>();
        offset = 0;
        for (LayerWeights layer : layers) {
            parts.add(Arrays.copyOfRange(shared, offset, offset += layer.size()));
        }
        context.progress().report(1, 1, "quantised");
        return parts;
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int offset = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, offset, part.length);
            offset += part.length;
        }
        return all;
    }

    /** {@code weights} with few values; what is masked stays zero, and what the quantiser does not look at. */
    private static float[] shared(float[] weights, boolean[] masked, int k, Options options, long seed) {
        boolean all = options.population() == Population.ALL;
        float[] population = new float[weights.length];
        int n = 0;
        for (float w : weights) {
            if (all || w != 0) {
                population[n++] = w;
            }
        }
        float[] result = new float[weights.length];
        if (n == 0) {
            return result;
        }
        float[] found =
                quantised(Arrays.copyOf(population, n), k, options, seed).weights();
        n = 0;
        for (int i = 0; i < result.length; i++) {
            float value = all || weights[i] != 0 ? found[n++] : 0;
            result[i] = masked[i] ? 0 : value;
        }
        return result;
    }

    private static Codebook quantised(float[] weights, int k, Options options, long seed) {
        return switch (options.quantiser()) {
            case CWS -> KMeans.of(weights, k, options.clustering(), seed);
            case PWS -> Quantisation.pws(weights, k, seed);
            case UQ -> Quantisation.uq(weights, k);
            case ECSQ -> Quantisation.ecsq(weights, k, options.lambda());
        };
    }

    /** The first number of a shared value that no other layer has. */
    private static int firstFree(Model model, List<LayerWeights> layers) {
        int next = 0;
        for (var entry : model.constraints().ties().entrySet()) {
            if (layers.stream().noneMatch(layer -> layer.layer() == entry.getKey())) {
                next = Math.max(next, 1 + entry.getValue().maxNumber().intValue());
            }
        }
        return next;
    }

    private static void tie(Model model, LayerWeights layer, float[] values, float[] distinct, int number) {
        float[] numbers = new float[values.length];
        boolean[] zero = new boolean[values.length];
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            zero[i] = values[i] == 0;
            any |= zero[i];
            numbers[i] = zero[i] ? -1 : number + Arrays.binarySearch(distinct, values[i]);
        }
        layer.write(model, values);
        if (any) {
            layer.mask(model, zero);
        }
        INDArray ties = layer.shaped(model, numbers);
        model.tie(layer.layer(), ties);
    }

    /** The method {@code quantise}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("quantise", "sham", "let weights share few values (quantisation)", Options.class, Quantise::run);
        }

        @Override
        public boolean takesValues() {
            return true;
        }
    }
}
