package org.parsimony.transfer;

import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/**
 * What a student is taught by, in place of its labels: derivatives at one of its layers. The layers above it get no
 * gradient. One training at a time.
 */
abstract class Lesson implements Hook {

    private final int layer;
    private int[] order;
    private int from;
    private double loss;

    /** @param layer of the student whose values are compared */
    Lesson(int layer) {
        this.layer = layer;
    }

    /** Which samples the next step is of: {@code order[from]} and those that follow. */
    final void next(int[] samples, int first) {
        order = samples;
        from = first;
    }

    /** The loss of the last step. */
    final double loss() {
        return loss;
    }

    /**
     * The loss of a batch, and its derivatives with respect to the student's values.
     *
     * @param student values of the layer, {@code [samples × width]}
     * @param rows of the training samples
     * @param gradient to be filled: of the batch's mean loss times the number of samples
     */
    abstract double derive(Features student, int[] rows, double[] gradient);

    @Override
    public final void derived(Training training, int derived) {
        if (derived != layer) {
            return;
        }
        int n = training.samples();
        float[] values = training.values(layer);
        int units = training.units(layer);
        int places = training.columns(layer) / n;
        float[] student = new float[n * units * places];
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < n; s++) {
                for (int p = 0; p < places; p++) {
                    student[(s * units + u) * places + p] = values[(u * n + s) * places + p];
                }
            }
        }
        int[] rows = java.util.Arrays.copyOfRange(order, from, from + n);
        double[] gradient = new double[student.length];
        loss = derive(new Features(units * places, student), rows, gradient);
        float[] derivatives = training.derivatives(layer);
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < n; s++) {
                for (int p = 0; p < places; p++) {
                    derivatives[(u * n + s) * places + p] = (float) gradient[(s * units + u) * places + p];
                }
            }
        }
    }

    @Override
    public final void gradient(Training training) {
        for (Parameter parameter : training.parameters()) {
            if (parameter.layer() > layer) {
                java.util.Arrays.fill(training.gradients(), parameter.offset(), parameter.end(), 0);
            }
        }
    }
}
