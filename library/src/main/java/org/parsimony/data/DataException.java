package org.parsimony.data;

/** A data file that cannot be used. The message names the file, the place in it, what is wrong and what to do. */
public final class DataException extends RuntimeException {

    /**
     * @param file the file or address
     * @param problem what is wrong and where, then what to do
     */
    public DataException(Object file, String problem) {
        this(file, problem, null);
    }

    /**
     * @param file the file or address
     * @param problem what is wrong and where, then what to do
     * @param cause what the system said
     */
    public DataException(Object file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
