package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import org.parsimony.network.Architectures;

/** The names of networks, for Tab. */
public final class NetworkNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Architectures.names().iterator();
    }
}
