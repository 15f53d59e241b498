package org.parsimony.notebook.kernel.shell;

/**
 * What a cell's last statement is worth.
 *
 * @param value the object, or null
 * @param kind what kind of statement it was
 */
public record CellValue(Object value, Kind kind) {

    /** A statement by what it is worth. */
    public enum Kind {
        /** A declaration, an assignment or a call that returns nothing. */
        NONE,
        /** An expression. */
        EXPRESSION,
        /** The name of a variable. */
        VARIABLE
    }

    /** What a declaration is worth. */
    public static final CellValue NOTHING = new CellValue(null, Kind.NONE);
}
