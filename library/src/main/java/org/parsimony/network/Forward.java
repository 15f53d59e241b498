package org.parsimony.network;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Samples;

/** Deeplearning4j's forward pass through some of the layers, no dropout, batch norm as told. */
public final class Forward {

    private static final int BATCH = 1000;

    private Forward() {}

    /** The activations of {@code samples} that go into layer {@code layer}, before its preprocessor: one batch. */
    public static INDArray below(Model model, Samples samples, int layer, Statistics statistics) {
        Samples x = model.fitted(samples);
        if (layer == 0) {
            return x.x(0, x.size());
        }
        if (statistics == Statistics.BATCH && hasNorm(model.network(), 0, layer)) {
            return through(model.network(), x.x(0, x.size()), 0, layer, statistics);
        }
        INDArray[] parts = new INDArray[(x.size() + BATCH - 1) / BATCH];
        for (int p = 0; p < parts.length; p++) {
            INDArray part = x.x(p * BATCH, Math.min(x.size(), (p + 1) * BATCH));
            parts[p] = through(model.network(), part, 0, layer, statistics);
        }
        return Nd4j.concat(0, parts);
    }

    /** The output of layer {@code to - 1} for {@code input} of layer {@code from}. */
    public static INDArray through(MultiLayerNetwork network, INDArray input, int from, int to, Statistics statistics) {
        INDArray x = input;
        for (int l = from; l < to; l++) {
            var step = network.getLayerWiseConfigurations().getInputPreProcess(l);
            if (step != null) {
                x = step.preProcess(x, (int) x.size(0), LayerWorkspaceMgr.noWorkspaces());
            }
            boolean batch = statistics == Statistics.BATCH && isNorm(network, l);
            x = network.getLayer(l).activate(x, batch, LayerWorkspaceMgr.noWorkspaces());
            network.getLayer(l).clear();
        }
        return x;
    }

    /** Whether one of the layers from {@code from} to before {@code to} is batch norm. */
    public static boolean hasNorm(MultiLayerNetwork network, int from, int to) {
        for (int l = from; l < to; l++) {
            if (isNorm(network, l)) {
                return true;
            }
        }
        return false;
    }

    /** Whether layer {@code l} is batch norm. */
    public static boolean isNorm(MultiLayerNetwork network, int l) {
        return network.getLayer(l).conf().getLayer() instanceof BatchNormalization;
    }
}
