package org.parsimony.notebook;

import java.util.List;
import org.parsimony.data.Datasets;
import org.parsimony.notebook.spi.LiteralCompleter;

/** The registry's data sets, in {@code Datasets.load("…")} and its like. */
final class DatasetNames implements LiteralCompleter {

    @Override
    public List<String> complete(Place place) {
        boolean takesName = place.argument() == 0 && place.call().matches("(.*\\.)?Datasets\\.(load|about)");
        return takesName ? Datasets.names() : List.of();
    }
}
