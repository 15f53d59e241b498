package org.parsimony.notebook;

import java.util.List;
import java.util.function.Supplier;
import org.parsimony.notebook.spi.LiteralCompleter;
import org.parsimony.notebook.spi.Notebook;
import tech.tablesaw.api.Table;

/** The columns of a table that a variable holds, in {@code table.column("…")} and its like. */
final class ColumnNames implements LiteralCompleter {

    private static final String NAME = "[A-Za-z_$][\\w$]*";

    private final Supplier<Notebook> notebook;

    ColumnNames(Supplier<Notebook> notebook) {
        this.notebook = notebook;
    }

    @Override
    public List<String> complete(Place place) {
        int dot = place.call().lastIndexOf('.');
        String variable = dot < 0 ? "" : place.call().substring(0, dot);
        if (!variable.matches(NAME)) {
            return List.of(); // anything longer than a name would have to run
        }
        try {
            return notebook.get().eval(variable) instanceof Table table ? table.columnNames() : List.of();
        } catch (Exception e) {
            return List.of();
        }
    }
}
