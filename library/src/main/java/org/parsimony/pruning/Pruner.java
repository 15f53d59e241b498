package org.parsimony.pruning;

import java.util.Arrays;
import java.util.List;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.network.Model;

/** What one pruning removes from one network: by which importance, from which layers, how much in which round. */
record Pruner(Importance importance, Dataset data, List<LayerWeights> layers, Pruning.Options options) {

    /**
     * A model in which the share of this round is out.
     *
     * @param first what {@link #out} gave before the first round
     */
    Model pruned(Model model, double[] first, int round, Context context) {
        double[] share = new double[layers.size()];
        for (int l = 0; l < share.length; l++) {
            double ratio = options.ratio()[options.ratio().length == 1 ? 0 : l];
            double from = first[options.scope() == Scope.LAYER ? l : 0];
            share[l] = from >= ratio ? ratio : options.schedule().share(from, ratio, round, options.rounds());
        }
        List<boolean[]> before = removed(model);
        List<double[]> scores = options.remove().scores(importance, model, data, layers, options.samples(), context);
        List<boolean[]> out = options.scope().choose(new Scope.Elements(scores, before), share);
        Model pruned = model;
        if (options.remove() == Removal.Of.WEIGHT) {
            pruned = model.copy();
            importance.makeUp(pruned, data, layers, out, options.samples(), context);
        }
        for (int l = 0; l < share.length; l++) {
            if (!Arrays.equals(out.get(l), before.get(l))) {
                pruned = options.remove().without(pruned, layers.get(l), out.get(l));
            }
        }
        return pruned == model ? model.copy() : pruned;
    }

    /** Which elements of each layer are out. */
    private List<boolean[]> removed(Model model) {
        return layers.stream()
                .map(layer -> options.remove().removed(model, layer))
                .toList();
    }

    /** Which share is out, of each layer or of all as one. */
    double[] out(Model model, Scope scope) {
        List<boolean[]> removed = removed(model);
        if (scope == Scope.LAYER) {
            return removed.stream()
                    .mapToDouble(out -> (double) Scope.removed(out) / out.length)
                    .toArray();
        }
        long out = removed.stream().mapToLong(Scope::removed).sum();
        return new double[] {
            (double) out / removed.stream().mapToLong(layer -> layer.length).sum()
        };
    }

    /** What is left of each chosen layer; of those that this does not prune all. */
    List<Pruned.Left> left(Change change, List<LayerWeights> chosen) {
        return chosen.stream()
                .map(layer -> {
                    boolean skipped = !layers.contains(layer);
                    int all = options.remove().count(layer);
                    int before = skipped ? 0 : Scope.removed(options.remove().removed(change.start(), layer));
                    int after = skipped ? 0 : Scope.removed(options.remove().removed(change.model(), layer));
                    return new Pruned.Left(layer, skipped, all, all - before, all - after);
                })
                .toList();
    }
}
