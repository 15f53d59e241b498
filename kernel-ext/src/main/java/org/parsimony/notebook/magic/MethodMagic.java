package org.parsimony.notebook.magic;

import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * A method as a magic: {@code var r = %optinet --dataset mnist --epochs 5} is {@code OptiNET.run(model, data, options,
 * progress)}. Its options are those of the method's record, and what every method is given.
 */
final class MethodMagic<R extends Record> extends CommandMagic {

    /** The sentence that every method is. */
    @FunctionalInterface
    interface Method<R> {
        Outcome run(Model model, Dataset data, R options, Progress progress);
    }

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            completionCandidates = DatasetNames.class,
            description = "a data set of the registry, or an expression of the type Dataset")
    private String dataset;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "widths such as 784-300-100-10, or lenet5, untrained; a file .h5 (Keras), .zip "
                    + "(Deeplearning4j) or .pars; or an expression of the type Model; "
                    + "default hidden layers of 300 and 100 units")
    private String network;

    @Option(names = "--train", paramLabel = "N", description = "most training samples, at least 1; default all")
    private Integer train;

    private final Class<R> type;
    private final Method<R> method;
    private OptionsRecord<R> record;

    /**
     * @param options the method's options
     * @param outcome what {@code method} returns
     */
    MethodMagic(
            Notebook notebook,
            String name,
            String summary,
            Class<R> options,
            Class<? extends Outcome> outcome,
            Method<R> method) {
        super(notebook, name, outcome, summary);
        this.type = options;
        this.method = method;
    }

    @Override
    void extend(CommandSpec spec) {
        record = new OptionsRecord<>(type);
        for (OptionSpec option : record.options()) {
            spec.addOption(option);
        }
    }

    @Override
    Object call(ParseResult given, String body) {
        R options = record.from(given); // before the data is read: a wrong option is told at once
        if (train != null) {
            Require.atLeast("--train", train, 1);
        }
        long seed = record.seed(options);
        Dataset data = data();
        if (train != null) {
            data = data.limited(train, Integer.MAX_VALUE, Integer.MAX_VALUE, seed);
        }
        return method.run(model(data, seed), data, options, new NotebookProgress(notebook, "%" + name()));
    }

    private Dataset data() {
        if (Datasets.knows(dataset)) {
            return Datasets.load(dataset, new NotebookProgress(notebook, "%" + name()));
        }
        return new Values(notebook)
                .get("--dataset", dataset, Dataset.class, "one of " + String.join(", ", Datasets.names()));
    }

    private Model model(Dataset data, long seed) {
        String text = network == null ? data.inputs() + "-300-100-" + data.classes() : network;
        if (!Architectures.known(text)) {
            return new Values(notebook)
                    .get("--network", text, Model.class, "widths such as 784-300-100-10, lenet5, a network file");
        }
        return Architectures.resolve(text, data, seed);
    }
}
