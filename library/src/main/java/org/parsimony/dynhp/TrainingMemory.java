package org.parsimony.dynhp;

import org.nd4j.linalg.learning.config.IUpdater;
import org.parsimony.base.Require;
import org.parsimony.network.Cost;

/**
 * The model of a training's memory in bytes: 4 · ((2 + s)·P + B·(n₀ + 2·Σ nₗ)), that is weight, gradient and s values of the
 * optimiser for each of P parameters, and for each of B samples the inputs n₀, the activations nₗ and their gradients.
 * {@link Cost#trainingMemory} is the same number; here its two parts are apart, and it can be solved for the batch.
 *
 * @param parameters trainable ones, gates among them
 * @param stateValues of the optimiser for each parameter: 0 for SGD, 1 with momentum and for RMSProp, 2 for Adam
 * @param batchSize samples of a batch, at least 1
 * @param inputs of one sample
 * @param activations of one sample: outputs of all layers with weights
 */
public record TrainingMemory(long parameters, int stateValues, int batchSize, long inputs, long activations) {

    public TrainingMemory {
        Require.atLeast("batchSize", batchSize, 1);
        Require.between("stateValues", stateValues, 0, 2);
    }

    /** Of a network of this cost. */
    public static TrainingMemory of(Cost cost, IUpdater optimiser, int batchSize) {
        return new TrainingMemory(
                cost.parameters(),
                (int) optimiser.stateSize(1),
                batchSize,
                cost.inputs(),
                cost.activations() - cost.inputs());
    }

    /** Bytes of weights, gradients and optimiser state. */
    public long networkBytes() {
        return Float.BYTES * (2L + stateValues) * parameters;
    }

    /** Bytes that one sample of a batch takes. */
    public long sampleBytes() {
        return Float.BYTES * (inputs + 2 * activations);
    }

    /** Bytes of the batch's activations and their gradients. */
    public long batchBytes() {
        return batchSize * sampleBytes();
    }

    /** All of it. */
    public long bytes() {
        return networkBytes() + batchBytes();
    }

    /** The same with so many more parameters. */
    TrainingMemory more(long others) {
        return new TrainingMemory(parameters + others, stateValues, batchSize, inputs, activations);
    }

    /** The same with another batch. */
    public TrainingMemory batchSize(int other) {
        return new TrainingMemory(parameters, stateValues, other, inputs, activations);
    }

    /** The largest batch that fits into so many bytes beside the network; 0 if none does. */
    public long largestBatch(long budget) {
        return Math.max(0, budget - networkBytes()) / sampleBytes();
    }
}
