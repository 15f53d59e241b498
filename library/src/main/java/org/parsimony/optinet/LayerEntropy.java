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
import org.parsimony.network.Surgery;

/**
 * What the units of one layer say about a probe set, in bits (OptiNET-R, steps 3a to 3c).
 *
 * <p>A unit's entropy is that of its activations sorted into equal bins between the layer's least and greatest
 * activation; a unit that always says the same has none. Activations are taken where the next layer with weights reads
 * them: after batch norm, activation and pooling. A filter of a convolution counts as one unit, each of its positions as
 * one activation. Units are then gone through by falling entropy, and one whose activations correlate with a kept unit's
 * more than allowed is redundant.
 *
 * @param layer index in the network
 * @param bits entropy of every unit, in bits, by unit
 * @param ranking the units that are not redundant, by falling entropy
 */
public record LayerEntropy(int layer, double[] bits, int[] ranking) {

    private static final int BATCH = 1000;

    /**
     * Measures the units of {@code layer}. Time O(probe × units²) for the correlations.
     *
     * @param probe samples, all used
     * @param bins at least 2
     * @param maxCorrelation greatest |correlation| of two units that both count, from 0 to 1; 1 keeps all
     */
    public static LayerEntropy of(
            Model model, int layer, Samples probe, int bins, double maxCorrelation, Progress progress) {
        Require.atLeast("bins", bins, 2);
        Require.between("maxCorrelation", maxCorrelation, 0, 1);
        INDArray activations = activations(model, layer, probe, progress);
        float[] rows = activations.data().asFloat();
        int units = activations.rows();
        double[] bits = entropies(rows, units, bins);
        Integer[] falling = IntStream.range(0, units).boxed().toArray(Integer[]::new);
        Arrays.sort(falling, Comparator.comparingDouble((Integer unit) -> -bits[unit]));
        int[] ranking = maxCorrelation >= 1
                ? Arrays.stream(falling).mapToInt(Integer::intValue).toArray()
                : withoutRedundant(falling, correlations(activations), maxCorrelation);
        return new LayerEntropy(layer, bits, ranking);
    }

    /** Number of units of the layer. */
    public int units() {
        return bits.length;
    }

    /** Summed entropy of the m highest-ranked units, in bits, for m from 0 to the number that is not redundant. */
    public double[] cumulated() {
        double[] sums = new double[ranking.length + 1];
        for (int m = 1; m <= ranking.length; m++) {
            sums[m] = sums[m - 1] + bits[ranking[m - 1]];
        }
        return sums;
    }

    /** The least number of units whose summed entropy reaches {@code demand} bits; all that count if none does. */
    public int widthFor(double demand) {
        double[] sums = cumulated();
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
        int read = Surgery.nextWithUnits(model, layer) - 1;
        Samples fitted = model.fitted(probe);
        List<INDArray> parts = new ArrayList<>();
        for (int from = 0; from < fitted.size(); from += BATCH) {
            progress.checkCancelled();
            int to = Math.min(fitted.size(), from + BATCH);
            INDArray said = model.network()
                    .feedForwardToLayer(read, fitted.x(from, to), false)
                    .get(read + 1);
            INDArray unitsFirst = said.rank() == 4
                    ? said.permute(1, 0, 2, 3).dup('c').reshape('c', said.size(1), -1)
                    : said.transpose();
            parts.add(unitsFirst.dup('c'));
        }
        return Nd4j.concat(1, parts.toArray(INDArray[]::new)).dup('c');
    }

    private static double[] entropies(float[] rows, int units, int bins) {
        int n = rows.length / units;
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : rows) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double[] bits = new double[units];
        if (!(high > low)) {
            return bits;
        }
        float scale = bins / (high - low);
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

    /** Pearson correlations {@code [units × units]}; a constant unit correlates with none. */
    private static float[][] correlations(INDArray activations) {
        INDArray centred = activations.subColumnVector(activations.mean(true, 1));
        INDArray norms = centred.norm2(true, 1);
        norms.addi(norms.eq(0).castTo(norms.dataType()));
        INDArray standard = centred.diviColumnVector(norms);
        return standard.mmul(standard.transpose()).toFloatMatrix();
    }

    private static int[] withoutRedundant(Integer[] falling, float[][] correlations, double most) {
        int[] kept = new int[falling.length];
        int count = 0;
        for (int unit : falling) {
            boolean redundant = false;
            for (int k = 0; k < count && !redundant; k++) {
                redundant = Math.abs(correlations[unit][kept[k]]) > most;
            }
            if (!redundant) {
                kept[count++] = unit;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
