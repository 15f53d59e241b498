package org.parsimony.coding;

import java.nio.file.Path;

/** A coded matrix or network that is cut, altered, of a newer version, or that contradicts itself. */
public final class CodingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** @param problem what is wrong and what to do, as the end of a sentence about the coded data */
    public CodingException(String problem) {
        super("the coded data " + problem);
    }

    /** The same problem, of the data in {@code file}. */
    public CodingException(Path file, CodingException problem) {
        super(file + " cannot be read: " + problem.getMessage(), problem);
    }
}
