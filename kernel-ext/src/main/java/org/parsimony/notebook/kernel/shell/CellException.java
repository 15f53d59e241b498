package org.parsimony.notebook.kernel.shell;

import java.util.List;

/** Why a cell failed, as a person reads it. */
public final class CellException extends Exception {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> traceback;

    /**
     * @param name the kind: an exception's simple name, or a word such as CompileError
     * @param message one line
     * @param traceback the lines that front ends show, with ANSI colours
     */
    public CellException(String name, String message, List<String> traceback) {
        super(message == null ? "" : message);
        this.name = name;
        this.traceback = List.copyOf(traceback);
    }

    /** The exception or error as Jupyter names it. */
    public String name() {
        return name;
    }

    /** Lines for the front end, the first of them the cause. */
    public List<String> traceback() {
        return traceback;
    }
}
