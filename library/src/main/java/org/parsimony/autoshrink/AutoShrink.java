package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.steps.Train;

/**
 * Searches for a cell by taking edges from the complete one (Zhang et al. 2020), and makes of it a network with fresh weights that
 * costs at most a share of the given network. Of that network its cost alone counts; its weights and layers go.
 *
 * <p>The search trains small networks of its own on training samples and chooses on validation samples; what that cost
 * stands in {@link Shrunk#trace}. The result is not trained: a step {@code train} follows. Randomness: operations of the
 * nodes, edges tried, samples and weights, each by the context; threads do not matter.
 */
public final class AutoShrink {

    private AutoShrink() {}

    /** Where the cell comes from. */
    public enum Search {
        /** Edges are removed one by one, the one that is missed least first. */
        SHRINKING,
        /** As many edges are removed at random, and nothing is scored: the control of the choice. */
        RANDOM_REMOVAL,
        /** As many cells as shrinking scores at most are drawn at random and scored alike: the control of the search. */
        RANDOM_CELLS,
        /** The complete cell, narrower. */
        COMPLETE,
        /** The cell that the authors found. */
        FOUND
    }

    /** With which weights a cell is scored. */
    public enum Weights {
        /** With fresh ones, each cell trained by itself, as the authors' code does. */
        FRESH,
        /** With those of the cell that it was made from, trained on after each removal. */
        INHERITED
    }

    /** What the result may cost. */
    public enum Budget {
        /** Multiply-accumulates for one sample. */
        MACS,
        /** Trainable parameters. */
        PARAMETERS
    }

    /** How to search, and how large the result may be. */
    public record Options(
            @Describe("where the cell comes from") Search search,
            @Describe(value = "nodes of the cell, its input among them, at least 2", least = 2, most = 16) int nodes,
            @Describe(value = "edges that are tried for each removal, at least 1", least = 1) int candidates,
            @Describe(value = "edges at the end; 0 for the cell of the best score on the way", least = 0) int edges,
            @Describe("with which weights a cell is scored") Weights weights,
            @Describe(value = "what a tenfold of MACs takes from a score, at least 0", least = 0) double macsWeight,
            @Describe(value = "filters of each node in the search's first stage, at least 1", least = 1)
                    int proxyFilters,
            @Describe(value = "training samples of the search, 0 for all", least = 0) int proxySamples,
            @Describe(value = "validation samples of the search, 0 for all", least = 0) int proxyValidation,
            @Describe(value = "epochs of a training within the search, at least 1", least = 1) int epochs,
            @Describe(value = "epochs after each removal, of inherited weights", least = 0) int tuneEpochs,
            @Describe(value = "samples of a batch within the search, at least 1", least = 1) int batchSize,
            @Describe(value = "learning rate of Adam within the search, above 0", least = 0) double learningRate,
            @Describe(value = "cells of the result, by stage; each halves the image but the first", least = 1)
                    int[] cells,
            @Describe(value = "step of the first convolution, at least 1", least = 1) int stemStep,
            @Describe("what the result's cost is counted in") Budget budget,
            @Describe(value = "greatest cost of the result, as a share of the given network's, above 0", least = 0)
                    double share) {

        public Options {
            cells = cells.clone();
            Require.oneOf("search", search, Search.values());
            Require.between("nodes", nodes, 2, 16);
            Require.atLeast("candidates", candidates, 1);
            Require.between("edges", edges, 0, nodes * (nodes - 1) / 2);
            Require.that(
                    edges > 0 || search != Search.RANDOM_REMOVAL,
                    "edges is 0, but random removal scores nothing; say how many edges are to be left");
            Require.oneOf("weights", weights, Weights.values());
            Require.between("macsWeight", macsWeight, 0, Double.MAX_VALUE);
            Require.atLeast("proxyFilters", proxyFilters, 1);
            Require.atLeast("proxySamples", proxySamples, 0);
            Require.atLeast("proxyValidation", proxyValidation, 0);
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("tuneEpochs", tuneEpochs, 0);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.between("cells, its number of stages", cells.length, 1, 8);
            for (int each : cells) {
                Require.atLeast("cells of a stage", each, 1);
            }
            Require.atLeast("stemStep", stemStep, 1);
            Require.oneOf("budget", budget, Budget.values());
            Require.positive("share", share);
        }

        /**
         * The authors' search for images: 8 nodes, 10 edges tried, to the end, each cell trained from fresh weights for up to 20
         * epochs of 5000 samples; the result has as many MACs as the given network.
         */
        public Options() {
            this(
                    Search.SHRINKING,
                    8,
                    10,
                    0,
                    Weights.FRESH,
                    0.1,
                    16,
                    5000,
                    1000,
                    20,
                    1,
                    128,
                    4e-3,
                    new int[] {1, 1, 1},
                    1,
                    Budget.MACS,
                    1);
        }

        /** These options with another origin of the cell. */
        public Options search(Search other) {
            return With.component(this, "search", other);
        }

        /** These options with cells of so many nodes, so many edges tried, and so many left at the end. */
        public Options cell(int nodeCount, int tried, int left) {
            Options sized = With.component(With.component(this, "edges", 1), "nodes", nodeCount);
            return With.component(With.component(sized, "candidates", tried), "edges", left);
        }

        /** These options with other weights to score with, trained for so long, and after each removal. */
        public Options weights(Weights other, int trained, int afterRemoval) {
            return With.component(
                    With.component(With.component(this, "weights", other), "epochs", trained),
                    "tuneEpochs",
                    afterRemoval);
        }

        /** These options with a search of other size: filters, training samples, validation samples. */
        public Options proxy(int filters, int samples, int validation) {
            return With.component(
                    With.component(With.component(this, "proxyFilters", filters), "proxySamples", samples),
                    "proxyValidation",
                    validation);
        }

        /** These options with so many cells a stage behind a first convolution of this step. */
        public Options stages(int firstStep, int... other) {
            return With.component(With.component(this, "cells", other), "stemStep", firstStep);
        }

        /** These options with another budget. */
        public Options budget(Budget kind, double of) {
            return With.component(With.component(this, "budget", kind), "share", of);
        }

        Train.Options search(int passes) {
            return new Train.Options()
                    .epochs(passes)
                    .batchSize(batchSize)
                    .optimiser(Train.Optimiser.ADAM, learningRate)
                    .patience(PATIENCE);
        }
    }

    /** The authors end a training of the search after so many epochs without gain. */
    private static final int PATIENCE = 5;

    private record Searched(Cell cell, List<Shrinking.Step> steps, int scored, double epochs, int samples) {}

    /**
     * Searches, and makes the network.
     *
     * @throws IllegalArgumentException if samples are no images of classes or too small for the stages, or if even the narrowest
     *     network costs more than the budget
     */
    public static Shrunk run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Require.that(
                data.train().shape().length == 3,
                "cells are made of convolutions, but %s has vectors of %d values; take data of images",
                data.name(),
                data.inputs());
        Cell complete = Cell.complete(Cell.drawn(options.nodes(), context.random("operations")));
        Searched found = search(complete, data, options, context);
        Cost cost = Cost.of(start, data.train().shape());
        long most = (long) (options.share() * (options.budget() == Budget.MACS ? cost.macsDense() : cost.parameters()));
        Blueprint blueprint =
                widened(found.cell(), options, most, Shape.of(data.train().shape()), data.classes());
        Model model = blueprint.model(CellNetwork.fresh(blueprint, context.random("weights")));
        Change change = Change.of(start, model, data, nanos).rightAfter(model).fresh();
        return new Shrunk(
                change,
                complete,
                found.cell(),
                Size.of(blueprint),
                found.steps(),
                found.scored(),
                found.epochs(),
                (double) found.samples() / data.train().size());
    }

    private static Searched search(Cell complete, Dataset data, Options options, Context context) {
        int least = Math.max(1, options.edges());
        return switch (options.search()) {
            case COMPLETE -> new Searched(complete, List.of(), 0, 0, 0);
            case FOUND -> new Searched(Found.cell(), List.of(), 0, 0, 0);
            case RANDOM_REMOVAL ->
                new Searched(Shrinking.random(complete, least, context.random("edges removed")), List.of(), 0, 0, 0);
            case SHRINKING -> shrunk(complete, data, options, least, context);
            case RANDOM_CELLS -> drawn(complete, data, options, least, context);
        };
    }

    private static Searched shrunk(Cell complete, Dataset data, Options options, int least, Context context) {
        int cells = Shrinking.most(complete.edges().size(), options.candidates(), least);
        Proxy proxy = new Proxy(options, data, context, cells);
        proxy.begin(complete, options.epochs());
        List<Shrinking.Step> steps =
                Shrinking.run(complete, options.candidates(), least, proxy, context.random("edges tried"));
        Cell cell = complete;
        if (!steps.isEmpty()) {
            Shrinking.Step chosen = options.edges() > 0 ? steps.get(steps.size() - 1) : best(steps);
            cell = chosen.kept().cell();
        }
        int scored = steps.stream().mapToInt(Shrinking.Step::tried).sum();
        return new Searched(cell, steps, scored, proxy.epochs(), proxy.samples());
    }

    /** That of the highest score; of equal ones that with fewer edges. */
    private static Shrinking.Step best(List<Shrinking.Step> steps) {
        return steps.stream()
                .max(Comparator.comparingDouble(
                                (Shrinking.Step step) -> step.kept().score())
                        .thenComparingInt(step -> -step.kept().cell().edges().size()))
                .orElseThrow();
    }

    private static Searched drawn(Cell complete, Dataset data, Options options, int least, Context context) {
        int all = complete.edges().size();
        int cells = Math.max(1, Shrinking.most(all, options.candidates(), least));
        Proxy proxy = new Proxy(options, data, context, cells);
        proxy.begin(complete, options.epochs() + (all - least) * options.tuneEpochs());
        SplittableRandom random = context.random("cells drawn");
        List<Shrinking.Step> steps = new ArrayList<>();
        for (int c = 0; c < cells; c++) {
            int edges = options.edges() > 0 ? options.edges() : 1 + random.nextInt(all);
            Shrinking.Scored scored = proxy.score(Shrinking.random(complete, edges, random));
            steps.add(new Shrinking.Step(null, scored, 1, scored.score()));
        }
        return new Searched(best(steps).kept().cell(), steps, cells, proxy.epochs(), proxy.samples());
    }

    /** The widest network of the cell within the budget. */
    static Blueprint widened(Cell cell, Options options, long most, Shape in, int classes) {
        double low = 0;
        double high = 1 << 12;
        Blueprint fits = made(cell, options, low, in, classes);
        Require.that(
                cost(fits, options) <= most,
                "the narrowest network of the cell %s has %,d %s, but %,d are the share %s of the given network; raise share,"
                        + " take fewer cells, or a larger network to begin with",
                cell,
                cost(fits, options),
                options.budget() == Budget.MACS ? "MACs" : "parameters",
                most,
                options.share());
        for (int halving = 0; halving < 24; halving++) {
            double middle = (low + high) / 2;
            Blueprint tried = made(cell, options, middle, in, classes);
            if (cost(tried, options) <= most) {
                low = middle;
                fits = tried;
            } else {
                high = middle;
            }
        }
        return fits;
    }

    private static Blueprint made(Cell cell, Options options, double filters, Shape in, int classes) {
        return CellNetwork.of(
                cell,
                Layout.doubling(filters, options.cells(), options.stemStep(), Layout.Shortcut.ADDED),
                in,
                classes);
    }

    private static long cost(Blueprint blueprint, Options options) {
        Size size = Size.of(blueprint);
        return options.budget() == Budget.MACS ? size.macs() : size.parameters();
    }

    /** The method {@code autoshrink}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "autoshrink",
                    "autoshrink",
                    "a network of cells that lost edges, begun anew at a share of the cost",
                    Options.class,
                    AutoShrink::run);
        }

        @Override
        public Training training(Options options) {
            return Training.ANEW;
        }
    }
}
