package org.parsimony.dynhp;

import org.parsimony.network.fused.FusedNet;

/**
 * One epoch of {@link DynHP}, and the removal after it.
 *
 * @param number from 1
 * @param widths of the layers that may lose units, while it trained; powerless units are not counted
 * @param memory the model of what it took: parameters, batch and their bytes
 * @param held what the trainer really held, in bytes
 * @param budget that was allowed, in bytes
 * @param steps updates made
 * @param loss mean training loss
 * @param accuracy on the validation samples, before the removal
 * @param removed units that the check after it took
 * @param seconds of training
 * @param overhead seconds of looking at units, of surgery and of validation
 */
public record SlimmedEpoch(
        int number,
        int[] widths,
        TrainingMemory memory,
        FusedNet.Held held,
        long budget,
        int steps,
        double loss,
        double accuracy,
        int removed,
        double seconds,
        double overhead) {}
