package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.network.Model;
import org.parsimony.splitting.eigen.Ends;

/** Which candidates of a round are split, within the share or the budget and the limit on widths. */
final class Choice {

    /** How often a budget is lowered until the widths, which multiply, keep it. */
    private static final int TRIES = 50;

    /**
     * A unit that may be split.
     *
     * @param layer its place among the layers that grow
     * @param unit in its layer
     * @param ends of its spectrum; null for a control
     * @param plan of its split; of controls its gain is drawn by chance
     */
    record Candidate(int layer, int unit, Ends ends, Scheme.Plan plan) {}

    /**
     * What was chosen.
     *
     * @param chosen of each candidate whether it is split
     * @param costs of each layer what one more unit costs; empty without a budget
     * @param reason why nothing was; empty if something was
     */
    record Made(boolean[] chosen, double[] costs, String reason) {}

    private final Splitting.Options options;
    private final Dataset data;
    private final List<SplitLayer> layers;
    private final int[] firstWidths;

    Choice(Splitting.Options options, Dataset data, List<SplitLayer> layers, int[] firstWidths) {
        this.options = options;
        this.data = data;
        this.layers = layers;
        this.firstWidths = firstWidths;
    }

    /**
     * Chooses.
     *
     * @param grown the network in which these candidates are split
     * @throws IllegalArgumentException if share or budget is less than one split
     */
    Made of(Model model, List<Candidate> candidates, Function<boolean[], Model> grown) {
        List<Candidate> open = candidates.stream()
                .filter(c -> c.plan().added() > 0 && -c.plan().gain() > threshold())
                .toList();
        if (options.growth() == Splitting.Growth.NONE) {
            return new Made(new boolean[candidates.size()], new double[0], "growth = none adds nothing");
        }
        if (open.isEmpty()) {
            return new Made(
                    new boolean[candidates.size()],
                    new double[0],
                    String.format(
                            java.util.Locale.ROOT,
                            "no unit promises more than %s: the network is stable under this split",
                            options.threshold()));
        }
        boolean budgeted = options.selection() == Splitting.Selection.BUDGET;
        double[] costs = budgeted ? options.resource().ofOneMore(model, layers, data) : new double[0];
        int[] caps = IntStream.range(0, layers.size())
                .map(l -> options.widest() == 0
                        ? Integer.MAX_VALUE
                        : Math.max(
                                0,
                                (int) (options.widest() * firstWidths[l] + 1e-9)
                                        - layers.get(l).units(model)))
                .toArray();
        List<Knapsack.Item> items = new ArrayList<>();
        for (Candidate c : open) {
            double cost = budgeted ? costs[c.layer()] * c.plan().added() : 1;
            items.add(new Knapsack.Item(
                    -c.plan().gain(), cost, c.layer(), c.plan().added()));
        }
        Knapsack knapsack = new Knapsack(items, caps, budgeted ? options.price().of() : cost -> 1);
        if (Double.isInfinite(knapsack.cheapest())) {
            return new Made(
                    new boolean[candidates.size()],
                    costs,
                    "every layer that could grow is as wide as widest = " + options.widest() + " allows");
        }
        boolean[] taken = budgeted
                ? budgeted(model, candidates, open, knapsack, grown)
                : knapsack.whole(
                        options.selection() == Splitting.Selection.SHARE ? share(candidates.size()) : open.size());
        return new Made(spread(candidates, open, taken), costs, "");
    }

    /** Controls, whose gains are draws, are not held to it. */
    private double threshold() {
        return options.growth() == Splitting.Growth.SPLITTING ? options.threshold() : 0;
    }

    private int share(int units) {
        int count = (int) (options.share() * units + 1e-9);
        Require.that(
                count >= 1,
                "share is %s of %d units, which is less than one; it must be at least %s",
                options.share(),
                units,
                Math.ceil(1e4 / units) / 1e4);
        return count;
    }

    private boolean[] budgeted(
            Model model,
            List<Candidate> candidates,
            List<Candidate> open,
            Knapsack knapsack,
            Function<boolean[], Model> grown) {
        double now = options.resource().of(model, data);
        double budget = options.budget() * now;
        Require.that(
                knapsack.cheapest() <= budget,
                "budget is %s of %s, that is %s, but the cheapest split adds %s (%s); it must be at least %s",
                options.budget(),
                now,
                budget,
                knapsack.cheapest(),
                options.resource().name().toLowerCase(java.util.Locale.ROOT),
                Math.ceil(1e4 * knapsack.cheapest() / now) / 1e4);
        boolean[] taken = knapsack.whole(budget);
        double allowed = budget;
        for (int t = 0; t < TRIES && options.resource().isCounted(); t++) {
            double added = options.resource().of(grown.apply(spread(candidates, open, taken)), data) - now;
            if (added <= budget) {
                break;
            }
            // Units of neighbouring layers multiply: together they cost more than each by itself.
            allowed = Math.max(knapsack.cheapest(), allowed * Math.min(0.99, budget / added));
            taken = knapsack.whole(allowed);
        }
        return taken;
    }

    private static boolean[] spread(List<Candidate> candidates, List<Candidate> open, boolean[] taken) {
        boolean[] chosen = new boolean[candidates.size()];
        int k = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (k < open.size() && candidates.get(i) == open.get(k)) {
                chosen[i] = taken[k++];
            }
        }
        return chosen;
    }
}
