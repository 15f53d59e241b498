package org.parsimony.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.parsimony.base.Home;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.experiment.running.Sweep;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.weights.WeightsFile;

/**
 * Where recipes are carried out: a run store, a folder of the networks on the way, and threads. Nothing that the store has
 * is carried out again, but by {@link #reproduce}.
 *
 * @param store file of the run store; made by the first run
 * @param prefixes folder of the networks on the way
 * @param materials what the names of data sets and networks mean
 * @param threads at least 1: recipes side by side, or for a single recipe those of a step; results do not depend on it
 */
public record Workplace(Path store, Path prefixes, Materials materials, int threads) {

    private static final int USUAL_THREADS = 2;

    public Workplace {
        Require.atLeast("threads", threads, 1);
    }

    /** This machine's own store, the registry's data, and two threads where there are two processors. */
    public static Workplace here() {
        return new Workplace(Home.runs(), Home.runs().resolveSibling("networks"), new Materials(), usualThreads());
    }

    /** The threads of {@link #here}. */
    public static int usualThreads() {
        return Math.min(USUAL_THREADS, Runtime.getRuntime().availableProcessors());
    }

    /** This workplace with other materials. */
    public Workplace with(Materials others) {
        return new Workplace(store, prefixes, others, threads);
    }

    /** This workplace with so many threads. */
    public Workplace withThreads(int other) {
        return new Workplace(store, prefixes, materials, other);
    }

    /**
     * This workplace, which also knows the network file that a recipe or a parameter names by its path; itself for what is
     * no file.
     */
    public Workplace knowing(String network) {
        return isFile(network) ? with(materials.withNetwork(network)) : this;
    }

    /** What recipes call a network: of a file its name and checksum, on which the result depends, not on its path. */
    public static String named(String network) {
        return isFile(network) ? Architectures.name(network) : network;
    }

    /** A workplace that knows a data set, and what recipes call it. */
    private record Known(Workplace here, String dataset) {}

    /**
     * Of a path to data of one's own the data, read now, under its name and the first 12 digits of its contents' SHA-256, so
     * that a recipe says what it ran on; a name stays as it is.
     */
    private Known knowingData(String dataset) {
        if (materials.has(dataset) || Datasets.isRegistered(dataset) || !Datasets.knows(dataset)) {
            return new Known(this, dataset);
        }
        Dataset read = Datasets.load(dataset);
        String name = read.name() + "@" + read.lineage().digest().substring(0, 12);
        return new Known(with(materials.with(read.renamed(name), dataset)), name);
    }

    private static boolean isFile(String network) {
        try {
            WeightsFile weights = WeightsFile.parse(network);
            Path file = weights == null ? Path.of(network) : weights.file();
            return !Architectures.names().contains(network) && Files.isRegularFile(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Carries recipes out that run side by side, each on one thread. */
    public Runner sideBySide() {
        return runner(1);
    }

    private Runner runner(int each) {
        return new Runner(new Prefixes(prefixes), materials, each);
    }

    /**
     * Carries out a recipe unless the store has it, and stores it. A network that it names by a file's path is given the
     * name that {@link #named} tells.
     *
     * @throws IllegalArgumentException if data, network, a method or an option is not there or does not fit
     */
    public Run run(Recipe recipe, Progress progress) {
        Known known = knowing(recipe.network()).knowingData(recipe.dataset());
        Workplace here = known.here();
        Recipe whole = here.checked(recipe.withDataset(known.dataset()));
        try (RunStore open = RunStore.open(store)) {
            Optional<Run> stored = open.find(whole.id());
            return stored.isPresent()
                    ? stored.get()
                    : open.save(here.runner(threads).run(whole, progress));
        }
    }

    /**
     * The network that a recipe leads to; steps whose networks are kept are not carried out again.
     *
     * @throws IllegalArgumentException if data, network, a method or an option is not there or does not fit
     */
    public Model network(Recipe recipe, Progress progress) {
        Known known = knowing(recipe.network()).knowingData(recipe.dataset());
        Workplace here = known.here();
        return here.runner(threads).network(here.checked(recipe.withDataset(known.dataset())), progress);
    }

    /**
     * Carries out those recipes that the store lacks, side by side.
     *
     * @return a run a recipe, in their order
     * @throws IllegalStateException if a recipe fails; the message names the first, the others are in the store
     */
    public List<Run> run(List<Recipe> recipes, Progress progress) {
        if (recipes.size() == 1) {
            return List.of(run(recipes.get(0), progress));
        }
        Ready ready = ready(recipes);
        Map<String, Run> runs = new LinkedHashMap<>();
        try (RunStore open = RunStore.open(store)) {
            Sweep.Report report = Carrier.THREADS.run(ready.place(), open, ready.recipes(), progress, result -> {});
            report.failures().stream().findFirst().ifPresent(failed -> {
                throw new IllegalStateException(failed.recipe() + " failed: " + failed.reason(), failed.error());
            });
            report.runs().forEach(run -> runs.put(run.id(), run));
        }
        return ready.recipes().stream().map(recipe -> runs.get(recipe.id())).toList();
    }

    /**
     * Recipes that can be carried out.
     *
     * @param place knows what they name
     * @param recipes complete, data and networks of one's own under the names that the store has for them
     */
    public record Ready(Workplace place, List<Recipe> recipes) {}

    /**
     * Looks at recipes before anything is carried out.
     *
     * @return as many recipes, in their order
     * @throws IllegalArgumentException if data, network, a method or an option is not there or does not fit
     */
    public Ready ready(List<Recipe> recipes) {
        Workplace here = this;
        for (String network : recipes.stream().map(Recipe::network).distinct().toList()) {
            here = here.knowing(network);
        }
        List<Recipe> whole = new ArrayList<>();
        Map<String, String> names = new TreeMap<>();
        for (Recipe recipe : recipes) {
            if (!names.containsKey(recipe.dataset())) {
                Known known = here.knowingData(recipe.dataset());
                here = known.here();
                names.put(recipe.dataset(), known.dataset());
            }
            whole.add(here.checked(recipe.withDataset(names.get(recipe.dataset()))));
        }
        return new Ready(here, whole);
    }

    /** Carries out what the store lacks of an experiment; see {@link Experiment#run}. */
    public List<Run> run(Experiment experiment, Progress progress) {
        Object network = experiment.parameters().get("network");
        Workplace here = network instanceof String text ? knowing(text) : this;
        Experiment own = network instanceof String text ? experiment.with("network", named(text)) : experiment;
        if (experiment.parameters().get("dataset") instanceof String dataset) {
            Known known = here.knowingData(dataset);
            here = known.here();
            own = own.with("dataset", known.dataset());
        }
        here.check(own);
        try (RunStore open = RunStore.open(store)) {
            return own.run(open, here.runner(1), threads, progress);
        }
    }

    /**
     * Makes sure that every recipe of an experiment can be carried out here, as far as that can be told without reading any
     * data.
     *
     * @throws IllegalArgumentException naming the parameter, its value, and what it must be
     */
    public void check(Experiment experiment) {
        experiment.trials().stream()
                .map(Experiment.Trial::recipe)
                .map(recipe -> recipe.withSeed(1))
                .distinct()
                .forEach(materials::require);
    }

    private Recipe checked(Recipe recipe) {
        Recipe whole = recipe.withNetwork(named(recipe.network())).complete();
        materials.require(whole);
        return whole;
    }

    /**
     * The run whose id begins with these digits, of the store or else of a paper's committed results.
     *
     * @param digits six or more of the id
     * @throws IllegalArgumentException if there is none, or several
     */
    public Run find(String digits) {
        Require.that(
                digits.matches("[0-9a-f]{6,64}"),
                "run id is \"%s\", but must be 6 to 64 hexadecimal digits in lower case",
                digits);
        if (Files.exists(store)) {
            try (RunStore open = RunStore.open(store)) {
                Optional<Run> stored = open.find(digits);
                if (stored.isPresent()) {
                    return stored.get();
                }
            }
        }
        List<Run> committed = Home.checkout().isPresent() ? PaperRuns.committed(digits) : List.of();
        Require.that(committed.size() <= 1, "run id \"%s\" fits several runs; give more digits", digits);
        Require.that(
                committed.size() == 1,
                "there is no run \"%s\" in the run store %s or in the results of the papers",
                digits,
                store);
        return committed.get(0);
    }

    /**
     * Carries out a run's recipe again, past the store and from its first step on, and sets both side by side. Nothing is
     * stored.
     *
     * @throws IllegalArgumentException as {@link #find}, and if its data or network is not known here
     */
    public Reproduction reproduce(String digits, Progress progress) {
        Run then = find(digits);
        materials.require(then.recipe());
        Path fresh = null;
        try {
            fresh = Files.createTempDirectory("parsimony-reproduce");
            Run now = new Runner(new Prefixes(fresh), materials, threads).run(then.recipe(), progress);
            return new Reproduction(then, now);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the networks on the way: " + e.getMessage(), e);
        } finally {
            delete(fresh);
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
