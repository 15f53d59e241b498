package org.parsimony.spark;

import java.io.Serializable;

/**
 * What a worker tells the driver.
 *
 * @param about what the message is
 * @param id of the recipe
 * @param text a run as JSON, or why there is none; empty for a question
 * @param seconds the recipe took
 */
record Message(About about, String id, String text, double seconds) implements Serializable {

    private static final long serialVersionUID = 1;

    /** What a message is. */
    enum About {
        /** Asks whether the recipe is still wanted: another worker may have had the task before. */
        WANTED,
        /** Hands in a run. */
        FINISHED,
        /** Says why there is no run. */
        FAILED
    }
}
