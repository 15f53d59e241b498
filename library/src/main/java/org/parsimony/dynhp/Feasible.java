package org.parsimony.dynhp;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Footprint;
import org.parsimony.network.training.Trainer;

/**
 * What can be asked for, found out before anything is trained.
 *
 * @param parameters of the dense network
 * @param memory of the dense network with its first batch, its gates among the parameters if it has any
 * @param budget in bytes
 * @param mostBatch samples of the largest batch
 */
record Feasible(long parameters, TrainingMemory memory, long budget, int mostBatch) {

    /** So many updates an epoch are left when the batch has grown. */
    private static final int LEAST_STEPS = 50;

    /** Throws IllegalArgumentException, with what to do, if the options cannot be met. */
    static Feasible of(Model model, Dataset data, DynHP.Options options) {
        int samples = data.train().size();
        Require.that(
                options.batchSize() <= samples,
                "batchSize is %d, but there are only %d training samples; take at most as many",
                options.batchSize(),
                samples);
        Require.that(
                options.mostBatch() == 0
                        || options.mostBatch() >= options.batchSize() && options.mostBatch() <= samples,
                "mostBatch is %d, but must lie between batchSize = %d and the %d training samples, or be 0",
                options.mostBatch(),
                options.batchSize(),
                samples);
        Cost cost = Cost.of(model, data.train().shape());
        TrainingMemory bare = TrainingMemory.of(cost, model.optimiser(), options.batchSize());
        TrainingMemory memory = bare.more(gates(model, options));
        Require.that(
                options.budget() == 0 || options.budget() >= memory.bytes(),
                "budget is %,d bytes, but the dense network %s takes %,d with batches of %d; pruning frees memory only once"
                        + " the dense network has trained: allow that much, or take smaller batches or a smaller network",
                options.budget(),
                Architectures.text(model),
                memory.bytes(),
                options.batchSize());
        if (options.removal() != DynHP.Removal.NONE) {
            requireUnits(model, data, options, cost.parameters());
        }
        int most = options.mostBatch() > 0 ? options.mostBatch() : Math.max(options.batchSize(), samples / LEAST_STEPS);
        return new Feasible(cost.parameters(), memory, options.budget() == 0 ? memory.bytes() : options.budget(), most);
    }

    private static long gates(Model model, DynHP.Options options) {
        boolean gated = options.criterion() == DynHP.Criterion.L0_GATES
                && (options.removal() == DynHP.Removal.HARD || options.removal() == DynHP.Removal.SOFT);
        return gated
                ? Arrays.stream(Surgery.layers(model))
                        .mapToLong(layer -> Surgery.units(model, layer))
                        .sum()
                : 0;
    }

    private static void requireUnits(Model model, Dataset data, DynHP.Options options, long dense) {
        int[] layers = Surgery.layers(model);
        Require.that(
                layers.length > 0,
                "%s has no layer whose units may go: those of its inputs and its output must stay; use a network with hidden"
                        + " layers",
                Architectures.text(model));
        Map<Integer, boolean[]> most = new TreeMap<>();
        for (int layer : layers) {
            double[] read = Surgery.readNorms(model, layer);
            boolean[] marks = new boolean[read.length];
            int room = read.length - options.leastUnits();
            for (int unit = 0; unit < marks.length && room > 0; unit++) {
                marks[unit] = read[unit] < Double.POSITIVE_INFINITY;
                room -= marks[unit] ? 1 : 0;
            }
            most.put(layer, marks);
        }
        long least = footprint(model, data).without(most).parameters();
        Require.that(
                least <= dense / options.compression(),
                "compression is %s, but with leastUnits = %d in every layer %s keeps %,d of its %,d parameters, so that it"
                        + " can be at most %.4g; lower one of them",
                options.compression(),
                options.leastUnits(),
                Architectures.text(model),
                least,
                dense,
                (double) dense / least);
        Require.that(
                options.criterion() != DynHP.Criterion.L0_GATES
                        || !model.isGraph()
                                && Trainer.engine(model, data.train()).equals("fused"),
                "criterion is l0-gates, which takes part in each step of the fused engine, but that does not train %s; use"
                        + " group-lasso",
                Architectures.text(model));
    }

    /** The sizes that a network would have without some units. */
    static Footprint footprint(Model model, Dataset data) {
        int[] shape = data.train().shape();
        return Footprint.of(
                model.net(),
                model.takesImages()
                        ? InputType.convolutional(shape[1], shape[2], shape[0])
                        : InputType.feedForward(data.inputs()));
    }
}
