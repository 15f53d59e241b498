package org.parsimony.annealing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What a mask search found.
 *
 * @param model the masked network, retrained if that was asked for
 * @param pruned the masked network right after the search, with the dense network's weights
 * @param measurement one row; its method names the statistics of batch norm if the network has any
 * @param rounds every temperature, of all steps
 * @param steps one for a single search, more for a gradual one
 * @param kept for every searched element whether it is in the result
 * @param magnitudes mean |w| of every searched element before the last step's search
 * @param cost mean loss of the result on the cost images, in nats
 * @param denseCost mean loss of the network on the cost images before anything was removed, in nats
 * @param engine {@code "incremental"}, or {@code "deeplearning4j"} for networks that need a forward pass for every move
 */
public record AnnealingOutcome(
        Model model,
        Model pruned,
        Measurement measurement,
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
     * @param removed share of the elements that is removed
     * @param cost mean loss of its mask on the cost images, in nats
     * @param accuracyAfter test accuracy right after it
     * @param accuracyTuned test accuracy after the retraining that followed, or NaN
     */
    public record Step(double removed, double cost, double accuracyAfter, double accuracyTuned) {}

    /** Number of removed elements. */
    public int removed() {
        return (int) IntStream.range(0, kept.length).filter(e -> !kept[e]).count();
    }

    /** Share of the removed elements that are also among equally many smallest: 1 for min-K, the ratio for chance. */
    public double overlapWithSmallest() {
        int removed = removed();
        long shared = IntStream.range(0, kept.length)
                .boxed()
                .sorted(Comparator.comparingDouble(e -> magnitudes[e]))
                .limit(removed)
                .filter(e -> !kept[e])
                .count();
        return (double) shared / removed;
    }

    /** Moves evaluated. */
    public long moves() {
        return rounds.stream().mapToLong(Round::moves).sum();
    }

    /** Share of the moves that were accepted, or NaN without moves. */
    public double acceptanceRate() {
        return (double) rounds.stream().mapToLong(Round::accepted).sum() / moves();
    }

    /** One sentence: what was removed and what it cost; says so if the search never left its start mask. */
    public String verdict() {
        String sentence = String.format(
                Locale.ROOT,
                "%,d of %,d elements removed: cost %.4f nats against %.4f dense, test accuracy %.2f %% against %.2f %%",
                removed(),
                kept.length,
                cost,
                denseCost,
                100 * measurement.accuracyAfter(),
                100 * measurement.accuracyBefore());
        boolean searched = moves() > 0;
        boolean frozen = searched && rounds.stream().allMatch(r -> r.accepted() == 0);
        return frozen ? sentence + "; no move was accepted, so this is the start mask" : sentence;
    }

    /** One row for every temperature: round, temperature, mean cost, best mean cost, moves, accepted, acceptance rate. */
    @Override
    public Table trace() {
        IntColumn number = IntColumn.create("round");
        DoubleColumn temperature = DoubleColumn.create("temperature");
        DoubleColumn current = DoubleColumn.create("cost");
        DoubleColumn best = DoubleColumn.create("best cost");
        IntColumn moves = IntColumn.create("moves");
        IntColumn accepted = IntColumn.create("accepted");
        DoubleColumn rate = DoubleColumn.create("acceptance rate");
        for (Round r : rounds) {
            number.append(number.size() + 1);
            temperature.append(r.temperature());
            current.append(r.cost());
            best.append(r.bestCost());
            moves.append(r.moves());
            accepted.append(r.accepted());
            rate.append((double) r.accepted() / r.moves());
        }
        return Table.create("annealing, temperatures", number, temperature, current, best, moves, accepted, rate);
    }

    /** Cost, temperature and acceptance rate against the temperatures done. */
    @Override
    public Chart<?, ?> figure() {
        return CoolingFigure.of(this);
    }
}
