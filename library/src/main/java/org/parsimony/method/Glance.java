package org.parsimony.method;

/**
 * The columns of a {@link Measurement} that are there at once: counts and accuracies, without sizes in every code and without
 * times of passes, which take longer than many a step. A value that was not measured is NaN.
 *
 * @param network architecture of the result
 * @param parameters trainable parameters
 * @param nonzeros trainable parameters that are not zero
 * @param macsNonzero multiply-accumulates for one sample, zero weights skipped
 * @param accuracyBefore test accuracy in [0, 1] of the network the step started from
 * @param accuracyAfter test accuracy right after the change, before fine-tuning
 * @param accuracyTuned test accuracy of the result
 * @param seconds wall-clock seconds of the step
 */
public record Glance(
        String network,
        long parameters,
        long nonzeros,
        long macsNonzero,
        double accuracyBefore,
        double accuracyAfter,
        double accuracyTuned,
        double seconds) {}
