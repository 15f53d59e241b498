package org.parsimony.notebook.magic;

import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.OptionsRecord;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * A method of the registry as a magic: {@code var r = %METHOD --dataset mnist --seed 1} is {@code X.run(model, data,
 * options, new Context(1))}, the same as the first step of a recipe with seed 1; {@code --place} makes it the same as a
 * later one.
 */
final class MethodMagic<O extends Record> extends CommandMagic {

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            completionCandidates = Names.OfDatasets.class,
            description = "a data set of the registry, or an expression of the type Dataset")
    private String dataset;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            completionCandidates = Names.OfNetworks.class,
            description =
                    "widths such as 784-300-100-10, or lenet5, untrained; a network file; or an expression of the "
                            + "type Model; default hidden layers of 300 and 100 units")
    private String network;

    @Option(names = "--train", paramLabel = "N", description = "most training samples, at least 1; default all")
    private Integer train;

    @Option(names = "--seed", paramLabel = "SEED", description = "what everything random derives from; default 1")
    private long seed = 1;

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "of the step in a recipe, at least 0: the same method at another place draws other numbers; "
                    + "default 0")
    private int place;

    @Mixin
    private Threads threads;

    private final Method<O> method;
    private OptionsRecord<O> record;

    MethodMagic(Notebook notebook, Method<O> method) {
        super(notebook, method.name(), method.outcome(), method.summary());
        this.method = method;
    }

    @Override
    protected void extend(CommandSpec spec) {
        record = new OptionsRecord<>(method);
        for (OptionSpec option : record.options()) {
            spec.addOption(option);
        }
    }

    @Override
    protected Object call(ParseResult given, String body) {
        O options = record.from(given); // before the data is read: a wrong option is told at once
        if (train != null) {
            Require.atLeast("--train", train, 1);
        }
        Require.atLeast("--place", place, 0);
        NotebookProgress progress = new NotebookProgress(notebook, "%" + name());
        Context context = new Context(seed, progress).at(place).threads(threads.number());
        Model model = network == null || Architectures.known(network) ? null : expression();
        Dataset data = data(progress);
        if (train != null) {
            Require.that(
                    train <= data.train().size(),
                    "--train is %d, but must be at most %d, the training samples of %s",
                    train,
                    data.train().size(),
                    data.name());
            data = data.limited(train, data.validation().size(), data.test().size(), seed);
        }
        if (model == null) {
            Require.that(
                    network != null || !data.isValued(),
                    "--network is missing; %s has real values to tell, and no usual network: name one, for example deepdta",
                    data.name());
            String text = network == null ? data.inputs() + "-300-100-" + data.classes() : network;
            model = Architectures.resolve(text, data, seed);
        }
        Methods.requireTaken(method, data);
        return method.run(model, data, options, context);
    }

    private Dataset data(NotebookProgress progress) {
        return Datasets.knows(dataset)
                ? Datasets.load(dataset, progress)
                : new Values(notebook)
                        .get("--dataset", dataset, Dataset.class, "one of " + String.join(", ", Datasets.names()));
    }

    private Model expression() {
        return new Values(notebook)
                .get("--network", network, Model.class, "widths such as 784-300-100-10, lenet5, a network file");
    }
}
