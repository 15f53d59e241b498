package org.parsimony.optinet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Pass;

/**
 * What the units of one layer say about a probe set, in bits (OptiNET-R, steps 3a to 3c).
 *
 * <p>Activations are taken where the next layer with weights reads them, after batch norm, activation and pooling; in a
 * graph, where the first that reads all units does, or where none does, as the layer itself gives them. A filter of a convolution counts as one unit, each of its positions as one activation. They are quantised into equal
 * bins between the layer's least and greatest activation; a unit that always says the same has no entropy. Units are
 * ranked greedily by the bits that each adds to those before it, as {@link Measure} says, and one whose activations
 * correlate with a ranked unit's more than allowed is redundant and does not count.
 *
 * @param layer index in the network
 * @param bits entropy of every unit by itself, in bits, by unit
 * @param ranking the units that are not redundant, those that add most first
 * @param gains bits that each ranked unit adds to those before it, in the order of the ranking, never rising
 */
public record LayerEntropy(int layer, double[] bits, int[] ranking, double[] gains) {

    /** How the entropies of units add up. */
    public enum Measure {
        /**
         * Each unit counts with the entropy of its own histogram, −Σ p log₂ p over the bins, whatever the others say:
         * the plain reading.
         */
        MARGINAL,
        /**
         * Each unit counts with what it adds to the ranked ones, as the next layer hears it: its activation times the
         * Euclidean norm of the weights that read it. The layer is taken for a Gaussian channel with the quantiser's noise
         * σ² = Δ²/12 for bins of width Δ, whose units S together carry ½ log₂ det(I + C_S/σ²) bits, C being the covariance
         * of what is heard. Greedy choice by pivoted Cholesky factorisation of C + σ²I.
         */
        JOINT
    }

    private static final int BATCH = 1000;
    private static final long MOST_VALUES = 1L << 25;

    /**
     * Measures the units of {@code layer}. Time O(probe × units² + units³).
     *
     * @param probe samples, the first of them where a layer of large images would have more than 2²⁵ activations
     * @param bins of the quantiser, at least 2
     * @param maxCorrelation greatest |correlation| of two units that both count, from 0 to 1; 1 keeps all
     */
    public static LayerEntropy of(
            Model model,
            int layer,
            Samples probe,
            Measure measure,
            int bins,
            double maxCorrelation,
            Progress progress) {
        Require.atLeast("bins", bins, 2);
        Require.between("maxCorrelation", maxCorrelation, 0, 1);
        INDArray activations = activations(model, layer, probe, progress);
        double[] bits = entropies(activations, bins);
        INDArray heard = activations.mulColumnVector(
                Nd4j.create(Surgery.readNorms(model, layer)).castTo(activations.dataType()));
        double[][] covariance = covariance(heard);
        double noise = Math.pow(range(heard) / bins, 2) / 12;
        Redundancy redundancy = new Redundancy(covariance, maxCorrelation);
        Ranking ranking = measure == Measure.JOINT && noise > 0
                ? Ranking.joint(covariance, noise, redundancy)
                : Ranking.marginal(bits, redundancy);
        return new LayerEntropy(layer, bits, ranking.units(), ranking.gains());
    }

    /** Number of units of the layer. */
    public int units() {
        return bits.length;
    }

    /** Bits that the m highest-ranked units carry, for m from 0 to the number that is not redundant. */
    public double[] carried() {
        double[] sums = new double[ranking.length + 1];
        for (int m = 1; m <= ranking.length; m++) {
            sums[m] = sums[m - 1] + gains[m - 1];
        }
        return sums;
    }

    /** The least number of units that carry {@code demand} bits; all that count if they do not. */
    public int widthFor(double demand) {
        double[] sums = carried();
        int m = 0;
        while (m < ranking.length && sums[m] < demand) {
            m++;
        }
        return m;
    }

    /**
     * The {@code width} units to keep: the highest-ranked ones, then redundant ones by falling entropy where there are
     * not enough; in the layer's order.
     */
    public int[] best(int width) {
        Require.between("width of layer " + layer, width, 1, units());
        int[] redundant = IntStream.range(0, units())
                .filter(unit -> Arrays.stream(ranking).noneMatch(kept -> kept == unit))
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -bits[unit]))
                .mapToInt(Integer::intValue)
                .toArray();
        return IntStream.concat(Arrays.stream(ranking), Arrays.stream(redundant))
                .limit(width)
                .sorted()
                .toArray();
    }

    /** Activations {@code [units × (samples · positions)]}, row-major. */
    private static INDArray activations(Model model, int layer, Samples probe, Progress progress) {
        int[] weighted = Surgery.layers(model);
        int at = Arrays.binarySearch(weighted, layer);
        Require.that(
                at >= 0,
                "layer %d has no units that could be removed; layers that have are %s",
                layer,
                Arrays.toString(weighted));
        int count = Surgery.units(model, layer);
        int reader = Arrays.stream(Surgery.readers(model, layer))
                .filter(other -> takesAll(Surgery.unitsTaken(model, layer, other), count))
                .findFirst()
                .orElse(-1);
        int[] units = reader < 0 ? IntStream.range(0, count).toArray() : Surgery.unitsTaken(model, layer, reader);
        Samples fitted = model.fitted(probe);
        Pass pass = new Pass(model.net(), Statistics.RUNNING);
        int own = pass.place(layer);
        int place = reader < 0 ? own + 1 : pass.place(reader);
        List<INDArray> parts = new ArrayList<>();
        long values = 0;
        for (int from = 0; from < fitted.size() && values < MOST_VALUES; from += BATCH) {
            progress.checkCancelled();
            int to = Math.min(fitted.size(), from + BATCH);
            var below = pass.through(pass.input(fitted.x(from, to)), pass.first(), place);
            INDArray said = reader < 0 ? below.get(own) : pass.reaching(place, below);
            INDArray part = unitsFirst(said, units, count);
            parts.add(part);
            values += part.length();
        }
        return Nd4j.concat(1, parts.toArray(INDArray[]::new)).dup('c');
    }

    private static boolean takesAll(int[] units, int count) {
        return Arrays.stream(units).filter(unit -> unit >= 0).distinct().count() == count;
    }

    /** Of what a layer takes or gives, the values of each unit: {@code [units × (samples · positions)]}. */
    private static INDArray unitsFirst(INDArray said, int[] units, int count) {
        float[] values = said.dup('c').data().asFloat();
        int n = (int) said.size(0);
        int inner = values.length / (n * units.length);
        int taken = (int) Arrays.stream(units).filter(unit -> unit >= 0).count() / count;
        float[] rows = new float[count * n * taken * inner];
        int[] seen = new int[count];
        for (int i = 0; i < units.length; i++) {
            int unit = units[i];
            if (unit < 0) {
                continue;
            }
            for (int sample = 0; sample < n; sample++) {
                int to = ((unit * n + sample) * taken + seen[unit]) * inner;
                System.arraycopy(values, (sample * units.length + i) * inner, rows, to, inner);
            }
            seen[unit]++;
        }
        return Nd4j.create(rows, new long[] {count, (long) n * taken * inner}, 'c');
    }

    private static double range(INDArray values) {
        return values.maxNumber().doubleValue() - values.minNumber().doubleValue();
    }

    private static double[] entropies(INDArray activations, int bins) {
        double low = activations.minNumber().doubleValue();
        double range = range(activations);
        float[] rows = activations.data().asFloat();
        int units = activations.rows();
        int n = activations.columns();
        double[] bits = new double[units];
        if (!(range > 0)) {
            return bits;
        }
        double scale = bins / range;
        int[] counts = new int[bins];
        for (int unit = 0; unit < units; unit++) {
            Arrays.fill(counts, 0);
            for (int i = unit * n; i < (unit + 1) * n; i++) {
                counts[Math.min(bins - 1, (int) ((rows[i] - low) * scale))]++;
            }
            for (int count : counts) {
                double p = (double) count / n;
                bits[unit] -= count == 0 ? 0 : p * Math.log(p) / Math.log(2);
            }
        }
        return bits;
    }

    /** Covariance of activations {@code [units × units]}. */
    private static double[][] covariance(INDArray activations) {
        INDArray centred = activations.subColumnVector(activations.mean(true, 1));
        return centred.mmul(centred.transpose()).divi(activations.columns()).toDoubleMatrix();
    }
}
