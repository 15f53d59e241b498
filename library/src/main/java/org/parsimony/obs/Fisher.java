package org.parsimony.obs;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.curvature.BlockCurvature;
import org.parsimony.network.curvature.Curvature;
import org.parsimony.network.curvature.DiagonalCurvature;
import org.parsimony.network.curvature.KroneckerCurvature;
import org.parsimony.network.curvature.SquareMatrix;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.SampleGradients;

/**
 * How much of the empirical Fisher information, the mean of {@code ggᵀ} over gradients g of single training samples, is kept
 * of a layer. Biases are no part of it.
 */
public enum Fisher {
    /** Its diagonal: weights do not know each other, so none makes up for another. Any layer; memory 8 bytes a weight. */
    DIAGONAL {
        @Override
        Curvature of(LayerWeights layer, SampleGradients gradients, double damping) {
            double[] squares = new double[layer.size()];
            gradients.forEach((number, l, values, weights, biases) -> {
                for (int i = 0; i < squares.length; i++) {
                    double g = values[weights + i];
                    squares[i] += g * g / gradients.count();
                }
            });
            return new DiagonalCurvature(squares, damping);
        }
    },
    /**
     * The Kronecker product of what goes into the layer and of what comes back to its units. Dense layers with biases, whose
     * gradients tell both apart, of networks without batch norm. A sample that nothing comes back from counts in neither
     * input nor derivative, as it counts nothing in the information itself.
     */
    KFAC {
        @Override
        Curvature of(LayerWeights layer, SampleGradients gradients, double damping) {
            Require.that(
                    gradients.areSingle(),
                    "fisher is kfac, which needs gradients of single samples, but the network has batch norm; take"
                            + " diagonal or block, or another network");
            int inputs = layer.inputs();
            int units = layer.units();
            double[] in = new double[gradients.count() * inputs];
            double[] back = new double[gradients.count() * units];
            int[] seen = {0};
            gradients.forEach((number, l, values, weights, biases) -> {
                Require.that(
                        biases >= 0,
                        "fisher is kfac, which takes dense layers with biases, but layer %d has none; take diagonal or block",
                        layer.layer());
                int largest = 0;
                for (int o = 1; o < units; o++) {
                    largest = Math.abs(values[biases + o]) > Math.abs(values[biases + largest]) ? o : largest;
                }
                double g = values[biases + largest];
                if (g != 0) {
                    for (int o = 0; o < units; o++) {
                        back[number * units + o] = values[biases + o];
                    }
                    for (int i = 0; i < inputs; i++) {
                        in[number * inputs + i] = values[weights + largest * inputs + i] / g;
                    }
                    seen[0]++;
                }
            });
            return new KroneckerCurvature(
                    SquareMatrix.gram(units, back, 1.0 / gradients.count()),
                    SquareMatrix.gram(inputs, in, 1.0 / Math.max(1, seen[0])),
                    damping);
        }
    },
    /** All of it, by the gradients themselves. Any layer; memory 8 bytes for each weight of it and sample. */
    BLOCK {
        @Override
        Curvature of(LayerWeights layer, SampleGradients gradients, double damping) {
            int d = layer.size();
            Require.that(
                    (long) gradients.count() * d < Integer.MAX_VALUE,
                    "samples is %d, but with the %d weights of layer %d at most %d gradients can be kept; take fewer, or kfac",
                    gradients.count(),
                    d,
                    layer.layer(),
                    Integer.MAX_VALUE / d);
            double[] rows = new double[gradients.count() * d];
            gradients.forEach((number, l, values, weights, biases) -> {
                for (int i = 0; i < d; i++) {
                    rows[number * d + i] = values[weights + i];
                }
            });
            return new BlockCurvature(rows, d, damping);
        }
    };

    abstract Curvature of(LayerWeights layer, SampleGradients gradients, double damping);

    /**
     * The curvature of one layer.
     *
     * @param samples training samples that are looked at, at least 1
     * @param damping above 0
     * @throws IllegalArgumentException if the layer is none that this serves
     */
    public Curvature of(Model model, Dataset data, LayerWeights layer, int samples, double damping, Context context) {
        var conf = model.net().conf(layer.layer());
        Require.that(
                this != KFAC || conf instanceof DenseLayer || conf instanceof OutputLayer,
                "fisher is kfac, which takes dense layers, but %s is a %s; take diagonal or block",
                model.net().name(layer.layer()),
                conf.getClass().getSimpleName());
        return of(layer, new SampleGradients(model, data, List.of(layer), samples, context), damping);
    }
}
