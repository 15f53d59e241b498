package org.parsimony.splitting;

/**
 * One round of growth.
 *
 * @param number from 1
 * @param before widths of the layers that grow
 * @param after the same after it
 * @param chosen units that were split, or added
 * @param reason why nothing was; empty if something was
 * @param parameters after it
 * @param macs multiply-accumulates for one sample after it
 * @param predicted change of the loss, ε²/2 · Σ G; NaN for a control
 * @param measured change of the loss on the same samples, before any training
 * @param difference greatest change of a class probability on these samples
 * @param accuracy validation accuracy before training on
 * @param accuracyTuned validation accuracy after training on; NaN for the last round
 * @param solverSeconds that the eigenvalues took
 */
public record GrowthRound(
        int number,
        int[] before,
        int[] after,
        int chosen,
        String reason,
        long parameters,
        long macs,
        double predicted,
        double measured,
        double difference,
        double accuracy,
        double accuracyTuned,
        double solverSeconds) {}
