package org.parsimony.splitting;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.splitting.eigen.SplittingMatrices;

/**
 * The splitting matrices of a dense layer or a convolution, {@code S_j = Σ q_j x xᵀ} over samples and positions, never
 * formed: a product is the forward pass of a linear layer with the vectors as weights, its outputs times q, and that layer's
 * weight gradient. Complexity: two matrix products; memory: the layer's inputs and q.
 */
final class BatchedMatrices implements SplittingMatrices {

    /** Inputs of a layer as rows of what one unit reads at one sample and position. */
    @FunctionalInterface
    interface Unfolding {
        INDArray rows(INDArray input);
    }

    private final Unfolding unfolding;
    private final List<INDArray> inputs;
    private final List<INDArray> signals;
    private final int length;
    private final double[][] free;
    private final int batch;
    private final int samples;

    /**
     * @param inputs of the layer, so many samples each, the last maybe fewer
     * @param signals q of each, {@code [samples · positions × units]}, divided by the number of all samples
     * @param length weights into a unit
     * @param free of each unit which of them may move, 1 or 0; null for all
     */
    BatchedMatrices(
            Unfolding unfolding,
            List<INDArray> inputs,
            List<INDArray> signals,
            int length,
            double[][] free,
            int batch,
            int samples) {
        this.unfolding = unfolding;
        this.inputs = inputs;
        this.signals = signals;
        this.length = length;
        this.free = free;
        this.batch = batch;
        this.samples = samples;
    }

    @Override
    public int units() {
        return free.length;
    }

    @Override
    public int inputs() {
        return length;
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public double[][] times(double[][] vectors, int from, int to) {
        INDArray v = Nd4j.create(masked(vectors)); // [units × inputs]
        INDArray weights = v.transpose();
        INDArray sum = Nd4j.zeros(units(), length);
        for (int b = from / batch; b * batch < to; b++) {
            int first = Math.max(from, b * batch) - b * batch;
            int last = Math.min(to - b * batch, (int) inputs.get(b).size(0));
            long positions = signals.get(b).size(0) / inputs.get(b).size(0);
            INDArray rows = unfolding.rows(ChainLayer.part(inputs.get(b), first, last));
            INDArray q = ChainLayer.part(signals.get(b), first * positions, last * positions);
            sum.addi(rows.mmul(weights).muli(q).transpose().mmul(rows));
        }
        double scale = (double) samples / (to - from);
        double[] flat = sum.dup('c').data().asDouble();
        double[][] products = new double[units()][length];
        for (int j = 0; j < units(); j++) {
            for (int i = 0; i < length; i++) {
                products[j][i] = flat[j * length + i] * scale * (free[j] == null ? 1 : free[j][i]);
            }
        }
        return products;
    }

    private float[][] masked(double[][] vectors) {
        float[][] masked = new float[vectors.length][length];
        for (int j = 0; j < masked.length; j++) {
            for (int i = 0; i < length; i++) {
                masked[j][i] = (float) (vectors[j][i] * (free[j] == null ? 1 : free[j][i]));
            }
        }
        return masked;
    }
}
