package org.parsimony.method;

import org.parsimony.network.Score;

/**
 * What of a {@link Measurement} is there at once: counts and scores, without sizes in every code and without times of passes,
 * which take longer than many a step.
 *
 * @param network architecture of the result
 * @param parameters trainable parameters
 * @param nonzeros trainable parameters that are not zero
 * @param macsNonzero multiply-accumulates for one sample, zero weights skipped
 * @param before test score of the network the step started from
 * @param after test score right after the change, before fine-tuning; null where nothing but training changed it
 * @param test test score of the result
 * @param seconds wall-clock seconds of the step
 */
public record Glance(
        String network,
        long parameters,
        long nonzeros,
        long macsNonzero,
        Score before,
        Score after,
        Score test,
        double seconds) {}
