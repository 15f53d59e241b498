package org.parsimony.network.fused;

import java.util.List;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Signal;

/** What a {@link Hook} sees of a step. The arrays are the engine's own: what is written there is what counts. */
public final class Training {

    private final Pass pass;
    private final Parameters parameters;
    private final List<Signal> outputs;

    Training(Pass pass, Parameters parameters, List<Signal> outputs) {
        this.pass = pass;
        this.parameters = parameters;
        this.outputs = outputs;
    }

    /** Samples in the batch. */
    public int samples() {
        return pass.samples;
    }

    /** Updates made so far. */
    public int iteration() {
        return pass.iteration;
    }

    /** Whether this is training rather than evaluation. */
    public boolean training() {
        return pass.training;
    }

    /** Class number of sample {@code i} of the batch. */
    public int label(int i) {
        return pass.labels[i];
    }

    /**
     * Outgoing values of layer {@code layer}: {@code [units × columns]} with {@link #columns} columns, the positions of a
     * sample side by side; {@code [samples × values]} behind a flattening. For an output layer, before its activation.
     */
    public float[] values(int layer) {
        return outputs.get(layer).value;
    }

    /** Derivatives of the sum of the batch's losses with respect to {@link #values}, of the same shape. */
    public float[] derivatives(int layer) {
        return outputs.get(layer).delta;
    }

    /** Neurons or channels of layer {@code layer}. */
    public int units(int layer) {
        return outputs.get(layer).units;
    }

    /** Samples times positions of layer {@code layer}. */
    public int columns(int layer) {
        return outputs.get(layer).columns(pass.samples);
    }

    /** All parameter arrays of the network, with their places in {@link #weights} and {@link #gradients}. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.all());
    }

    /** All parameters, in the network's flat order. */
    public float[] weights() {
        return parameters.w;
    }

    /** Their gradients, in the same order. */
    public float[] gradients() {
        return parameters.g;
    }
}
