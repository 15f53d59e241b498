package org.parsimony.notebook.kernel.shell;

import org.parsimony.notebook.kernel.language.CellText;

/**
 * Where a snippet was written.
 *
 * @param text the whole cell
 * @param start where in the cell's Java the snippet begins
 * @param cell what to call the cell
 */
record Declared(CellText text, int start, String cell) {

    /** The cell's line, from 1, in which the snippet's line {@code line}, from 1, stands. */
    int line(int line) {
        return text.line(start) + line - 1;
    }
}
