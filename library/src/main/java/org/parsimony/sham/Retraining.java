package org.parsimony.sham;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;

/** Trains a network under hooks, with an optimiser and an end of its own. */
final class Retraining {

    /** Points of training accuracy that an epoch must gain to be followed by another. */
    private static final double GAIN = 0.001;

    /** Takes what an epoch led to. */
    interface Watcher {
        void epoch(int epoch, double loss, double validation);
    }

    private final Dataset data;
    private final Sham.Options options;
    private final Progress progress;
    private final Watcher watcher;

    Retraining(Dataset data, Sham.Options options, Progress progress, Watcher watcher) {
        this.data = data;
        this.options = options;
        this.progress = progress;
        this.watcher = watcher;
    }

    /**
     * A copy of {@code model} with a fresh optimiser of its own.
     *
     * @param epochs that it is for, in which a falling rate reaches zero
     */
    Model with(Model model, double rate, int epochs) {
        MultiLayerConfiguration conf =
                model.network().getLayerWiseConfigurations().clone();
        conf.setIterationCount(0);
        conf.setEpochCount(0);
        conf.getConfs().forEach(layer -> {
            if (layer.getLayer() instanceof BaseLayer base) {
                base.setIUpdater(updater(rate, epochs));
                base.setBiasUpdater(null);
            }
        });
        MultiLayerNetwork network = new MultiLayerNetwork(conf);
        network.init(model.network().params().dup(), false);
        return new Model(network, model.copy().masks());
    }

    private IUpdater updater(double rate, int epochs) {
        int batches = (data.train().size() + options.batchSize() - 1) / options.batchSize();
        ISchedule schedule = options.decay() == Sham.Decay.LINEAR && epochs > 0
                ? new PolySchedule(ScheduleType.ITERATION, rate, 1, epochs * batches)
                : new FixedSchedule(rate);
        return options.stepping() == Sham.Stepping.ADAM
                ? new Adam(schedule)
                : new Nesterovs(schedule, Nesterovs.DEFAULT_NESTEROV_MOMENTUM);
    }

    /**
     * Trains {@code model} in place.
     *
     * @param order name of the seed of the order of samples
     */
    void run(Model model, int epochs, String order, List<Hook> hooks) {
        if (epochs == 0) {
            return;
        }
        Samples train = model.fitted(data.train());
        Samples validation = model.fitted(data.validation());
        Fused.Plan plan = Fused.plan(model, train.shape());
        Require.that(
                plan.supported(),
                "the network has %s, but shared weights are trained by the fused engine, which has none; train it so",
                plan.reason());
        Fused.Options settings =
                new Fused.Options().batchSize(options.batchSize()).threads(1);
        for (Hook hook : hooks) {
            settings = settings.hook(hook);
        }
        SplittableRandom random = Seeds.random(options.seed(), order);
        INDArray best = null;
        double highest = -1;
        double before = Double.NEGATIVE_INFINITY;
        try (FusedNet net = Fused.net(model, settings, train.shape())) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double loss = net.epoch(train, Seeds.permutation(train.size(), random), progress);
                double accuracy = net.evaluate(validation).accuracy();
                watcher.epoch(epoch, loss, accuracy);
                if (options.stop() == Sham.Stop.TRAINING_GAIN) {
                    double now = net.evaluate(train).accuracy();
                    if (now - before <= GAIN) {
                        return;
                    }
                    before = now;
                } else if (accuracy >= highest) {
                    highest = accuracy;
                    best = model.network().params().dup();
                }
            }
        }
        if (best != null) {
            model.network().setParams(best);
        }
    }
}
