package org.parsimony.notebook.spi;

import java.util.List;

/** Knows what may stand in a string of a cell: names of data sets, of columns, of files. */
@FunctionalInterface
public interface LiteralCompleter {

    /**
     * A string that is being typed.
     *
     * @param call what it is an argument of, as it was written up to the parenthesis ({@code Datasets.load}, {@code
     *     table.column}, {@code new File}); empty if it is none
     * @param argument which argument it is, from 0
     * @param prefix the string as far as it is typed
     */
    record Place(String call, int argument, String prefix) {}

    /** What the whole string may be; nothing where this completer knows nothing. Whoever asks filters by the prefix. */
    List<String> complete(Place place);
}
