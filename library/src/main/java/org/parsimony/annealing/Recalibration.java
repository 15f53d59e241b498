package org.parsimony.annealing;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;

/** Makes the statistics of some images the running statistics of every batch norm. */
final class Recalibration {

    /** Stands for the variance 0 of a unit without connections where its logarithm is stored. */
    private static final double LEAST = 1e-12;

    private Recalibration() {}

    /** Changes {@code model} in place; layer by layer, so that each sees what the ones below put out with theirs. */
    static void of(Model model, Samples images) {
        MultiLayerNetwork network = model.network();
        if (!Forward.hasNorm(network, 0, network.getnLayers())) {
            return;
        }
        Samples fitted = model.fitted(images);
        INDArray x = fitted.x(0, fitted.size());
        for (int l = 0; l < network.getnLayers(); l++) {
            if (Forward.isNorm(network, l)) {
                int[] dimensions = x.rank() == 4 ? new int[] {0, 2, 3} : new int[] {0};
                var layer = network.getLayer(l);
                set(layer.getParam("mean"), x.mean(dimensions));
                INDArray variance = x.var(false, dimensions);
                if (layer.paramTable().containsKey("log10stdev")) {
                    set(
                            layer.getParam("log10stdev"),
                            Transforms.log(variance, 10, true).muli(0.5));
                } else {
                    set(layer.getParam("var"), variance);
                }
            }
            x = Forward.through(network, x, l, l + 1, Statistics.BATCH);
        }
    }

    private static void set(INDArray parameter, INDArray value) {
        parameter.assign(value.reshape(parameter.shape()));
    }
}
