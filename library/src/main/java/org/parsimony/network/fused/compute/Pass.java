package org.parsimony.network.fused.compute;

import org.parsimony.data.Samples;

/** What the tasks of one step share: the batch and where training stands. */
public final class Pass {

    /** Where the batch is gathered from: samples {@code order[from]} to before {@code order[from + samples]}. */
    public Samples source;

    /** Indices of samples in the order of this epoch. */
    public int[] order;
    /** Where in {@link #order} the batch begins. */
    public int from;
    /** Samples in this batch. */
    public int samples;
    /** Class number of each sample of the batch. */
    public final int[] labels;
    /** Updates made so far and epochs finished, as Deeplearning4j counts them. */
    public int iteration;

    /** Epochs finished. */
    public int epoch;
    /** What sums over the batch are multiplied by: one divided by the samples, or one. */
    public float gradientScale;
    /** Whether batch norm and dropout behave as in training. */
    public boolean training;
    /** Whether gradients are followed by an update. */
    public boolean updating;
    /** Sum of the losses of each lane's samples, without penalties. */
    public final double[] losses = new double[Schedule.LANES];
    /** Samples of each lane whose largest output is the right class. */
    public final int[] hits = new int[Schedule.LANES];

    /** @param maxSamples of a batch */
    public Pass(OffHeap.Memory memory, int maxSamples) {
        labels = memory.ints(maxSamples);
    }

    /** Sum of the losses of the batch's samples, without penalties. */
    public double loss() {
        return losses[0] + losses[1];
    }

    /** Samples of the batch whose largest output is the right class. */
    public int correct() {
        return hits[0] + hits[1];
    }
}
