package org.parsimony.experiment.store;

import java.util.Optional;
import org.parsimony.experiment.Run;

/**
 * The run store cannot be read or written: damaged, full, locked for too long, or of a newer version. The message names
 * the file and says what to do. Runs that were stored before are not touched.
 */
public final class RunStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Run unsaved;

    RunStoreException(String message, Throwable cause) {
        this(message, cause, null);
    }

    RunStoreException(String message, Throwable cause, Run unsaved) {
        super(message, cause);
        this.unsaved = unsaved;
    }

    /** The finished run that could not be stored: once the cause is removed, hand it to {@link RunStore#save}. */
    public Optional<Run> unsaved() {
        return Optional.ofNullable(unsaved);
    }
}
