package org.parsimony.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * What {@link Latency} found.
 *
 * @param stages of the search, in order
 * @param chosen the network
 */
public record FoundPath(Change change, Latency.Options options, List<Stage> stages, Chosen chosen) implements Outcome {

    /**
     * The chosen network; times in seconds for one sample.
     *
     * @param path operators' numbers by block
     * @param accuracy on validation samples with the weights of the super-net
     * @param predicted latency by the table
     * @param measured latency of the whole network, NaN if it was not confirmed
     * @param limit of latency
     */
    public record Chosen(int[] path, double accuracy, double predicted, double measured, double limit) {

        /** The operators in words, block by block. */
        public String text() {
            return Space.text(path);
        }
    }

    /** One stage of the search. */
    public static final class Stage {

        private final String name;
        private final List<Evolution.Scored> scored;
        private final int steps;
        private final ToDoubleFunction<int[]> latency;
        private final double limit;

        Stage(String name, List<Evolution.Scored> scored, int steps, ToDoubleFunction<int[]> latency, double limit) {
            this.name = name;
            this.scored = scored;
            this.steps = steps;
            this.latency = latency;
            this.limit = limit;
        }

        /** Which blocks were searched. */
        public String name() {
            return name;
        }

        /** Paths that were scored. */
        public int size() {
            return scored.size();
        }

        List<Evolution.Scored> scored() {
            return scored;
        }

        private double micros(Evolution.Scored path) {
            return 1e6 * latency.applyAsDouble(path.path());
        }
    }

    /** One generation of a stage, for the trace. */
    private record Generation(Stage stage, int number, int paths, Evolution.Scored best, Evolution.Scored here) {}

    private List<Generation> generations() {
        List<Generation> all = new ArrayList<>();
        for (Stage stage : stages) {
            int last = stage.scored.get(stage.scored.size() - 1).generation();
            for (int g = 1; g <= last; g++) {
                int number = g;
                List<Evolution.Scored> until = stage.scored.stream()
                        .filter(s -> s.generation() <= number)
                        .toList();
                List<Evolution.Scored> own = stage.scored.stream()
                        .filter(s -> s.generation() == number)
                        .toList();
                if (!own.isEmpty()) {
                    all.add(new Generation(
                            stage,
                            g,
                            until.size(),
                            Evolution.best(until, 1).get(0),
                            Evolution.best(own, 1).get(0)));
                }
            }
        }
        return all;
    }

    /** What it is, what it takes, and what it may take. */
    @Override
    public String verdict() {
        return String.format(
                Locale.ROOT,
                "%s: predicted %.0f µs%s of %.0f allowed; weights are fresh, so train it next",
                chosen.text(),
                1e6 * chosen.predicted(),
                Double.isNaN(chosen.measured())
                        ? ""
                        : String.format(Locale.ROOT, ", measured %.0f µs", 1e6 * chosen.measured()),
                1e6 * chosen.limit());
    }

    /** One row a generation: paths scored so far, the best of them and of the generation; the last row is the network's. */
    @Override
    public Table trace() {
        List<Generation> all = generations();
        List<Generation> rows = new ArrayList<>(all.subList(Math.max(0, all.size() - Rows.FEW), all.size()));
        Generation last = rows.get(rows.size() - 1);
        return Rows.of(rows)
                .texts("stage", g -> g.stage().name())
                .ints("generation", Generation::number)
                .ints("steps of the super-net", g -> g.stage().steps)
                .ints("paths scored", Generation::paths)
                .doubles("best accuracy", g -> g.best().accuracy())
                .doubles("best of the generation", g -> g.here().accuracy())
                .doubles(
                        "predicted µs",
                        g -> g == last ? 1e6 * chosen.predicted() : g.stage().micros(g.best()))
                .doubles("measured µs", g -> g == last ? 1e6 * chosen.measured() : Double.NaN)
                .doubles("limit, µs", g -> 1e6 * g.stage().limit)
                .texts(
                        "operators",
                        g -> g == last ? chosen.text() : Space.text(g.best().path()))
                .ints("last", g -> g == last ? 1 : 0)
                .table("latency, generations");
    }

    /** Accuracy in the super-net against predicted latency of every path that was scored. */
    @Override
    public Chart<?, ?> figure() {
        List<Curve> clouds = stages.stream()
                .map(stage -> Curve.of(stage.name, stage.scored, stage::micros, Evolution.Scored::accuracy))
                .toList();
        XYChart chart = Charts.points(
                change.data().title() + ", paths of the super-net",
                "predicted latency [µs]",
                "validation accuracy, shared weights",
                clouds);
        double least = stages.stream()
                .flatMap(stage -> stage.scored.stream())
                .map(Evolution.Scored::accuracy)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        double most = Math.max(least + 1e-3, chosen.accuracy());
        double limit = 1e6 * chosen.limit();
        Charts.reference(chart, "limit", new double[] {limit, limit}, new double[] {least, most});
        return chart;
    }
}
