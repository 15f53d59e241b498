package org.parsimony.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Pruning;
import org.parsimony.pruning.Removal;

/** What is done to one layer of a network, and to it alone, to see how much it bears. Nothing is trained. */
public interface LayerHarm {

    /** The word for it in commands: {@code "sparsity"}. */
    String word();

    /** What an amount is: {@code "share of weights removed"}. */
    String amount();

    /** The amounts that one usually looks at, from the mildest. */
    double[] usual();

    /**
     * The step of a recipe that does this to several layers, in words: {@code "magnitude layers=0,2 ratio=0.8,0.6"}.
     *
     * @param layers indices, at least one
     * @param amounts one for each
     */
    String step(int[] layers, double[] amounts);

    /** All there are, those that methods bring among them. */
    static List<LayerHarm> all() {
        List<LayerHarm> all = new ArrayList<>(List.of(Of.values()));
        ServiceLoader.load(LayerHarm.class, LayerHarm.class.getClassLoader()).forEach(all::add);
        return List.copyOf(all);
    }

    /** The harm with this word. Throws IllegalArgumentException if there is none. */
    static LayerHarm named(String word) {
        List<LayerHarm> all = all();
        return all.stream()
                .filter(harm -> harm.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no harm \"" + word + "\"; there are "
                        + String.join(", ", all.stream().map(LayerHarm::word).toList())));
    }

    /** Numbers with commas between, whole ones without a fraction. */
    static String list(double... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(
                        number -> number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number))
                .collect(Collectors.joining(","));
    }

    /** Whether it can be done to {@code layer}. */
    boolean suits(Model model, LayerWeights layer);

    /** A copy of {@code model} with this done to {@code layer}. */
    Model harmed(Model model, Dataset data, LayerWeights layer, double amount, Context context);

    /** The two that remove something, by magnitude. */
    enum Of implements LayerHarm {
        /** The share of the layer's weights, those of least magnitude. */
        SPARSITY("share of weights removed", Removal.Of.WEIGHT, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95),
        /** The share of the layer's units, those whose weights have the least norm, with all that is tied to them. */
        UNITS("share of units removed", Removal.Of.UNIT, 0.1, 0.25, 0.5, 0.75, 0.9);

        private final String amount;
        private final Removal.Of removal;
        private final double[] usual;

        Of(String amount, Removal.Of removal, double... usual) {
            this.amount = amount;
            this.removal = removal;
            this.usual = usual;
        }

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public double[] usual() {
            return usual.clone();
        }

        @Override
        public String step(int[] layers, double[] amounts) {
            String units = removal == Removal.Of.UNIT ? " remove=unit" : "";
            return "magnitude layers="
                    + LayerHarm.list(Arrays.stream(layers).asDoubleStream().toArray()) + " ratio="
                    + LayerHarm.list(amounts) + units;
        }

        @Override
        public String amount() {
            return amount;
        }

        @Override
        public boolean suits(Model model, LayerWeights layer) {
            return this == SPARSITY || Arrays.stream(Surgery.layers(model)).anyMatch(l -> l == layer.layer());
        }

        @Override
        public Model harmed(Model model, Dataset data, LayerWeights layer, double share, Context context) {
            Pruning.Options options =
                    new Pruning.Options().remove(removal).layers(layer.layer()).ratio(share);
            return Pruning.run(Importance.MAGNITUDE, model, data, options, context)
                    .model();
        }
    }
}
