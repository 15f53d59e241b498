package org.parsimony.timing;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import tech.tablesaw.api.Table;

/**
 * Predictions held against measurements of networks that the table was not fitted to, drawn at random.
 *
 * @param networks in order
 * @param load mean number of programs that wanted the processor in the minute before, −1 where the system does not tell
 */
public record HeldOut(List<Row> networks, double load) {

    /** Other draws than those that overheads are fitted to. */
    private static final String SERIES = "held out";

    /**
     * One network; times in seconds.
     *
     * @param container what runs it
     * @param layers kernels of it
     * @param macs multiply-accumulates for one sample
     * @param measured the whole network
     * @param again the same, measured a second time
     * @param exact predicted from its own kernels
     * @param grid predicted from kernels of the grid around them
     */
    public record Row(
            Container container, int layers, double macs, double measured, double again, double exact, double grid) {}

    /**
     * Draws networks, predicts and measures them.
     *
     * @param container what runs them
     * @param number of networks, at least 5
     */
    public static HeldOut of(LatencyTable table, Container container, int number, Progress progress) {
        Require.atLeast("number of networks", number, 5);
        List<TimedNet> networks = IntStream.range(0, number)
                .mapToObj(i -> TimedNet.of(container, SERIES, i))
                .toList();
        List<Kernels> kernels = networks.stream().map(TimedNet::kernels).toList();
        List<Kernel> all = kernels.stream()
                .flatMap(each -> each.list().stream())
                .distinct()
                .toList();
        table.overhead(container, Detail.EXACT, progress.part(0, 0.1));
        double[] measured = table.meter().networks(networks, progress.part(0.1, 0.3));
        table.learn(all, Detail.EXACT, progress.part(0.3, 0.5));
        table.learn(all, Detail.GRID, progress.part(0.5, 0.8));
        double[] again = table.meter().networks(networks, progress.part(0.8, 1));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Kernels own = kernels.get(i);
            rows.add(new Row(
                    container,
                    own.list().size(),
                    own.list().stream().mapToDouble(Kernel::macs).sum(),
                    measured[i],
                    again[i],
                    table.predict(own, Detail.EXACT, Progress.NONE).seconds(),
                    table.predict(own, Detail.GRID, Progress.NONE).seconds()));
        }
        return new HeldOut(
                List.copyOf(rows), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** These and others. */
    public HeldOut and(HeldOut others) {
        return new HeldOut(
                Stream.concat(networks.stream(), others.networks.stream()).toList(), Math.max(load, others.load));
    }

    /** What predicts, for the rows of {@link #table}. */
    private record Predictor(String name, double[] predicted) {}

    private double[] values(ToDoubleFunction<Row> value) {
        return networks.stream().mapToDouble(value).toArray();
    }

    /** The sum of the network's own kernels. */
    public Errors exact() {
        return Errors.of(values(Row::measured), values(Row::exact));
    }

    /**
     * One row for each way to predict: the network's own kernels, kernels of the grid, a line in multiply-accumulates that is
     * fitted to these very networks, and the second measurement, which no prediction can be expected to beat.
     */
    public Table table() {
        double[] measured = values(Row::measured);
        Line line = Line.fitted(values(Row::macs), measured);
        List<Predictor> predictors = List.of(
                new Predictor("sum of its own kernels", values(Row::exact)),
                new Predictor("sum of kernels of the grid", values(Row::grid)),
                new Predictor("line in MACs, fitted to these networks", values(row -> line.at(row.macs()))),
                new Predictor("measured again", values(Row::again)));
        return Rows.of(predictors)
                .texts("latency by", Predictor::name)
                .doubles(
                        "% within 5 %",
                        0, p -> 100 * Errors.of(measured, p.predicted()).within5())
                .doubles(
                        "% within 10 %",
                        0, p -> 100 * Errors.of(measured, p.predicted()).within10())
                .doubles(
                        "% within 15 %",
                        0, p -> 100 * Errors.of(measured, p.predicted()).within15())
                .doubles("RMSPE, %", 1, p -> Errors.of(measured, p.predicted()).rmspe())
                .doubles(
                        "RMSE, µs",
                        1,
                        p -> 1e6 * Errors.of(measured, p.predicted()).rmse())
                .doubles("Spearman", 3, p -> Errors.of(measured, p.predicted()).spearman())
                .table("latency of " + networks.size() + " networks that were not fitted to");
    }

    /** What there is to say of the machine: a prediction is as good as the times that it is held against. */
    public String verdict() {
        Errors errors = exact();
        Errors noise = Errors.of(values(Row::measured), values(Row::again));
        boolean quiet = noise.within5() >= 0.9;
        return String.format(
                Locale.ROOT,
                "%.0f %% of %d networks within 10 %%, rank correlation %.3f; measured again %.0f %% are within 5 %%, so the machine"
                        + " %s (load %.1f on %d cores)",
                100 * errors.within10(),
                networks.size(),
                errors.spearman(),
                100 * noise.within5(),
                quiet ? "is quiet enough to judge by" : "is too busy to judge by",
                load,
                Runtime.getRuntime().availableProcessors());
    }

    /** Predicted against measured microseconds. */
    public XYChart figure() {
        double[] all = values(row -> 1e6 * row.measured());
        double most = java.util.Arrays.stream(all).max().orElseThrow();
        XYChart chart = Charts.points(
                "Latency of whole networks",
                "measured [µs]",
                "predicted [µs]",
                List.of(
                        Curve.of("own kernels", networks, r -> 1e6 * r.measured(), r -> 1e6 * r.exact()),
                        Curve.of("kernels of the grid", networks, r -> 1e6 * r.measured(), r -> 1e6 * r.grid())));
        Charts.reference(chart, "equal", new double[] {0, most}, new double[] {0, most});
        return chart;
    }
}
