package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import org.parsimony.sensitivity.LayerHarm;

/** The words of what can be done to a layer, for completion and help. */
public final class HarmNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return LayerHarm.all().stream().map(LayerHarm::word).iterator();
    }
}
