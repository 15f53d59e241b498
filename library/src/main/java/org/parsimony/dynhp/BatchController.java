package org.parsimony.dynhp;

import org.parsimony.base.Require;

/**
 * Turns freed bytes into a larger batch. After a removal the training takes M bytes with its old batch; the controller allows
 * it M + β·(budget − M) and picks the largest batch within that, a multiple of 8, between the old batch and a greatest one.
 * Batches never shrink, and the budget is kept at every step if it was kept before.
 *
 * @param budget bytes that the training may take
 * @param reuse share β of the bytes within the budget that are free, from 0 (the batch stays) to 1 (the budget is refilled)
 * @param mostBatch samples of the largest batch: with too few updates an epoch, accuracy falls for lack of them
 */
record BatchController(long budget, double reuse, int mostBatch) {

    private static final int MULTIPLE = 8;

    BatchController {
        Require.between("reuse", reuse, 0, 1);
        Require.atLeast("mostBatch", mostBatch, 1);
    }

    /** The batch to go on with. */
    int next(TrainingMemory now) {
        long allowed = now.bytes() + (long) Math.floor(reuse * (budget - now.bytes()));
        long largest = Math.min(now.largestBatch(allowed) / MULTIPLE * MULTIPLE, mostBatch);
        return (int) Math.max(now.batchSize(), largest);
    }
}
