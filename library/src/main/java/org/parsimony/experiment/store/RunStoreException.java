package org.parsimony.experiment.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.parsimony.experiment.Run;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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

    /** What SQLite refused, and what to do about it. */
    static RunStoreException of(Path file, SQLException e, Run unsaved) {
        SQLiteErrorCode code = e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        String name = code.name();
        if (name.startsWith("SQLITE_NOTADB") || name.startsWith("SQLITE_CORRUPT")) {
            return damaged(file, e.getMessage(), e);
        }
        String advice;
        if (name.startsWith("SQLITE_FULL") || name.startsWith("SQLITE_IOERR")) {
            advice = "the disk is full or cannot be written: free space, then save again; earlier runs are intact";
        } else if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            advice = "another process has held it for 30 seconds: close that process, then try again";
        } else if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN")) {
            advice = "it cannot be opened for writing: check that path and rights allow it, or name another file";
        } else {
            advice = "SQLite refused";
        }
        return new RunStoreException("run store " + file + ": " + advice + " (" + e.getMessage() + ")", e, unsaved);
    }

    /** A file that is no store any more. */
    static RunStoreException damaged(Path file, String how, Throwable cause) {
        return new RunStoreException(
                "the run store " + file + " is damaged or no SQLite file (" + how + "): move it away together with its "
                        + "-wal and -shm files, open a fresh store under this name, and import what you have exported "
                        + "(runs.jsonl); `sqlite3 FILE .recover` may save more",
                cause);
    }
}
