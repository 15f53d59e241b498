package org.parsimony.network.fused;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Soft-max with cross-entropy on the last signal, whose values are the logits {@code [classes × samples]}. */
final class Loss implements Layer {

    private final Signal logits;
    private final double floor;

    private Loss(Signal logits, double floor) {
        this.logits = logits;
        this.floor = floor;
    }

    /** @throws Unsupported if it is another combination */
    static Loss of(ILossFunction loss, IActivation activation, Signal logits) {
        if (activation instanceof ActivationSoftmax && loss instanceof LossMCXENT cross && cross.getWeights() == null) {
            return new Loss(logits, cross.getSoftmaxClipEps());
        }
        throw new Unsupported("the loss " + loss + " on " + activation);
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.alone(this::compare);
    }

    @Override
    public void backward(Schedule schedule) {}

    private void compare(Pass pass, int lane) {
        int n = pass.samples;
        int classes = logits.units;
        float[] z = logits.value;
        float[] d = logits.delta;
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < n; i++) {
            int right = pass.labels[i];
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (z[c * n + i] > z[best * n + i]) {
                    best = c;
                }
            }
            float largest = z[best * n + i];
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                float e = (float) Math.exp(z[c * n + i] - largest);
                d[c * n + i] = e;
                sum += e;
            }
            float scale = (float) (1 / sum);
            for (int c = 0; c < classes; c++) {
                d[c * n + i] *= scale;
            }
            double p = d[right * n + i];
            loss -= Math.log(p < floor ? floor : Math.min(p, 1 - floor));
            d[right * n + i] -= 1;
            correct += best == right ? 1 : 0;
        }
        pass.loss = loss;
        pass.correct = correct;
        if (pass.training) {
            logits.deltaOut.write(d, 0, classes * n);
        }
    }
}
