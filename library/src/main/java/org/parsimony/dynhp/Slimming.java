package org.parsimony.dynhp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.graph.Footprint;
import org.parsimony.network.training.Trainer;

/** One run of {@link DynHP}: an epoch of training, a check, a removal, a batch, and so on. */
final class Slimming {

    private final Model start;
    private final Dataset data;
    private final DynHP.Options options;
    private final Context context;
    private final List<SlimmedEpoch> epochs = new ArrayList<>();
    private final List<Hook> watchers;
    private final TargetCurve curve;
    private final BatchController controller;
    private Model model;
    private Model cut;
    /** By layer that may lose units: those that are out though still there, and for how many checks each is unimportant. */
    private Map<Integer, boolean[]> gone = new TreeMap<>();

    private Map<Integer, int[]> streaks = new TreeMap<>();
    private GroupPenalty penalty;
    private Gates gates;
    private int batch;
    /** The best parameters since no unit goes any more, and where they come from. */
    private INDArray best;

    private double bestAccuracy = -1;
    private int kept;

    Slimming(Model start, Dataset data, DynHP.Options options, Context context) {
        this(start, data, options, context, List.of());
    }

    /** @param watchers what looks at each step as well */
    Slimming(Model start, Dataset data, DynHP.Options options, Context context, List<Hook> watchers) {
        this.start = start;
        this.data = data;
        this.options = options;
        this.context = context;
        this.watchers = watchers;
        batch = options.batchSize();
        model = start.withOptimiser(options.updater());
        Feasible dense = Feasible.of(model, data, options);
        int last = prunes() ? (int) Math.floor(options.until() * options.epochs()) : 0;
        curve = new TargetCurve(dense.parameters(), options.compression(), options.warmUp(), options.every(), last);
        controller = new BatchController(dense.budget(), options.reuse(), dense.mostBatch());
        for (int layer : Surgery.layers(model)) {
            gone.put(layer, new boolean[Surgery.units(model, layer)]);
            streaks.put(layer, new int[Surgery.units(model, layer)]);
        }
    }

    private boolean prunes() {
        return options.removal() == DynHP.Removal.HARD || options.removal() == DynHP.Removal.SOFT;
    }

    Slimmed run() {
        int[] batches = options.removal() == DynHP.Removal.BATCHES_ONLY ? batchesOfHardPruning() : new int[0];
        long nanos = System.nanoTime();
        if (prunes()) {
            regularise();
        }
        for (int number = 1; number <= options.epochs(); number++) {
            context.progress().checkCancelled();
            if (batches.length > 0) {
                grow(batches[number - 1]);
            }
            epoch(number);
        }
        if (best != null) {
            model.net().setParams(best);
        }
        long peak = epochs.stream().mapToLong(e -> e.memory().bytes()).max().orElseThrow();
        Change change = Change.of(start, model, data, nanos)
                .trained(options.epochs(), options.batchSize())
                .memory(peak);
        return new Slimmed(
                cut == null ? change : change.rightAfter(cut),
                options,
                List.copyOf(epochs),
                best == null ? options.epochs() : kept);
    }

    /** The batches of hard pruning from the same start with the same draws. */
    private int[] batchesOfHardPruning() {
        DynHP.Options hard = options.removal(DynHP.Removal.HARD);
        return new Slimming(start, data, hard, context.part(0, 0.3))
                .run().epochs().stream()
                        .mapToInt(epoch -> epoch.memory().batchSize())
                        .toArray();
    }

    private void regularise() {
        int some = Math.min(options.batchSize(), data.train().size());
        double loss = model.evaluate(data.train().draw(some, context.seed("samples of the penalty")))
                .loss();
        if (options.criterion() == DynHP.Criterion.L0_GATES) {
            Footprint footprint = footprint();
            long all = footprint.without(Map.of()).parameters();
            Map<Integer, Long> ofAUnit = new TreeMap<>();
            gone.forEach((layer, marks) -> {
                boolean[] one = new boolean[marks.length];
                one[0] = true;
                ofAUnit.put(layer, all - footprint.without(Map.of(layer, one)).parameters());
            });
            gates = new Gates(model, ofAUnit, loss, options.penalty(), context.random("noise of gates"));
        } else {
            penalty = GroupPenalty.of(model, loss, options.penalty());
            penalty.on(model);
        }
    }

    private Footprint footprint() {
        return Feasible.footprint(model, data);
    }

    private void epoch(int number) {
        long begin = System.nanoTime();
        List<Hook> hooks = new ArrayList<>(watchers);
        if (gates != null) {
            hooks.add(gates);
        }
        Trainer.Options one = new Trainer.Options()
                .epochs(1)
                .batchSize(batch)
                .seed(context.seed("order of epoch " + number))
                .choice(Trainer.Choice.LAST)
                .hooks(hooks);
        Context own = context.part((number - 1.0) / options.epochs(), (double) number / options.epochs());
        Trainer.Training training = Trainer.run(model, data.train(), data.validation(), one, own.progress());
        double accuracy = gates == null
                ? training.validation().accuracy()
                : gates.folded(model, Model.OptimiserState.LEFT_OUT)
                        .evaluate(data.validation())
                        .accuracy();
        TrainingMemory memory = memory();
        FusedNet.Held held = held(training.held());
        int[] widths = widths();
        remember(number, accuracy);
        int removed = prunes() && curve.isCheck(number) ? check(number) : 0;
        Trainer.Epoch trained = training.epochs().get(0);
        epochs.add(new SlimmedEpoch(
                number,
                widths,
                memory,
                held,
                controller.budget(),
                (data.train().size() + memory.batchSize() - 1) / memory.batchSize(),
                trained.loss(),
                accuracy,
                removed,
                trained.seconds(),
                (System.nanoTime() - begin) * 1e-9 - trained.seconds()));
        show();
    }

    private TrainingMemory memory() {
        Cost cost = Cost.of(model, data.train().shape());
        TrainingMemory own = TrainingMemory.of(cost, model.optimiser(), batch);
        return gates == null ? own : own.more(gates.count());
    }

    private FusedNet.Held held(FusedNet.Held trainer) {
        long copy = best == null ? 0 : Float.BYTES * best.length();
        return new FusedNet.Held(
                trainer.parameters() + copy, trainer.batch() + (gates == null ? 0 : gates.heldBytes()));
    }

    private int[] widths() {
        return gone.values().stream().mapToInt(Slimming::alive).toArray();
    }

    private static int alive(boolean[] gone) {
        return (int) IntStream.range(0, gone.length).filter(unit -> !gone[unit]).count();
    }

    private void remember(int number, double accuracy) {
        if (number > curve.last() && accuracy >= bestAccuracy) {
            bestAccuracy = accuracy;
            best = model.net().params().dup();
            kept = number;
        }
    }

    /** Looks at the units after epoch {@code number}, removes what has stayed unimportant, and picks the next batch. */
    private int check(int number) {
        boolean last = curve.isLast(number);
        Selection selection = new Selection(footprint(), last ? 1 : options.mostShare(), options.leastUnits());
        Map<Integer, boolean[]> marks = selection.of(scores(number), gone, curve.target(number));
        int removed = 0;
        for (int layer : List.copyOf(gone.keySet())) {
            int[] out = ripe(layer, marks.get(layer), last);
            removed += out.length;
            if (out.length > 0) {
                remove(layer, out);
            }
        }
        if (last) {
            settle();
        }
        if (removed > 0) {
            cut = model.copy();
            grow(controller.next(memory()));
        }
        return removed;
    }

    private Map<Integer, double[]> scores(int number) {
        return switch (options.criterion()) {
            case GROUP_LASSO -> UnitNorms.of(model, gone);
            case L0_GATES -> gates.probabilities();
            case RANDOM -> {
                SplittableRandom random = context.random("scores after epoch " + number);
                Map<Integer, double[]> scores = UnitNorms.of(model, gone);
                scores.forEach((layer, own) -> {
                    for (int unit = 0; unit < own.length; unit++) {
                        if (!gone.get(layer)[unit] && Double.isFinite(own[unit])) {
                            own[unit] = random.nextDouble();
                        }
                    }
                });
                yield scores;
            }
        };
    }

    /** The units of a layer that are marked now and were so for long enough. */
    private int[] ripe(int layer, boolean[] marks, boolean all) {
        int[] streak = streaks.get(layer);
        boolean[] out = gone.get(layer);
        for (int unit = 0; unit < marks.length; unit++) {
            streak[unit] = marks[unit] ? streak[unit] + 1 : 0;
        }
        return IntStream.range(0, marks.length)
                .filter(unit -> marks[unit] && !out[unit] && (all || streak[unit] >= options.patience()))
                .toArray();
    }

    private void remove(int layer, int[] out) {
        if (options.removal() == DynHP.Removal.SOFT) {
            model = Surgery.mask(model, layer, out);
            for (int unit : out) {
                gone.get(layer)[unit] = true;
            }
            return;
        }
        if (penalty != null) {
            penalty.off(model);
        }
        model = Surgery.remove(model, layer, Model.OptimiserState.KEPT, out);
        if (penalty != null) {
            penalty.on(model);
        }
        boolean[] left = new boolean[streaks.get(layer).length];
        for (int unit : out) {
            left[unit] = true;
        }
        int[] stay = IntStream.range(0, left.length).filter(unit -> !left[unit]).toArray();
        int[] streak = streaks.get(layer);
        streaks.put(layer, IntStream.of(stay).map(unit -> streak[unit]).toArray());
        gone.put(layer, new boolean[stay.length]);
        if (gates != null) {
            gates.keep(layer, stay);
        }
    }

    /** No unit goes any more: what showed which were not needed is taken away, and the rest trains freely. */
    private void settle() {
        if (penalty != null) {
            penalty.off(model);
            penalty = null;
        }
        if (gates != null) {
            model = gates.folded(model, Model.OptimiserState.KEPT);
            gates = null;
        }
    }

    private void grow(int samples) {
        if (samples == batch) {
            return;
        }
        batch = samples;
        double ratio = (double) batch / options.batchSize();
        switch (options.rateRule()) {
            case KEPT -> {}
            case ROOT -> model.net().setLearningRate(options.learningRate() * Math.sqrt(ratio));
            case LINEAR -> model.net().setLearningRate(options.learningRate() * ratio);
        }
    }

    private void show() {
        SlimmedEpoch last = epochs.get(epochs.size() - 1);
        var progress = context.progress();
        progress.watch("validation accuracy [%]", last.number(), 100 * last.accuracy());
        progress.watch(
                "memory [% of the budget]", last.number(), 100.0 * last.memory().bytes() / last.budget());
        progress.watch("units [% of the dense network's]", last.number(), 100.0 * total(last) / total(epochs.get(0)));
        progress.watch("batch size", last.number(), last.memory().batchSize());
        progress.report(
                last.number(),
                options.epochs(),
                String.format(
                        Locale.ROOT,
                        "epoch %d, %s, batches of %d, validation accuracy %.2f %%",
                        last.number(),
                        Architectures.text(model),
                        batch,
                        100 * last.accuracy()));
    }

    private static int total(SlimmedEpoch epoch) {
        return IntStream.of(epoch.widths()).sum();
    }
}
