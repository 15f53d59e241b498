package org.parsimony.annealing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * What a mask search found.
 *
 * @param rounds every temperature, of all steps
 * @param steps one for a single search, more for a gradual one
 * @param kept for every searched element whether it is in the result; what the network's own masks hold at zero is not
 * @param magnitudes mean |w| of every searched element before the last step's search
 * @param cost mean loss of the result on the cost images, in nats
 * @param denseCost mean loss of the network on the cost images before anything was pruned, in nats
 * @param engine {@code "incremental"}, or {@code "deeplearning4j"} for networks that need a forward pass for every move
 */
public record AnnealingOutcome(
        Change change,
        List<Round> rounds,
        List<Step> steps,
        boolean[] kept,
        double[] magnitudes,
        double cost,
        double denseCost,
        String engine)
        implements Outcome {

    /**
     * One search of a gradual protocol, or the only one.
     *
     * @param pruned share of the elements that is pruned
     * @param cost mean loss of its mask on the cost images, in nats
     * @param accuracy test accuracy before fine-tuning
     * @param accuracyTuned test accuracy after the training that followed within the search, or NaN
     */
    public record Step(double pruned, double cost, double accuracy, double accuracyTuned) {}

    /** Number of elements that are not kept. */
    public int pruned() {
        return (int) IntStream.range(0, kept.length).filter(e -> !kept[e]).count();
    }

    /** Share of the pruned elements that are also among equally many smallest: 1 by magnitude, the ratio by chance. */
    public double overlapWithSmallest() {
        int pruned = pruned();
        long shared = IntStream.range(0, kept.length)
                .boxed()
                .sorted(Comparator.comparingDouble(e -> magnitudes[e]))
                .limit(pruned)
                .filter(e -> !kept[e])
                .count();
        return (double) shared / pruned;
    }

    /** Moves evaluated. */
    public long moves() {
        return rounds.stream().mapToLong(Round::moves).sum();
    }

    /** Share of the moves that were accepted, or NaN without moves. */
    public double acceptanceRate() {
        return (double) rounds.stream().mapToLong(Round::accepted).sum() / moves();
    }

    /** One sentence: what was pruned and what it cost; says so if the search never left its start mask. */
    @Override
    public String verdict() {
        String sentence = String.format(
                Locale.ROOT,
                "%,d of %,d elements pruned: cost %.4f nats against %.4f of the dense network, test accuracy %.2f %%",
                pruned(),
                kept.length,
                cost,
                denseCost,
                100 * steps.get(steps.size() - 1).accuracy());
        if (moves() == 0) {
            return sentence + "; nothing was searched, so this is the start mask";
        }
        boolean frozen = rounds.stream().allMatch(r -> r.accepted() == 0);
        return frozen ? sentence + "; no move was accepted, so this is the start mask" : sentence;
    }

    /** The steps of a gradual search; of a single one the {@link #temperatures()}. */
    @Override
    public Table trace() {
        return steps.size() > 1 ? gradual() : temperatures();
    }

    /** One row for every step: share of the elements pruned, cost in nats, test accuracy before and after fine-tuning. */
    public Table gradual() {
        return Rows.of(steps)
                .doubles("pruned", Step::pruned)
                .doubles("cost", Step::cost)
                .doubles("test accuracy before fine-tuning", Step::accuracy)
                .doubles("test accuracy after fine-tuning", Step::accuracyTuned)
                .table("annealing, steps");
    }

    /** One row for every temperature: round, temperature, mean cost, best mean cost, moves, accepted, acceptance rate. */
    public Table temperatures() {
        return Rows.of(rounds)
                .numbered("round")
                .doubles("temperature", Round::temperature)
                .doubles("cost", Round::cost)
                .doubles("best cost", Round::bestCost)
                .ints("moves", Round::moves)
                .ints("accepted", Round::accepted)
                .doubles("acceptance rate", round -> (double) round.accepted() / round.moves())
                .table("annealing, temperatures");
    }

    /** Accuracy against the elements pruned by a gradual search; of a single one {@link #cooling()}. */
    @Override
    public Chart<?, ?> figure() {
        if (steps.size() == 1) {
            return cooling();
        }
        List<Step> trained =
                steps.stream().filter(s -> !Double.isNaN(s.accuracyTuned())).toList();
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of("before fine-tuning", steps, s -> 100 * s.pruned(), s -> 100 * s.accuracy()));
        if (!trained.isEmpty()) {
            curves.add(Curve.of("after fine-tuning", trained, s -> 100 * s.pruned(), s -> 100 * s.accuracyTuned()));
        }
        return Charts.lines(
                change.data().title() + ", gradual annealing",
                "elements pruned [%]",
                "test accuracy [%]",
                Charts.Spread.BAND,
                curves);
    }

    /** Cost and temperature against the temperatures done. */
    public Chart<?, ?> cooling() {
        return CoolingFigure.of(this);
    }
}
