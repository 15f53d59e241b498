package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import org.parsimony.method.Methods;

/** The names of the registry of methods, for Tab. */
public final class MethodNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Methods.names().iterator();
    }
}
