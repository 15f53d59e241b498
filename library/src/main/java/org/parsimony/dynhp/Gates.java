package org.parsimony.dynhp;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Training;

/**
 * A hard-concrete gate on every unit that may go (Louizos, Welling and Kingma, ICLR 2018, equations 10 to 12): in training
 * z = min(1, max(0, s(ζ − γ) + γ)) with s = σ((ln u − ln(1 − u) + ln α)/β), one u for each gate and batch; in use without the
 * noise. The penalty λ · Σ g · P(z ≠ 0), g the parameters of a unit, closes gates whose units do not pay for themselves. The
 * ln α are trained by Adam beside the network. Gates sit on the values that the next layer reads, after batch norm,
 * activation and pooling.
 */
final class Gates implements Hook {

    private static final double GAMMA = -0.1;
    private static final double ZETA = 1.1;
    private static final double BETA = 2.0 / 3;
    /** Gates begin open with this probability: networks that begin with half of their units closed learn late. */
    private static final double OPEN = 0.95;
    /** A gate's ln α has units of its own and must move by several in a few thousand steps. */
    private static final double RATE = 0.01;

    private static final double FADE = 0.9;
    private static final double FADE_OF_SQUARES = 0.999;
    private static final double EPSILON = 1e-8;

    /** The gates of one layer. */
    private static final class Row {
        final int layer;
        /** The layer whose outputs are gated. */
        final int place;
        /** λ·g. */
        final double price;

        double[] logAlpha;
        double[] mean;
        double[] square;
        double[] sigmoid;
        double[] z;
        double[] slope;
        float[] open = new float[0];

        Row(int layer, int place, double price, int units) {
            this.layer = layer;
            this.place = place;
            this.price = price;
            logAlpha = new double[units];
            mean = new double[units];
            square = new double[units];
            Arrays.fill(logAlpha, Math.log(OPEN / (1 - OPEN)) + BETA * Math.log(-GAMMA / ZETA));
            scratch();
        }

        void scratch() {
            sigmoid = new double[logAlpha.length];
            z = new double[logAlpha.length];
            slope = new double[logAlpha.length];
        }
    }

    private final Map<Integer, Row> byLayer = new TreeMap<>();
    private final Map<Integer, Row> byPlace = new TreeMap<>();
    private final SplittableRandom random;
    private int updates;

    /**
     * @param parametersOfAUnit by layer that may lose units
     * @param loss of the dense network, in nats
     * @param share of the penalty in loss and penalty together, from 0 to below 1, when all gates are as open as they begin
     */
    Gates(Model model, Map<Integer, Long> parametersOfAUnit, double loss, double share, SplittableRandom random) {
        this.random = random;
        double all = 0;
        for (Map.Entry<Integer, Long> entry : parametersOfAUnit.entrySet()) {
            all += OPEN * entry.getValue() * Surgery.units(model, entry.getKey());
        }
        double lambda = share * loss / ((1 - share) * all);
        parametersOfAUnit.forEach((layer, parameters) -> {
            int place = Surgery.nextWithUnits(model, layer) - 1;
            Row row = new Row(layer, place, lambda * parameters, Surgery.units(model, layer));
            byLayer.put(layer, row);
            byPlace.put(place, row);
        });
    }

    /** Number of gates. */
    long count() {
        return byLayer.values().stream().mapToLong(row -> row.logAlpha.length).sum();
    }

    /** Bytes of the gates' numbers and of the values kept before gating. */
    long heldBytes() {
        return byLayer.values().stream()
                .mapToLong(row -> 6L * Double.BYTES * row.logAlpha.length + (long) Float.BYTES * row.open.length)
                .sum();
    }

    /** By layer, the probability that each gate is not closed. */
    Map<Integer, double[]> probabilities() {
        Map<Integer, double[]> all = new TreeMap<>();
        byLayer.forEach((layer, row) ->
                all.put(layer, Arrays.stream(row.logAlpha).map(Gates::open).toArray()));
        return all;
    }

    /** The derivative of the last batch's mean loss by a gate's ln α. */
    double derivative(int layer, int unit) {
        return byLayer.get(layer).slope[unit];
    }

    /** Opens a gate by so much of ln α. */
    void move(int layer, int unit, double by) {
        byLayer.get(layer).logAlpha[unit] += by;
    }

    private static double open(double logAlpha) {
        return sigmoid(logAlpha - BETA * Math.log(-GAMMA / ZETA));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double stretched(double sigmoid) {
        return Math.min(1, Math.max(0, sigmoid * (ZETA - GAMMA) + GAMMA));
    }

    /** Only these gates of a layer, in this order. */
    void keep(int layer, int[] units) {
        Row row = byLayer.get(layer);
        row.logAlpha = chosen(row.logAlpha, units);
        row.mean = chosen(row.mean, units);
        row.square = chosen(row.square, units);
        row.scratch();
    }

    private static double[] chosen(double[] values, int[] units) {
        return Arrays.stream(units).mapToDouble(unit -> values[unit]).toArray();
    }

    /** The network with its gates, as in use, folded into the weights that read the units. */
    Model folded(Model model, Model.OptimiserState state) {
        Model result = model;
        for (Row row : byLayer.values()) {
            double[] shares = Arrays.stream(row.logAlpha)
                    .map(logAlpha -> stretched(sigmoid(logAlpha)))
                    .toArray();
            int[] all = IntStream.range(0, shares.length).toArray();
            result = Surgery.rebuild(result, row.layer, all, shares, state);
        }
        return result;
    }

    @Override
    public void activated(Training training, int layer) {
        Row row = byPlace.get(layer);
        if (row == null) {
            return;
        }
        float[] values = training.values(layer);
        int columns = training.columns(layer);
        if (training.training()) {
            row.open = row.open.length == values.length ? row.open : new float[values.length];
            System.arraycopy(values, 0, row.open, 0, row.logAlpha.length * columns);
        }
        for (int unit = 0; unit < row.logAlpha.length; unit++) {
            double noise = 0;
            if (training.training()) {
                double u = 1e-6 + (1 - 2e-6) * random.nextDouble();
                noise = Math.log(u) - Math.log(1 - u);
            }
            double temperature = training.training() ? BETA : 1;
            row.sigmoid[unit] = sigmoid((noise + row.logAlpha[unit]) / temperature);
            row.z[unit] = stretched(row.sigmoid[unit]);
            for (int i = unit * columns; i < (unit + 1) * columns; i++) {
                values[i] *= (float) row.z[unit];
            }
        }
    }

    /** The loss's derivative by each gate; below the gate the values are what they were before it. */
    @Override
    public void derived(Training training, int layer) {
        Row row = byPlace.get(layer);
        if (row == null) {
            return;
        }
        float[] values = training.values(layer);
        float[] derivatives = training.derivatives(layer);
        int columns = training.columns(layer);
        for (int unit = 0; unit < row.logAlpha.length; unit++) {
            double sum = 0;
            for (int i = unit * columns; i < (unit + 1) * columns; i++) {
                sum += (double) derivatives[i] * row.open[i];
                derivatives[i] *= (float) row.z[unit];
            }
            boolean between = row.z[unit] > 0 && row.z[unit] < 1;
            double s = row.sigmoid[unit];
            row.slope[unit] = between ? sum / training.samples() * (ZETA - GAMMA) * s * (1 - s) / BETA : 0;
        }
        System.arraycopy(row.open, 0, values, 0, row.logAlpha.length * columns);
    }

    @Override
    public void updated(Training training) {
        updates++;
        double step = RATE * Math.sqrt(1 - Math.pow(FADE_OF_SQUARES, updates)) / (1 - Math.pow(FADE, updates));
        for (Row row : byLayer.values()) {
            for (int unit = 0; unit < row.logAlpha.length; unit++) {
                double p = open(row.logAlpha[unit]);
                double g = row.slope[unit] + row.price * p * (1 - p);
                row.mean[unit] = FADE * row.mean[unit] + (1 - FADE) * g;
                row.square[unit] = FADE_OF_SQUARES * row.square[unit] + (1 - FADE_OF_SQUARES) * g * g;
                row.logAlpha[unit] -= step * row.mean[unit] / (Math.sqrt(row.square[unit]) + EPSILON);
            }
        }
    }
}
