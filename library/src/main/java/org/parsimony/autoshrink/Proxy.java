package org.parsimony.autoshrink;

import java.util.Map;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.steps.Train;

/**
 * Judges cells by a small network: its accuracy on validation samples, less {@code macsWeight · (log₁₀ MACs − 6)}. The network is
 * trained from fresh weights, or has those of the cell that it was made from.
 */
final class Proxy implements Shrinking.Judge {

    private final AutoShrink.Options options;
    private final Samples train;
    private final Samples validation;
    private final Context context;
    private final Progress progress;
    private final Shape in;
    private final int total;
    private Blueprint parent;
    private Map<String, Weights> weights;
    private double epochs;
    private int scored;
    private int trainings;

    /** @param cells that will be scored at most, for the progress */
    Proxy(AutoShrink.Options options, Dataset data, Context context, int cells) {
        this.options = options;
        this.train = drawn(data.train(), options.proxySamples(), context.seed("samples of the search"));
        this.validation = drawn(data.validation(), options.proxyValidation(), context.seed("samples to choose by"));
        this.context = context;
        this.progress = context.progress();
        this.in = Shape.of(data.train().shape());
        this.total = cells;
    }

    private static Samples drawn(Samples samples, int n, long seed) {
        return n == 0 || n >= samples.size() ? samples : samples.draw(n, seed);
    }

    /** Passes over the samples of the search so far. */
    double epochs() {
        return epochs;
    }

    /** Training samples of the search. */
    int samples() {
        return train.size();
    }

    /** Trains the network of this cell, whose weights the others inherit; of fresh weights nothing is done. */
    void begin(Cell cell, int passes) {
        if (options.weights() == AutoShrink.Weights.INHERITED) {
            parent = blueprint(cell);
            Model model = parent.model(CellNetwork.fresh(parent, context.random("weights of the search")));
            weights = parent.weights(trained(model, passes));
        }
    }

    private Blueprint blueprint(Cell cell) {
        Layout layout = Layout.proxy(options.proxyFilters(), options.cells().length, options.stemStep());
        return CellNetwork.of(cell, layout, in, validation.classes());
    }

    private Model trained(Model model, int passes) {
        int number = trainings++;
        Train.Options how = options.search(passes);
        Model ready = model.withOptimiser(how.updater(train.size()));
        var training = org.parsimony.network.training.Trainer.run(
                ready,
                train,
                validation,
                how.trainer(context.seed("order, training " + number)),
                progress.part(share(), share()));
        epochs += training.epochs().size();
        return ready;
    }

    private double share() {
        return Math.min(1, (double) scored / total);
    }

    @Override
    public Shrinking.Scored score(Cell cell) {
        progress.checkCancelled();
        Blueprint blueprint = blueprint(cell);
        SplittableRandom random = new SplittableRandom(Seeds.derive(context.seed("weights of cells"), cell.toString()));
        Map<String, Weights> fresh = CellNetwork.fresh(blueprint, random);
        Model model = parent == null
                ? trained(blueprint.model(fresh), options.epochs())
                : blueprint.model(Inheritance.of(parent, weights, blueprint, fresh));
        double accuracy = model.evaluate(validation).accuracy();
        long macs = Size.of(blueprint).macs();
        scored++;
        progress.report(
                Math.min(scored, total),
                total,
                scored + " cells scored, " + cell.edges().size() + " edges");
        return new Shrinking.Scored(cell, accuracy, macs, score(accuracy, macs, options.macsWeight()));
    }

    @Override
    public void kept(Shrinking.Scored kept) {
        progress.watch("edges", scored, kept.cell().edges().size());
        progress.watch("validation accuracy [%]", scored, 100 * kept.accuracy());
        if (parent == null || options.tuneEpochs() == 0) {
            return;
        }
        Blueprint blueprint = blueprint(kept.cell());
        SplittableRandom random = new SplittableRandom(
                Seeds.derive(context.seed("weights of cells"), kept.cell().toString()));
        Map<String, Weights> taken = Inheritance.of(parent, weights, blueprint, CellNetwork.fresh(blueprint, random));
        weights = blueprint.weights(trained(blueprint.model(taken), options.tuneEpochs()));
        parent = blueprint;
    }

    /** Accuracy less what the cost takes away: {@code accuracy − weight · (log₁₀ MACs − 6)}. */
    static double score(double accuracy, long macs, double weight) {
        return accuracy - weight * (Math.log10(macs) - 6);
    }
}
