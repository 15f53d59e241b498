package org.parsimony.network.fused;

/** Why a network cannot be trained here: a few words that complete "Deeplearning4j's own fit serves because of …". */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param reason what the engine has not, for the reader */
    public Unsupported(String reason) {
        super(reason);
    }
}
