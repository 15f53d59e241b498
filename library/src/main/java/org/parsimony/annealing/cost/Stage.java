package org.parsimony.annealing.cost;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A dense layer with what follows it, up to the next dense layer or the loss: sums, then batch norm or not, then ReLU or
 * not.
 *
 * @param layer index of the dense layer in the network
 * @param inputs of the layer
 * @param units of the layer
 * @param weights {@code [units × inputs]}, row-major
 * @param bias one a unit
 * @param norm the batch norm behind the sums, or null
 * @param rectified whether a ReLU ends the stage
 */
record Stage(int layer, int inputs, int units, float[] weights, float[] bias, Norm norm, boolean rectified) {

    private static final IActivation RECTIFIER = new ActivationReLU();

    /** Batch norm: gamma · (x - mean) / √(variance + epsilon) + beta, with the running statistics of training. */
    record Norm(float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {}

    /**
     * The stages from dense layer {@code lowest} to a soft-max with cross-entropy; none if the network has anything else
     * there, for example another activation, a convolution or a skip.
     */
    static List<Stage> above(MultiLayerNetwork network, int lowest) {
        List<Stage> stages = new ArrayList<>();
        for (int l = lowest; l < network.getnLayers(); l++) {
            var conf = network.getLayer(l).conf().getLayer();
            Stage last = stages.isEmpty() ? null : stages.get(stages.size() - 1);
            if (l > lowest && network.getLayerWiseConfigurations().getInputPreProcess(l) != null) {
                return List.of();
            }
            if (conf.getClass() == OutputLayer.class) {
                OutputLayer output = (OutputLayer) conf;
                stages.add(dense(network, l, false));
                return isCrossEntropy(output.getActivationFn(), output.getLossFn()) ? stages : List.of();
            } else if (conf.getClass() == DenseLayer.class) {
                IActivation activation = ((DenseLayer) conf).getActivationFn();
                if (((DenseLayer) conf).hasLayerNorm() || !isSupported(activation)) {
                    return List.of();
                }
                stages.add(dense(network, l, isRectifier(activation)));
            } else if (last == null) {
                return List.of();
            } else if (conf instanceof BatchNormalization norm && last.norm == null && !last.rectified) {
                stages.set(stages.size() - 1, last.with(norm(network, l, norm), false));
            } else if (conf instanceof ActivationLayer && isSupported(((ActivationLayer) conf).getActivationFn())) {
                stages.set(
                        stages.size() - 1,
                        last.with(last.norm, last.rectified | isRectifier(((ActivationLayer) conf).getActivationFn())));
            } else if (conf.getClass() == LossLayer.class) {
                LossLayer loss = (LossLayer) conf;
                return isCrossEntropy(loss.getActivationFn(), loss.getLossFn()) ? stages : List.of();
            } else if (!(conf instanceof DropoutLayer)) {
                return List.of();
            }
        }
        return List.of();
    }

    private Stage with(Norm otherNorm, boolean nowRectified) {
        return new Stage(layer, inputs, units, weights, bias, otherNorm, nowRectified);
    }

    private static Stage dense(MultiLayerNetwork network, int l, boolean rectified) {
        INDArray w = network.getLayer(l).getParam("W");
        INDArray b = network.getLayer(l).getParam("b");
        int inputs = (int) w.size(0);
        int units = (int) w.size(1);
        float[] bias = b == null ? new float[units] : values(b);
        return new Stage(l, inputs, units, values(w.transpose()), bias, null, rectified);
    }

    private static Norm norm(MultiLayerNetwork network, int l, BatchNormalization conf) {
        var layer = network.getLayer(l);
        int units = (int) conf.getNOut();
        INDArray logSpread = layer.getParam("log10stdev");
        float[] variance;
        if (logSpread == null) {
            variance = values(layer.getParam("var"));
        } else {
            variance = values(logSpread);
            for (int u = 0; u < units; u++) {
                variance[u] = (float) Math.pow(10, 2 * variance[u]);
            }
        }
        boolean locked = conf.isLockGammaBeta();
        float[] gamma = locked ? Kernels.filled(units, (float) conf.getGamma()) : values(layer.getParam("gamma"));
        float[] beta = locked ? Kernels.filled(units, (float) conf.getBeta()) : values(layer.getParam("beta"));
        return new Norm(gamma, beta, values(layer.getParam("mean")), variance, conf.getEps());
    }

    static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static boolean isSupported(IActivation activation) {
        return activation instanceof ActivationIdentity || isRectifier(activation);
    }

    private static boolean isRectifier(IActivation activation) {
        return activation.equals(RECTIFIER);
    }

    private static boolean isCrossEntropy(IActivation activation, ILossFunction loss) {
        return activation instanceof ActivationSoftmax
                && loss instanceof LossMCXENT entropy
                && entropy.getWeights() == null;
    }
}
