package org.parsimony.optinet;

import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How the complexity K of a data set becomes the width of each hidden layer.
 *
 * <p>The published steps after the complexity were not at hand, so these are readings, each a choice: the first measures
 * the layers of a trained network, the others are closed forms for the first hidden layer. From there, later layers
 * shrink geometrically towards the number of classes. No layer gets fewer units than max(2, ⌈Q⌉), Q being the class bits.
 */
public enum Sizing {
    /** OptiNET-R: as many units as it takes for their entropies to add up to the layer's demand. */
    LAYER_ENTROPY("fewest units whose entropies sum to the demand"),
    /** ⌈K · C⌉ for C classes. */
    COMPLEXITY_BY_CLASSES("⌈K · C⌉"),
    /** ⌈2^K⌉: K as the bits of as many states to tell apart. */
    STATES("⌈2^K⌉"),
    /** ⌈K⌉: one bit for each binary neuron; a lower bound. */
    BITS("⌈K⌉"),
    /** ⌈inputs · mean entropy / 8⌉: each 8-bit input squeezed to its mean entropy. */
    INPUT_COMPRESSION("⌈inputs · H / 8⌉"),
    /** ⌈2/3 · inputs + C⌉: a rule of thumb that the paper's introduction cites, as a baseline. */
    TWO_THIRDS("⌈2/3 · inputs + C⌉"),
    /** ⌈(inputs + C) / 2⌉: a rule of thumb, midway between inputs and outputs, as a baseline. */
    BETWEEN("⌈(inputs + C) / 2⌉"),
    /** ⌈samples / (2 · (inputs + C))⌉: a rule of thumb by the number of training samples, as a baseline. */
    SAMPLES("⌈samples / (2 · (inputs + C))⌉");

    private final String formula;

    Sizing(String formula) {
        this.formula = formula;
    }

    /** The rule as a formula for the first hidden layer. */
    public String formula() {
        return formula;
    }

    /** Whether the rule needs the layer entropies of a trained network. */
    public boolean measuresLayers() {
        return this == LAYER_ENTROPY;
    }

    /**
     * Width of the first hidden layer by a closed form.
     *
     * @throws IllegalArgumentException for {@link #LAYER_ENTROPY}, which has none
     */
    public int firstWidth(Complexity complexity, int inputs, int classes) {
        double width =
                switch (this) {
                    case LAYER_ENTROPY ->
                        throw new IllegalArgumentException(
                                "sizing LAYER_ENTROPY has no closed form; it measures a trained network");
                    case COMPLEXITY_BY_CLASSES -> complexity.bits() * classes;
                    case STATES -> Math.pow(2, complexity.bits());
                    case BITS -> complexity.bits();
                    case INPUT_COMPRESSION -> inputs * complexity.meanEntropy() / 8;
                    case TWO_THIRDS -> 2.0 / 3 * inputs + classes;
                    case BETWEEN -> (inputs + classes) / 2.0;
                    case SAMPLES -> complexity.samples() / (2.0 * (inputs + classes));
                };
        return (int) Math.ceil(Math.min(width, Integer.MAX_VALUE));
    }

    /**
     * Widths of {@code layers} hidden layers that start at {@code first} and shrink geometrically towards {@code
     * classes}, the width of the layer after them, never below the floor of {@code complexity}.
     */
    public static int[] geometric(int first, int layers, int classes, Complexity complexity) {
        Require.atLeast("number of hidden layers", layers, 1);
        int[] widths = new int[layers];
        for (int l = 0; l < layers; l++) {
            double width = first * Math.pow((double) classes / first, (double) l / layers);
            widths[l] = Math.max(floor(complexity), (int) Math.round(width));
        }
        return widths;
    }

    /**
     * Demand on each of {@code layers} hidden layers in bits: {@code factor} times a line from K at the first hidden
     * layer to the class bits at the output.
     */
    public static double[] demands(Complexity complexity, int layers, double factor) {
        double[] demands = new double[layers];
        for (int l = 0; l < layers; l++) {
            double depth = (double) l / layers;
            demands[l] = factor * (complexity.bits() * (1 - depth) + complexity.classBits() * depth);
        }
        return demands;
    }

    /** The least width of a layer: max(2, ⌈class bits⌉). */
    public static int floor(Complexity complexity) {
        return Math.max(2, (int) Math.ceil(complexity.classBits()));
    }

    /** What every closed form says for {@code train} and a net of {@code layers} hidden layers. */
    public static Table table(Samples train, int layers, Complexity.ClassBits bits) {
        Complexity complexity = Complexity.of(train, bits);
        StringColumn rule = StringColumn.create("sizing");
        StringColumn formula = StringColumn.create("first hidden layer");
        List<IntColumn> widths = new java.util.ArrayList<>();
        for (int l = 1; l <= layers; l++) {
            widths.add(IntColumn.create("width " + l));
        }
        for (Sizing sizing : values()) {
            if (!sizing.measuresLayers()) {
                rule.append(sizing.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
                formula.append(sizing.formula);
                int first = sizing.firstWidth(complexity, train.inputs(), train.classes());
                int[] all = geometric(first, layers, train.classes(), complexity);
                for (int l = 0; l < layers; l++) {
                    widths.get(l).append(all[l]);
                }
            }
        }
        Table table = Table.create("widths by closed forms", rule, formula);
        widths.forEach(table::addColumns);
        return table;
    }
}
