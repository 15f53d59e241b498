package org.parsimony.network.fused;

import org.parsimony.data.Samples;

/** What the tasks of one step share: the batch and where training stands. */
final class Pass {

    /** Where the batch is gathered from: samples {@code order[from]} to before {@code order[from + samples]}. */
    Samples source;

    int[] order;
    int from;
    /** Samples in this batch. */
    int samples;
    /** Class number of each sample of the batch. */
    final int[] labels;
    /** Updates made so far and epochs finished, as Deeplearning4j counts them. */
    int iteration;

    int epoch;
    /** What sums over the batch are multiplied by: one divided by the samples, or one. */
    float gradientScale;
    /** Whether batch norm and dropout behave as in training. */
    boolean training;
    /** Whether gradients are followed by an update. */
    boolean updating;
    /** Sum of the losses of each lane's samples, without penalties. */
    final double[] losses = new double[Schedule.LANES];
    /** Samples of each lane whose largest output is the right class. */
    final int[] hits = new int[Schedule.LANES];

    Pass(OffHeap.Memory memory, int maxSamples) {
        labels = memory.ints(maxSamples);
    }

    /** Sum of the losses of the batch's samples, without penalties. */
    double loss() {
        return losses[0] + losses[1];
    }

    /** Samples of the batch whose largest output is the right class. */
    int correct() {
        return hits[0] + hits[1];
    }
}
