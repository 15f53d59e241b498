package org.parsimony.notebook.magic;

import java.util.Iterator;
import org.parsimony.data.Datasets;

/** The names of the registry, for Tab. */
final class DatasetNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Datasets.names().iterator();
    }
}
