package org.parsimony.transfer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/**
 * One vector for each sample.
 *
 * @param width values of a vector
 * @param values {@code [samples × width]}, row-major; shared, read-only
 */
public record Features(int width, float[] values) {

    private static final int BATCH = 500;

    public Features {
        Require.atLeast("width of the features", width, 1);
        Require.that(
                values.length % width == 0,
                "there are %d values, but features of width %d need a multiple of that",
                values.length,
                width);
    }

    /** Number of samples. */
    public int samples() {
        return values.length / width;
    }

    /** The vectors of these samples, in this order, copied. */
    public Features rows(int... indices) {
        float[] chosen = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * width, chosen, i * width, width);
        }
        return new Features(width, chosen);
    }

    /**
     * What leaves layer {@code layer} of {@code model}, batch norm with its running statistics, flattened.
     *
     * @param layer index in the network, as {@link org.parsimony.network.Net} counts
     * @throws IllegalArgumentException if there is no such layer
     */
    public static Features of(Model model, Samples samples, int layer) {
        Require.between("layer of the features", layer, 0, model.net().layers() - 1);
        float[][] parts = new float[(samples.size() + BATCH - 1) / BATCH][];
        int width = 1;
        for (int p = 0; p < parts.length; p++) {
            int to = Math.min(samples.size(), (p + 1) * BATCH);
            Samples batch = samples.range(p * BATCH, to);
            INDArray out = model.isGraph()
                    ? ofGraph(model, batch, layer)
                    : Forward.below(model, batch, layer + 1, Statistics.RUNNING);
            parts[p] = out.dup('c').data().asFloat();
            width = parts[p].length / batch.size();
        }
        float[] all = new float[samples.size() * width];
        for (int p = 0; p < parts.length; p++) {
            System.arraycopy(parts[p], 0, all, p * BATCH * width, parts[p].length);
        }
        return new Features(width, all);
    }

    private static INDArray ofGraph(Model model, Samples batch, int layer) {
        INDArray x = model.fitted(batch).x(0, batch.size());
        return model.graph().feedForward(x, false).get(model.net().name(layer));
    }

    /** The last layer before the one that tells the classes: where features are taken unless something else is asked for. */
    public static int lastHidden(Model model) {
        for (int l = model.net().layers() - 1; l > 0; l--) {
            if (model.net().layer(l).getParam("W") != null) {
                return l - 1;
            }
        }
        throw new IllegalArgumentException("the network has one layer with weights, so it has no features before it");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Features that && that.width == width && Arrays.equals(that.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(values);
    }
}
