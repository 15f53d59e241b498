package org.parsimony.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.timing.Container;
import org.parsimony.timing.LatencyTable;
import org.parsimony.timing.TimedNet;

/**
 * Searches a convolutional network under a limit of latency on this machine, and gives it with fresh weights, to be trained by the
 * next step (Zhang et al. 2020). Paths of one super-net share weights; the search ranks them by validation accuracy with these
 * weights, and looks their latency up as the sum of measured layers. In two stages the later half of the blocks is searched first,
 * the earlier ones being the operator that computes most for its latency; then, with the found tail and its weights, the earlier half.
 *
 * <p>The network that it is given tells nothing but where it stands in a recipe: images and classes are the data's.
 *
 * <p>Randomness: weights, paths, order of samples and evolution, by the context. Latencies are measured, once for each machine, so
 * another machine finds other networks; with {@code confirmed} above 0 so may the next moment.
 */
public final class Latency {

    private Latency() {}

    /** How paths are looked for. */
    public enum Search {
        /** Later blocks, then earlier ones, each with half of the training and of the generations. */
        TWO_STAGE,
        /** All blocks at once. */
        ONE_STAGE,
        /** Of as many paths as one stage scores, drawn at random within the limit, the best: the control. */
        RANDOM
    }

    /** What the search takes for latency. */
    public enum Price {
        /** The sum of measured layers. */
        LATENCY,
        /** A line in multiply-accumulates, fitted to predicted latencies of paths drawn at random. */
        MACS
    }

    /** How to search; sizes of the search are those of the published code of the super-net. */
    public record Options(
            @Describe(value = "blocks whose operator is searched, at least 2", least = 2) int blocks,
            @Describe(value = "channels of every block, at least 1", least = 1) int channels,
            @Describe("how paths are looked for") Search search,
            @Describe("what the search takes for latency") Price price,
            @Describe(
                            value = "limit of latency, from that of the quickest network (0) to the slowest (1) of one"
                                    + " operator throughout",
                            least = 0,
                            most = 1)
                    double limit,
            @Describe(value = "epochs of training of the super-net in all, at least 2", least = 2) int epochs,
            @Describe(value = "samples of its training batch, at least 1", least = 1) int batchSize,
            @Describe(value = "its learning rate, falling to 0, above 0", least = 0) double learningRate,
            @Describe(value = "paths of a generation, at least 4", least = 4) int population,
            @Describe(value = "generations in all, at least 2", least = 2) int generations,
            @Describe(value = "best paths that the next generation descends from, at least 1", least = 1) int best,
            @Describe(value = "chance that a block of a mutant is drawn anew", least = 0, most = 1) double mutation,
            @Describe(value = "training images for batch statistics of a path, at least 2", least = 2) int images,
            @Describe(
                            value =
                                    "best paths that are measured whole before one is chosen within the limit, 0 to trust the"
                                            + " prediction",
                            least = 0)
                    int confirmed) {

        public Options {
            Require.atLeast("blocks", blocks, 2);
            Require.atLeast("channels", channels, 1);
            Require.oneOf("search", search, Search.values());
            Require.oneOf("price", price, Price.values());
            Require.between("limit", limit, 0, 1);
            Require.atLeast("epochs", epochs, 2);
            Require.atLeast("batchSize", batchSize, 1);
            Require.positive("learningRate", learningRate);
            Require.atLeast("population", population, 4);
            Require.atLeast("generations", generations, 2);
            Require.atLeast("best", best, 1);
            Require.between("mutation", mutation, 0, 1);
            Require.atLeast("images", images, 2);
            Require.atLeast("confirmed", confirmed, 0);
        }

        /** The defaults: six blocks of 16 channels, 50 paths in 20 generations, half of the span of latencies. */
        public Options() {
            this(6, 16, Search.TWO_STAGE, Price.LATENCY, 0.5, 20, 64, 0.05, 50, 20, 10, 0.1, 500, 10);
        }

        /** These options with other blocks. */
        public Options blocks(int number, int wide) {
            return With.component(With.component(this, "blocks", number), "channels", wide);
        }

        /** These options with another search. */
        public Options search(Search other) {
            return With.component(this, "search", other);
        }

        /** These options with another price. */
        public Options price(Price other) {
            return With.component(this, "price", other);
        }

        /** These options with another limit. */
        public Options limit(double other) {
            return With.component(this, "limit", other);
        }

        /** These options with another number of epochs of the super-net. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another size of evolution. */
        public Options evolution(int paths, int number) {
            return With.component(With.component(this, "population", paths), "generations", number);
        }

        /** These options with so many paths measured whole. */
        public Options confirmed(int other) {
            return With.component(this, "confirmed", other);
        }

        Evolution.Sizes sizes(int stages) {
            return new Evolution.Sizes(population, Math.max(1, generations / stages), best, mutation);
        }
    }

    /**
     * Searches.
     *
     * @throws IllegalArgumentException if the data are no images of at least 4 × 4
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public static FoundPath run(Model start, Dataset data, Options options, Context context) {
        return run(start, data, options, context, LatencyTable.here());
    }

    /** {@link #run(Model, Dataset, Options, Context)} with another table than this machine's. */
    static FoundPath run(Model start, Dataset data, Options options, Context context, LatencyTable table) {
        long nanos = System.nanoTime();
        Space space =
                new Space(Shape.of(data.train().shape()), data.train().classes(), options.blocks(), options.channels());
        Pricing pricing = Pricing.of(
                space,
                options,
                table,
                context.random("paths of the line"),
                context.progress().part(0, 0.1));
        SuperNet net = new SuperNet(space, data, options.images(), context.seed("super-net"));
        List<FoundPath.Stage> stages = stages(space, pricing, net, options, context.part(0.1, 0.95));
        FoundPath.Chosen chosen = chosen(space, pricing, stages, options, table, context);
        Model model = space.blueprint(chosen.path()).model(space.fresh(chosen.path(), context.seed("fresh weights")));
        context.progress().report(1, 1, "found " + Space.text(chosen.path()));
        return new FoundPath(Change.of(start, model, data, nanos).fresh(), options, stages, chosen);
    }

    private static List<FoundPath.Stage> stages(
            Space space, Pricing pricing, SuperNet net, Options options, Context context) {
        int blocks = options.blocks();
        int[] path = new int[blocks];
        Arrays.fill(path, usual(space, pricing));
        if (options.search() != Search.TWO_STAGE) {
            return List.of(stage("all blocks", path, 0, blocks, pricing, net, options, 1, context));
        }
        int half = blocks / 2;
        List<FoundPath.Stage> stages = new ArrayList<>();
        FoundPath.Stage later =
                stage("later blocks", path, half, blocks, pricing, net, options, 2, context.part(0, 0.5));
        stages.add(later);
        int[] tail = Evolution.best(later.scored(), 1).get(0).path();
        stages.add(stage("earlier blocks", tail, 0, half, pricing, net, options, 2, context.part(0.5, 1)));
        return List.copyOf(stages);
    }

    /**
     * The operator of blocks that are not searched yet: of those of which a network throughout keeps the limit, that with the most
     * multiply-accumulates a second; the others must be able to keep the limit beside it.
     */
    private static int usual(Space space, Pricing pricing) {
        return IntStream.range(0, Space.choices())
                .boxed()
                .filter(o -> pricing.allows(uniform(space, o)))
                .max(Comparator.comparingDouble(o -> space.kernels(uniform(space, o)).list().stream()
                                .mapToDouble(kernel -> kernel.macs())
                                .sum()
                        / pricing.latency().applyAsDouble(uniform(space, o))))
                .orElseGet(() -> IntStream.range(0, Space.choices())
                        .boxed()
                        .min(Comparator.comparingDouble(o -> pricing.price().applyAsDouble(uniform(space, o))))
                        .orElseThrow());
    }

    private static int[] uniform(Space space, int operator) {
        int[] path = new int[space.blocks()];
        Arrays.fill(path, operator);
        return path;
    }

    private static FoundPath.Stage stage(
            String name,
            int[] base,
            int from,
            int to,
            Pricing pricing,
            SuperNet net,
            Options options,
            int of,
            Context context) {
        boolean[] free = new boolean[base.length];
        Arrays.fill(free, from, to, true);
        Evolution draws = new Evolution(base, free, pricing::allows, context.random("paths to train, " + name));
        Progress training = context.progress().part(0, 0.5);
        // every path is trained, also beyond the limit: what is shared must not depend on it
        int steps = net.train(
                draws::drawn,
                Math.max(1, options.epochs() / of),
                options.batchSize(),
                options.learningRate(),
                context.random("order of samples, " + name),
                training);
        Evolution evolution = new Evolution(base, free, pricing::allows, context.random("evolution, " + name));
        Progress scoring = context.progress().part(0.5, 1);
        List<Evolution.Scored> scored = options.search() == Search.RANDOM
                ? evolution.random(net::accuracy, options.sizes(of), scoring)
                : evolution.run(net::accuracy, options.sizes(of), scoring);
        if (scored.isEmpty()) { // nothing drawn keeps the limit: what is fixed stands
            scored = List.of(new Evolution.Scored(base, net.accuracy(base), 1));
        }
        return new FoundPath.Stage(name, List.copyOf(scored), steps, pricing.latency(), pricing.limit());
    }

    /** Of the best paths of the last stage, the best that keeps the limit when it is measured whole; the quickest if none does. */
    private static FoundPath.Chosen chosen(
            Space space,
            Pricing pricing,
            List<FoundPath.Stage> stages,
            Options options,
            LatencyTable table,
            Context context) {
        List<Evolution.Scored> scored = stages.get(stages.size() - 1).scored();
        List<Evolution.Scored> best = Evolution.best(scored, Math.max(1, options.confirmed()));
        double[] measured = new double[best.size()];
        Arrays.fill(measured, Double.NaN);
        int choice = 0;
        if (options.confirmed() > 0) {
            List<TimedNet> networks = best.stream()
                    .map(each -> timed(space, each.path(), context.seed("fresh weights")))
                    .toList();
            measured = table.meter().networks(networks, context.progress().part(0.95, 1));
            double[] seconds = measured;
            choice = IntStream.range(0, seconds.length)
                    .filter(i -> seconds[i] <= pricing.limit())
                    .findFirst()
                    .orElseGet(() -> IntStream.range(0, seconds.length)
                            .boxed()
                            .min(Comparator.comparingDouble(i -> seconds[i]))
                            .orElseThrow());
        }
        int[] path = best.get(choice).path();
        return new FoundPath.Chosen(
                path,
                best.get(choice).accuracy(),
                pricing.latency().applyAsDouble(path),
                measured[choice],
                pricing.limit());
    }

    private static TimedNet timed(Space space, int[] path, long seed) {
        Blueprint blueprint = space.blueprint(path);
        return new TimedNet(
                blueprint.isChain() ? Container.CHAIN : Container.GRAPH,
                space.in(),
                blueprint.model(space.fresh(path, seed)),
                null);
    }

    /** The method {@code latency}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "latency",
                    "latency",
                    "search a convolutional network under a limit of latency on this machine",
                    Options.class,
                    Latency::run);
        }

        @Override
        public Training training(Options options) {
            return Training.ANEW;
        }
    }
}
