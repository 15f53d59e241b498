package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.parsimony.experiment.Experiment;

/** The experiments of all papers as {@code optinet/comparison}, for Tab; none outside a checkout. */
public final class ExperimentNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return StreamSupport.stream(new PaperNames().spliterator(), false)
                .flatMap(paper -> names(paper).map(name -> paper + "/" + name))
                .iterator();
    }

    private static Stream<String> names(String paper) {
        try {
            return Experiment.names(paper).stream();
        } catch (IllegalArgumentException damaged) {
            return Stream.empty(); // running it tells what is wrong
        }
    }
}
