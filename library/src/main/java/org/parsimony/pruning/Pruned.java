package org.parsimony.pruning;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Score;
import tech.tablesaw.api.Table;

/**
 * What a pruning led to.
 *
 * @param remove what was removed
 * @param rounds one entry each
 * @param validationBefore validation score of the network that was given
 * @param layers what is left of each chosen layer
 */
public record Pruned(Change change, Removal.Of remove, List<Round> rounds, Score validationBefore, List<Left> layers)
        implements Outcome {

    /**
     * One round.
     *
     * @param number from 1
     * @param ratio share of the elements of all pruned layers that is out, from 0 to 1
     * @param nonzeros weights of the chosen layers that are not zero, at the end of the round
     * @param loss mean training loss of the epoch that counts, in nats; NaN without retraining
     * @param before validation score before fine-tuning
     * @param after validation score at the end of the round
     */
    public record Round(int number, double ratio, long nonzeros, double loss, Score before, Score after) {}

    /**
     * What is left of one layer, in elements.
     *
     * @param skipped whether such elements cannot be removed from it
     * @param all elements
     * @param before that were not out at the start
     * @param after that are not out now
     */
    public record Left(LayerWeights layer, boolean skipped, int all, int before, int after) {}

    /**
     * One row a round: ratio pruned, nonzero weights, training loss, validation accuracy (of real values mean squared
     * error) before and after fine-tuning.
     */
    @Override
    public Table trace() {
        String measure = "validation " + validationBefore.measure();
        return Rows.of(rounds)
                .ints("round", Round::number)
                .doubles("ratio", Round::ratio)
                .longs("nonzeros", Round::nonzeros)
                .doubles("training loss", Round::loss)
                .doubles(
                        measure + " before fine-tuning", round -> round.before().shown())
                .doubles(measure, round -> round.after().shown())
                .table("pruning, rounds");
    }

    /** Weights before and after on a logarithmic axis; where units were removed, units of each layer. */
    @Override
    public Chart<?, ?> figure() {
        String title = change.data().title() + ", pruning";
        if (remove == Removal.Of.WEIGHT) {
            return WeightFigure.of(
                    title,
                    change.start(),
                    model(),
                    layers.stream().map(Left::layer).toList());
        }
        List<String> names =
                layers.stream().map(left -> "layer " + left.layer().layer()).toList();
        return Charts.bars(
                title,
                "",
                "units",
                names,
                List.of(Curve.heights("before", layers, Left::before), Curve.heights("after", layers, Left::after)));
    }

    /** What was removed where, what was skipped and why, and what it costs in validation accuracy or error. */
    @Override
    public String verdict() {
        List<Left> pruned = layers.stream().filter(left -> !left.skipped()).toList();
        long all = pruned.stream().mapToLong(Left::all).sum();
        long after = pruned.stream().mapToLong(Left::after).sum();
        long removed =
                pruned.stream().mapToLong(left -> left.before() - left.after()).sum();
        String where = pruned.stream()
                .map(left -> String.format(
                        Locale.ROOT,
                        "layer %d: %,d of %,d",
                        left.layer().layer(),
                        left.all() - left.after(),
                        left.all()))
                .collect(Collectors.joining(", "));
        String skipped = layers.stream()
                .filter(Left::skipped)
                .map(left -> "; layer " + left.layer().layer() + " skipped: its units are the classes")
                .collect(Collectors.joining());
        Round last = rounds.get(rounds.size() - 1);
        if (removed == 0) {
            return String.format(
                    Locale.ROOT,
                    "nothing was pruned: %,d of %,d %ss are out already, which is what was asked for or more (%s)%s",
                    all - after,
                    all,
                    remove.element(),
                    where,
                    skipped);
        }
        boolean tuned = !Double.isNaN(last.loss());
        return String.format(
                Locale.ROOT,
                "%,d of %,d %ss are pruned, %.2f %% (%s)%s; validation %s %s before pruning, %s before fine-tuning%s",
                all - after,
                all,
                remove.element(),
                100.0 * (all - after) / all,
                where,
                skipped,
                validationBefore.measure(),
                validationBefore.quality(),
                last.before().quality(),
                tuned ? ", " + last.after().quality() + " after" : "");
    }
}
