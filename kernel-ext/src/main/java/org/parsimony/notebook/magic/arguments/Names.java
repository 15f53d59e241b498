package org.parsimony.notebook.magic.arguments;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.parsimony.base.Home;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Experiment;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.sensitivity.LayerHarm;

/** Names that Tab completes: each time it asks, those that there are then. */
public abstract class Names implements Iterable<String> {

    private final Supplier<List<String>> names;

    private Names(Supplier<List<String>> names) {
        this.names = names;
    }

    @Override
    public final Iterator<String> iterator() {
        return names.get().iterator();
    }

    /** Data sets of the registry. */
    public static final class OfDatasets extends Names {

        /** For picocli. */
        public OfDatasets() {
            super(Datasets::names);
        }
    }

    /** Methods of the registry. */
    public static final class OfMethods extends Names {

        /** For picocli. */
        public OfMethods() {
            super(Methods::names);
        }
    }

    /** Networks that a name stands for. */
    public static final class OfNetworks extends Names {

        /** For picocli. */
        public OfNetworks() {
            super(Architectures::names);
        }
    }

    /** What can be done to a layer. */
    public static final class OfHarms extends Names {

        /** For picocli. */
        public OfHarms() {
            super(() -> LayerHarm.all().stream().map(LayerHarm::word).toList());
        }
    }

    /** The folders of papers; none outside a checkout. */
    public static final class OfPapers extends Names {

        /** For picocli. */
        public OfPapers() {
            super(Names::papers);
        }
    }

    /** The experiments of all papers as {@code optinet/comparison}; none outside a checkout. */
    public static final class OfExperiments extends Names {

        /** For picocli. */
        public OfExperiments() {
            super(() -> papers().stream()
                    .flatMap(paper -> experiments(paper).map(name -> paper + "/" + name))
                    .toList());
        }

        private static Stream<String> experiments(String paper) {
            try {
                return Experiment.names(paper).stream();
            } catch (IllegalArgumentException damaged) {
                return Stream.empty(); // running it tells what is wrong
            }
        }
    }

    private static List<String> papers() {
        return Home.checkout().map(root -> Home.papers()).orElse(List.of());
    }
}
