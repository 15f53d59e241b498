package org.parsimony.notebook;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.parsimony.base.Home;
import org.parsimony.data.Datasets;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.notebook.spi.LiteralCompleter;

/** Names of data sets, networks, methods and papers, where a call of the library takes one as a string. */
final class CallNames implements LiteralCompleter {

    /** Calls that take names of one kind, as they are written, and which argument that is. */
    private record Kind(Pattern call, int argument, Supplier<List<String>> names) {

        Kind(String calls, int argument, Supplier<List<String>> names) {
            this(Pattern.compile("(.*\\.)?(" + calls + ")"), argument, names);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("Datasets\\.(load|about)|Recipe\\.of|\\w*[rR]ecipe\\.withDataset", 0, Datasets::names),
            new Kind("Architectures\\.(resolve|known|name)|\\w*[rR]ecipe\\.withNetwork", 0, Architectures::names),
            new Kind("Recipe\\.of", 1, Architectures::names),
            new Kind("Methods\\.named|Step\\.of", 0, Methods::names),
            new Kind("Experiment\\.(of|names)|Claims\\.ofPaper", 0, CallNames::papers));

    @Override
    public List<String> complete(Place place) {
        return KINDS.stream()
                .filter(kind -> kind.argument == place.argument())
                .filter(kind -> kind.call.matcher(place.call()).matches())
                .flatMap(kind -> kind.names.get().stream())
                .toList();
    }

    private static List<String> papers() {
        return Home.checkout().isPresent() ? Home.papers() : List.of();
    }
}
