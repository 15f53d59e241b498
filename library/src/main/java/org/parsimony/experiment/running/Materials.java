package org.parsimony.experiment.running;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Recipe;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/**
 * What the names in a recipe mean: data sets and networks. The registry's and those of {@link Architectures} are known;
 * others (a table of the notebook, a network in a file) are added under the name that the recipe has for them.
 */
public final class Materials {

    private final Map<String, Dataset> datasets;
    private final Map<String, String> networks;
    /** Of data sets of one's own the path that they were read from. */
    private final Map<String, String> paths;
    /** Data sets of the registry, and those at a path, are read once while there is memory. */
    private final Map<String, SoftReference<Dataset>> read = new ConcurrentHashMap<>();

    private Materials(Map<String, Dataset> datasets, Map<String, String> networks, Map<String, String> paths) {
        this.datasets = datasets;
        this.networks = networks;
        this.paths = paths;
    }

    /** The registry's data sets and the papers' networks. */
    public Materials() {
        this(Map.of(), Map.of(), Map.of());
    }

    /** These and a data set under its own name. */
    public Materials with(Dataset dataset) {
        Map<String, Dataset> more = new TreeMap<>(datasets);
        more.put(dataset.name(), dataset);
        return new Materials(more, networks, paths);
    }

    /** These and a network file under {@link Architectures#name its name}, which holds a part of its checksum. */
    public Materials with(Path network) {
        return withNetwork(network.toString());
    }

    /** {@link #with(Path)} of a file's path, or of one of weights with their architecture. */
    public Materials withNetwork(String network) {
        Map<String, String> more = new TreeMap<>(networks);
        more.put(Architectures.name(network), network);
        return new Materials(datasets, more, paths);
    }

    /** These and a data set under its own name, which was read from a path, options behind colons included. */
    public Materials with(Dataset dataset, String path) {
        Map<String, String> more = new TreeMap<>(paths);
        more.put(dataset.name(), path);
        return new Materials(with(dataset).datasets, networks, more);
    }

    /** The path of a data set or network of one's own; nothing for what everybody knows by its name. */
    public Optional<String> origin(String name) {
        return Optional.ofNullable(paths.getOrDefault(name, networks.get(name)));
    }

    /**
     * The SHA-256 over the files of a data set, 64 digits.
     *
     * @throws IllegalArgumentException if it is not known here
     */
    public String digest(String dataset) {
        Dataset given = datasets.get(dataset);
        return (given == null ? read(dataset, Progress.NONE) : given).lineage().digest();
    }

    /** Whether a data set was added under this name. */
    public boolean has(String dataset) {
        return datasets.containsKey(dataset);
    }

    /**
     * Makes sure that a recipe's data set and network are known and that it has so many samples, before anything is read.
     *
     * @throws IllegalArgumentException naming dataset, samples or network, its value, and what it must be
     */
    public void require(Recipe recipe) {
        String name = recipe.dataset();
        Dataset given = datasets.get(name);
        Require.that(
                given != null || Datasets.knows(name),
                "dataset is \"%s\", but must be a path to data of your own, or one of %s",
                name,
                String.join(
                        ", ",
                        Stream.concat(Datasets.names().stream(), datasets.keySet().stream())
                                .toList()));
        boolean registered = Datasets.isRegistered(name);
        int most = given != null
                ? given.train().size()
                : registered
                        ? Datasets.trainingSamples(name)
                        : read(name, Progress.NONE).train().size();
        Require.that(
                recipe.samples() <= most,
                "samples is %d, but must be at most %d, the training samples of %s; 0 takes all",
                recipe.samples(),
                most,
                name);
        Require.that(
                networks.containsKey(recipe.network()) || Architectures.known(recipe.network()),
                recipe.network().contains("@")
                        ? "network is %s, a file that is not known here; give its path (--network-file PATH)"
                        : "network is \"%s\", but must be widths such as 784-300-100-10, lenet5, mobilenet-8-16-16-32, or a network file",
                recipe.network());
    }

    /**
     * The data of a recipe.
     *
     * @throws IllegalArgumentException if its data set is not known here, or it has fewer samples than the recipe asks for
     */
    Dataset dataset(Recipe recipe, Progress progress) {
        Dataset given = datasets.get(recipe.dataset());
        Dataset whole = given == null ? read(recipe.dataset(), progress) : given;
        return whole.drawn(recipe.samples(), recipe.seed());
    }

    private Dataset read(String name, Progress progress) {
        SoftReference<Dataset> known = read.get(name);
        Dataset whole = known == null ? null : known.get();
        if (whole == null) {
            whole = Datasets.load(name, progress);
            read.put(name, new SoftReference<>(whole));
        }
        return whole;
    }

    /**
     * The network that a recipe starts from.
     *
     * @throws IllegalArgumentException if it is not known here or does not fit the data
     */
    Model network(Recipe recipe, Dataset data) {
        String file = networks.get(recipe.network());
        Require.that(
                file != null
                        || Architectures.known(recipe.network())
                        || !recipe.network().contains("@"),
                "network %s is a file that is not known here; give its path (--network-file PATH)",
                recipe.network());
        return Architectures.resolve(file == null ? recipe.network() : file, data, recipe.seed());
    }
}
