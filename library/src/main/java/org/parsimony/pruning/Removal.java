package org.parsimony.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;

/** What is removed at a time: the elements of a layer that are scored, ranked and masked. */
public interface Removal {

    /** What one element is called, for example {@code "weight"}. */
    String element();

    /** Of the chosen layers those from which such elements can be removed, in order. */
    List<LayerWeights> layers(Model model, List<LayerWeights> chosen);

    /** Elements of {@code layer}. */
    int count(LayerWeights layer);

    /** Which elements of {@code layer} are out already. */
    boolean[] removed(Model model, LayerWeights layer);

    /** Scores of the elements of {@code layer} from those of its weights. */
    double[] scores(LayerWeights layer, float[] weights, Importance importance);

    /**
     * Scores of the elements of {@code layers}, which an importance gives.
     *
     * @param samples training samples that a score may look at, at least 1
     */
    default List<double[]> scores(
            Importance importance, Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
        List<float[]> scores = importance.scores(model, data, layers, samples, context);
        return IntStream.range(0, layers.size())
                .mapToObj(l -> scores(layers.get(l), scores.get(l), importance))
                .toList();
    }

    /**
     * A network in which these elements of {@code layer} are out, by masks; others stay as they are.
     *
     * @param model the caller's own: single weights are masked in it, of units it stays as it is and the result is a copy
     */
    Model without(Model model, LayerWeights layer, boolean[] out);

    /** The two there are. */
    enum Of implements Removal {
        /** Single weights, wherever they stand. */
        WEIGHT {
            @Override
            public List<LayerWeights> layers(Model model, List<LayerWeights> chosen) {
                return chosen;
            }

            @Override
            public int count(LayerWeights layer) {
                return layer.size();
            }

            @Override
            public boolean[] removed(Model model, LayerWeights layer) {
                return layer.masked(model);
            }

            @Override
            public double[] scores(LayerWeights layer, float[] weights, Importance importance) {
                return IntStream.range(0, weights.length)
                        .mapToDouble(i -> weights[i])
                        .toArray();
            }

            @Override
            public Model without(Model model, LayerWeights layer, boolean[] out) {
                layer.mask(model, out);
                return model;
            }
        },
        /**
         * Whole units, neurons or filters, with all that leads into them and reads from them. A unit that the next layer
         * does not read is out already. The output layer's units are the classes and stay.
         */
        UNIT {
            @Override
            public List<LayerWeights> layers(Model model, List<LayerWeights> chosen) {
                int[] possible = Surgery.layers(model);
                return chosen.stream()
                        .filter(layer -> Arrays.stream(possible).anyMatch(l -> l == layer.layer()))
                        .toList();
            }

            @Override
            public int count(LayerWeights layer) {
                return layer.units();
            }

            @Override
            public boolean[] removed(Model model, LayerWeights layer) {
                double[] read = Surgery.readNorms(model, layer.layer());
                boolean[] removed = new boolean[read.length];
                for (int unit = 0; unit < read.length; unit++) {
                    removed[unit] = read[unit] == 0;
                }
                return removed;
            }

            @Override
            public double[] scores(LayerWeights layer, float[] weights, Importance importance) {
                double[] scores = new double[layer.units()];
                for (int unit = 0; unit < scores.length; unit++) {
                    scores[unit] = importance.unit(weights, unit * layer.inputs(), (unit + 1) * layer.inputs());
                }
                return scores;
            }

            /** A unit of a graph has the score of all weights that lead into it, in every layer that it is tied to. */
            @Override
            public List<double[]> scores(
                    Importance importance,
                    Model model,
                    Dataset data,
                    List<LayerWeights> layers,
                    int samples,
                    Context context) {
                int[] indices = layers.stream()
                        .flatMapToInt(layer -> Arrays.stream(Surgery.tied(model, layer.layer())))
                        .distinct()
                        .toArray();
                List<LayerWeights> all = LayerWeights.chosen(model, indices, LayerWeights.Kinds.ALL);
                List<float[]> scores = importance.scores(model, data, all, samples, context);
                return layers.stream()
                        .map(layer -> {
                            double[] units = new double[layer.units()];
                            List<int[]> places = all.stream()
                                    .map(other -> Surgery.counterparts(model, layer.layer(), other.layer()))
                                    .toList();
                            for (int unit = 0; unit < units.length; unit++) {
                                float[] own = new float[0];
                                for (int o = 0; o < places.size(); o++) {
                                    int place = places.get(o)[unit];
                                    int inputs = all.get(o).inputs();
                                    if (place >= 0) {
                                        int start = own.length;
                                        own = Arrays.copyOf(own, start + inputs);
                                        System.arraycopy(scores.get(o), place * inputs, own, start, inputs);
                                    }
                                }
                                units[unit] = importance.unit(own, 0, own.length);
                            }
                            return units;
                        })
                        .toList();
            }

            @Override
            public Model without(Model model, LayerWeights layer, boolean[] out) {
                int[] units =
                        IntStream.range(0, out.length).filter(unit -> out[unit]).toArray();
                Model masked = Surgery.mask(model, layer.layer(), units);
                int[] layers = IntStream.concat(
                                Arrays.stream(Surgery.tied(masked, layer.layer())),
                                Arrays.stream(Surgery.readers(masked, layer.layer())))
                        .distinct()
                        .toArray();
                List<LayerWeights> touched =
                        new ArrayList<>(LayerWeights.chosen(masked, layers, LayerWeights.Kinds.ALL));
                touched.forEach(each -> each.untie(masked));
                return masked;
            }
        };

        @Override
        public String element() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
