package org.parsimony.network.fused.layers;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.parsimony.network.fused.Unsupported;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/**
 * The loss on the last signal {@code [classes × samples]}, which holds what goes into the output activation: soft-max with
 * cross-entropy, or squared error on soft-max or any elementwise activation. The derivative starts the backward pass.
 */
final class Loss implements Layer {

    private final Signal logits;
    /** Null for soft-max. */
    private final Activation activation;
    /** Squared error's factor, or 0 for cross-entropy. */
    private final double squares;
    /** Deeplearning4j keeps probabilities this far from 0 and 1 before it takes the logarithm. */
    private final double floor;

    private final float[] output;
    private final float[] input;

    /** @throws Unsupported if it is another combination */
    Loss(ILossFunction loss, IActivation activation, Signal logits) {
        this.logits = logits;
        boolean softmax = activation instanceof ActivationSoftmax;
        this.activation = softmax ? null : Activation.of(activation);
        if (softmax && loss instanceof LossMCXENT cross && cross.getWeights() == null) {
            floor = cross.getSoftmaxClipEps();
            squares = 0;
        } else if (loss instanceof LossL2 l2 && l2.getWeights() == null && (softmax || this.activation != null)) {
            floor = 0;
            squares = loss instanceof LossMSE ? 1.0 / logits.units : 1;
        } else {
            throw new Unsupported("the loss " + loss + " on " + activation);
        }
        output = logits.memory.floats(logits.value.length);
        input = logits.memory.floats(logits.value.length);
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.meet().each(this::compare).meet();
    }

    @Override
    public void backward(Schedule schedule) {}

    /** Each lane compares its share of the samples. */
    private void compare(Pass pass, int lane) {
        int n = pass.samples;
        int from = Schedule.share(n, lane);
        int to = Schedule.share(n, lane + 1);
        activate(n, from, to);
        int classes = logits.units;
        double loss = 0;
        int correct = 0;
        for (int i = from; i < to; i++) {
            int right = pass.labels[i];
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = output[c * n + i] > output[best * n + i] ? c : best;
            }
            correct += best == right ? 1 : 0;
            loss += squares == 0 ? crossEntropy(output[right * n + i]) : squaredError(i, n, classes, right);
        }
        pass.losses[lane] = loss;
        pass.hits[lane] = correct;
        if (pass.training) {
            derive(pass, from, to);
        }
    }

    private void activate(int n, int from, int to) {
        if (activation == null) {
            softmax(n, from, to);
            return;
        }
        for (int start = from, end = to; end <= logits.units * n; start += n, end += n) {
            System.arraycopy(logits.value, start, output, start, end - start);
            activation.apply(output, input, start, end, 0);
        }
    }

    private void softmax(int n, int from, int to) {
        float[] z = logits.value;
        int end = logits.units * n;
        for (int i = from; i < to; i++) {
            float largest = z[i];
            for (int at = i + n; at < end; at += n) {
                largest = Math.max(largest, z[at]);
            }
            double sum = 0;
            for (int at = i; at < end; at += n) {
                double e = Math.exp(z[at] - largest);
                output[at] = (float) e;
                sum += e;
            }
            float scale = (float) (1 / sum);
            for (int at = i; at < end; at += n) {
                output[at] *= scale;
            }
        }
    }

    private double crossEntropy(double p) {
        return -Math.log(p < floor ? floor : Math.min(p, 1 - floor));
    }

    private double squaredError(int i, int n, int classes, int right) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double error = output[c * n + i] - (c == right ? 1 : 0);
            sum += error * error;
        }
        return squares * sum;
    }

    /** For cross-entropy the soft-max's own derivative cancels; squared errors go back through the activation. */
    private void derive(Pass pass, int from, int to) {
        int n = pass.samples;
        int classes = logits.units;
        float[] d = logits.delta;
        float factor = squares == 0 ? 1 : (float) (2 * squares);
        for (int i = from; i < to; i++) {
            float along = 0;
            for (int c = 0; c < classes; c++) {
                int at = c * n + i;
                d[at] = factor * (output[at] - (c == pass.labels[i] ? 1 : 0));
                along += d[at] * output[at];
            }
            for (int c = 0; c < classes && squares != 0 && activation == null; c++) {
                d[c * n + i] = output[c * n + i] * (d[c * n + i] - along);
            }
        }
        for (int c = 0; c < classes && activation != null; c++) {
            activation.derive(d, output, input, c * n + from, c * n + to);
        }
    }
}
