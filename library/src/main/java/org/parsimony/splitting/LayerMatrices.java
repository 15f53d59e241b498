package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;
import org.parsimony.network.Backend;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.splitting.eigen.SplittingMatrices;

/**
 * The splitting matrices of several layers from one forward and one backward pass over the samples: batch norm with its
 * running statistics, no dropout, the mean cross-entropy alone. Directions along masked weights are left out. The curvature of
 * the layer's own activation counts, and that behind a depthwise convolution ({@link Beyond}).
 */
final class LayerMatrices {

    /** Most samples at a time, and values of a layer's rows. */
    private static final int MOST = 500;

    private static final long ROWS = 1 << 22;

    private LayerMatrices() {}

    /**
     * Of these layers, in order.
     *
     * @param beta slope of the soft-plus that stands for a kink
     */
    static List<SplittingMatrices> of(Model model, List<SplitLayer> layers, Samples samples, double beta) {
        return of(model, layers, samples, batch(model, layers, samples), beta);
    }

    /** The same with so many samples going through at a time. */
    static List<SplittingMatrices> of(Model model, List<SplitLayer> layers, Samples samples, int batch, double beta) {
        Backend.tame();
        Model ready = Pass.ready(model);
        Samples x = ready.fitted(samples);
        int first = layers.stream().mapToInt(SplitLayer::at).min().orElse(0);
        List<List<BatchedMatrices.Batch>> batches = new ArrayList<>();
        layers.forEach(layer -> batches.add(new ArrayList<>()));
        BatchedMatrices.Unfolding[] unfoldings = new BatchedMatrices.Unfolding[layers.size()];
        for (int from = 0; from < x.size(); from += batch) {
            Samples part = x.range(from, Math.min(x.size(), from + batch));
            Pass pass = Pass.forward(ready, part);
            INDArray[] errors = pass.errors(part.y(0, part.size()), first);
            for (int l = 0; l < unfoldings.length; l++) {
                SplitLayer layer = layers.get(l);
                INDArray in = pass.reaching(layer.node());
                float[] input = in.dup('c').data().asFloat();
                unfoldings[l] = layer.unfolding(ready, in);
                float[] sums = layer.at() == layer.node()
                        ? layer.sums(ready, unfoldings[l].rows(input, part.size()))
                        : byUnit(pass.reaching(layer.at()));
                float[] own = byUnit(errors[layer.at()]);
                float[] signal =
                        signal(ready, layer.norm(), layer.function(), sums, own, layer.units(ready), x.size(), beta);
                Beyond beyond = Beyond.of(ready, pass, layer, sums, errors, x.size(), beta);
                batches.get(l).add(new BatchedMatrices.Batch(part.size(), input, signal, beyond));
            }
        }
        List<SplittingMatrices> all = new ArrayList<>();
        for (int l = 0; l < unfoldings.length; l++) {
            SplitLayer layer = layers.get(l);
            double[][] free = new double[layer.units(ready)][];
            for (int j = 0; j < free.length; j++) {
                free[j] = layer.free(ready, j);
            }
            all.add(new BatchedMatrices(unfoldings[l], batches.get(l), layer.inputs(ready), free));
        }
        return all;
    }

    /**
     * ∂L/∂h · act''(a) · κ² of every unit at every sample and position: {@code [samples · positions × units]}.
     *
     * @param norm place of the batch norm under the activation, whose scale is κ; −1 for none
     * @param sums under the activation
     * @param errors above it
     * @param samples all that the matrices are averaged over
     */
    static float[] signal(
            Model model,
            int norm,
            IActivation function,
            float[] sums,
            float[] errors,
            int units,
            int samples,
            double beta) {
        double[] kappa = norm < 0 ? null : Pass.scale(model, norm).data().asDouble();
        var second = Curvature.of(function, beta);
        float[] q = new float[errors.length];
        for (int i = 0; i < q.length; i++) {
            double k = kappa == null ? 1 : kappa[i % units];
            q[i] = (float) (errors[i] * second.applyAsDouble(sums[i]) * k * k / samples);
        }
        return q;
    }

    /** {@code [n × units]} or {@code [n × units × height × width]} as {@code [n · positions × units]}. */
    static float[] byUnit(INDArray array) {
        return (array.rank() == 4 ? array.permute(0, 2, 3, 1) : array)
                .dup('c')
                .data()
                .asFloat();
    }

    /** Samples that may go through {@code model} at a time, so that no layer's rows are more than a few megabytes. */
    private static int batch(Model model, List<SplitLayer> layers, Samples samples) {
        long rows = 1;
        for (Cost.LayerCost cost : Cost.of(model, model.fitted(samples).shape()).layers()) {
            boolean grows = layers.stream().anyMatch(layer -> layer.index() == cost.index());
            rows = grows ? Math.max(rows, cost.macsDense() / cost.units()) : rows;
        }
        return (int) Math.max(1, Math.min(MOST, ROWS / rows));
    }
}
