package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import tech.tablesaw.api.Table;

/**
 * What splitting led to.
 *
 * @param rounds in order
 * @param neurons that the rounds looked at, in order of rounds, layers and units
 */
public record Grown(Change change, Splitting.Options options, List<GrowthRound> rounds, List<Neuron> neurons)
        implements Outcome {

    /** Widths and MACs before and after, the loss promised and found, and why it stopped short if it did. */
    @Override
    public String verdict() {
        GrowthRound last = rounds.get(rounds.size() - 1);
        long chosen = rounds.stream().mapToInt(GrowthRound::chosen).sum();
        List<String> reasons = rounds.stream()
                .filter(round -> !round.reason().isEmpty())
                .map(round -> "round " + round.number() + ": " + round.reason())
                .toList();
        String why = reasons.isEmpty() ? "" : "; " + String.join("; ", reasons);
        if (chosen == 0) {
            return "nothing was split" + why;
        }
        String loss = options.growth() == Splitting.Growth.SPLITTING
                ? String.format(
                        Locale.ROOT,
                        "; the last round's splits promised a loss lower by %.3g and gave %.3g",
                        -last.predicted(),
                        -last.measured())
                : "";
        return String.format(
                Locale.ROOT,
                "%s became %s in %d rounds, MACs %,d became %,d%s%s",
                Architectures.text(change.start()),
                Architectures.text(model()),
                rounds.size(),
                Cost.of(change.start(), change.data().train().shape()).macsDense(),
                last.macs(),
                last.chosen() == 0 ? "" : loss,
                why);
    }

    /** One row a round. */
    @Override
    public Table trace() {
        return Rows.of(rounds)
                .ints("round", GrowthRound::number)
                .texts("widths before", round -> Architectures.text(round.before()))
                .texts("widths", round -> Architectures.text(round.after()))
                .ints("units split", GrowthRound::chosen)
                .longs("parameters", GrowthRound::parameters)
                .longs("MACs", GrowthRound::macs)
                .doubles("loss change predicted", GrowthRound::predicted)
                .doubles("loss change measured", GrowthRound::measured)
                .doubles("greatest output change", GrowthRound::difference)
                .doubles("validation accuracy before training on", GrowthRound::accuracy)
                .doubles("validation accuracy", GrowthRound::accuracyTuned)
                .doubles("seconds for eigenvalues", GrowthRound::solverSeconds)
                .table("splitting, rounds");
    }

    /** One row for every unit of every round: eigenvalues, what its split promised and cost, whether it was split. */
    public Table indices() {
        return Rows.of(neurons)
                .ints("round", Neuron::round)
                .ints("layer", Neuron::layer)
                .ints("unit", Neuron::unit)
                .doubles("least eigenvalue", Neuron::least)
                .doubles("greatest eigenvalue", Neuron::greatest)
                .doubles("promised", Neuron::gain)
                .doubles("cost", Neuron::cost)
                .flags("split", Neuron::chosen)
                .table("splitting indices");
    }

    /**
     * The splitting index of every unit of the last round that looked at it, sorted within its layer, those that were split
     * apart; for a control the widths round by round.
     */
    @Override
    public Chart<?, ?> figure() {
        return options.growth() == Splitting.Growth.SPLITTING ? indexFigure() : widthFigure();
    }

    private XYChart indexFigure() {
        int last = rounds.get(rounds.size() - 1).number();
        List<Charts.Curve> curves = new ArrayList<>();
        for (int layer : neurons.stream().mapToInt(Neuron::layer).distinct().toArray()) {
            Neuron[] own = neurons.stream()
                    .filter(n -> n.round() == last && n.layer() == layer)
                    .sorted(java.util.Comparator.comparingDouble(Neuron::least))
                    .toArray(Neuron[]::new);
            for (boolean chosen : new boolean[] {true, false}) {
                double[] places = java.util.stream.IntStream.range(0, own.length)
                        .filter(i -> own[i].chosen() == chosen)
                        .mapToDouble(i -> i + 1)
                        .toArray();
                if (places.length > 0) {
                    curves.add(new Charts.Curve(
                            "layer " + layer + (chosen ? ", split" : ""),
                            places,
                            Arrays.stream(places)
                                    .map(i -> own[(int) i - 1].least())
                                    .toArray()));
                }
            }
        }
        return Charts.points(
                change.data().title() + ", splitting indices, round " + last,
                "unit, by its splitting index",
                "least eigenvalue of the splitting matrix",
                curves);
    }

    private XYChart widthFigure() {
        double[] numbers = rounds.stream().mapToDouble(GrowthRound::number).toArray();
        List<Charts.Curve> curves = new ArrayList<>();
        for (int l = 0; l < rounds.get(0).after().length; l++) {
            int place = l;
            curves.add(new Charts.Curve(
                    "growing layer " + (l + 1),
                    numbers,
                    rounds.stream().mapToDouble(r -> r.after()[place]).toArray()));
        }
        return Charts.lines(change.data().title() + ", widths", "round", "units", Charts.Spread.BARS, curves);
    }
}
