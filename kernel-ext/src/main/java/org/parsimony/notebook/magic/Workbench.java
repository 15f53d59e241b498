package org.parsimony.notebook.magic;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.parsimony.base.Home;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Materials;
import org.parsimony.notebook.magic.arguments.Networks;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.spi.Notebook;

/**
 * What the magics of one notebook that carry recipes out have in common: the workplace, the data sets and network files of
 * the notebook under the names that recipes have for them, and its parameters.
 */
final class Workbench {

    private static final String TIER = "tier";
    private static final String NETWORK = "network";

    private final Notebook notebook;
    private final ParamsMagic parameters;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final Map<String, Path> networks = new LinkedHashMap<>();
    private Materials registry;

    /** @param parameters knows the values of the notebook's parameters */
    Workbench(Notebook notebook, ParamsMagic parameters) {
        this.notebook = notebook;
        this.parameters = parameters;
    }

    Notebook notebook() {
        return notebook;
    }

    /** The name that a recipe has for a data set: the registry's, a path, or that of an expression's value. */
    String dataset(String word) {
        if (datasets.containsKey(word) || Datasets.knows(word)) {
            return word;
        }
        Dataset data = new Values(notebook)
                .get("dataset", word, Dataset.class, "one of " + String.join(", ", Datasets.names()));
        datasets.put(data.name(), data);
        return data.name();
    }

    /** The name that a recipe has for a network: of a file its name with a part of its checksum, else the word. */
    String network(String word) {
        String name = Workplace.named(word);
        if (!name.equals(word)) {
            networks.put(name, Path.of(word));
        }
        return name;
    }

    /** The workplace, which knows what these recipes name as far as the notebook does. */
    Workplace place(Collection<Recipe> recipes, int threads) {
        for (Recipe recipe : recipes) {
            // A recipe made in Java names its data set as the data set names itself, and often as its variable.
            String name = recipe.dataset();
            if (SourceVersion.isIdentifier(name) && !Datasets.names().contains(name) && !datasets.containsKey(name)) {
                dataset(name);
            }
            network(recipe.network());
        }
        synchronized (this) {
            registry = registry == null ? new Materials() : registry;
            Materials materials = registry;
            for (Dataset data : datasets.values()) {
                materials = materials.with(data);
            }
            for (Path file : networks.values()) {
                materials = materials.with(file);
            }
            return Workplace.here().with(materials).withThreads(threads);
        }
    }

    /**
     * An experiment with the notebook's parameters.
     *
     * @param name {@code paper/experiment}
     * @param tier or null for the notebook's parameter, else short
     */
    Experiment experiment(String name, Tier tier) {
        return experiment(name, tier, parameters.values());
    }

    Experiment experiment(String name, Tier tier, Map<String, Object> values) {
        Tier wanted = tier != null ? tier : Tier.of(String.valueOf(values.getOrDefault(TIER, Tier.SHORT)));
        int slash = name.indexOf('/');
        Experiment experiment = Experiment.of(name.substring(0, slash), name.substring(slash + 1), wanted)
                .withKnown(values);
        return experiment.parameters().get(NETWORK) instanceof String network
                ? experiment.with(NETWORK, network(network))
                : experiment;
    }

    /** Whether a word names an experiment: a paper's folder, a slash, and more. */
    static boolean isExperiment(String word) {
        int slash = word.indexOf('/');
        return slash > 0
                && word.substring(0, slash).matches("[a-z][a-z0-9-]*")
                && word.substring(slash + 1).matches("[A-Za-z0-9_-]+")
                && Home.checkout().isPresent()
                && !Networks.isFile(word)
                && Home.papers().contains(word.substring(0, slash));
    }

    /** Whether a word names a recipe's file: one that is there, or is no Java and ends like one. */
    static boolean isRecipeFile(String word) {
        return Networks.isFile(word) || word.endsWith(".json") || word.endsWith(".txt");
    }
}
