package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import org.parsimony.data.Datasets;

/** The names of the registry, for Tab. */
public final class DatasetNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Datasets.names().iterator();
    }
}
