package org.parsimony.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.StepTrace;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** Figures of runs: every point is a mean over seeds, every bar and band a 95 % interval unless said otherwise. */
public final class Figures {

    /** A cost axis that spans more than this factor is logarithmic. */
    private static final double LOGARITHMIC_BEYOND = 10;

    /** Of quartiles' distances below the lower quartile, where Tukey calls a value far out. */
    private static final double FAR_OUT = 3;

    private static final String PRUNED = "Pr-";

    /** More letters would stick out where a figure says besides what lies below its axis. */
    private static final int LONGEST_TITLE = 40;

    private Figures() {}

    /**
     * One metric against another: a point for each method and setting of its options, a colour and a marker for each method.
     *
     * @param cost along the x axis, a column of the runs' table
     * @param quality along the y axis, with its 95 % interval, or of two seeds with their range
     */
    public static XYChart against(List<Run> runs, String cost, String quality) {
        Map<String, List<Point>> methods = points(runs, cost, quality);
        Scale x = Scale.of(cost, methods, Point::x);
        Scale y = Scale.of(quality, methods, p -> p.y.mean());
        List<Point> all = methods.values().stream().flatMap(List::stream).toList();
        boolean accuracy = quality.toLowerCase(Locale.ROOT).contains("accuracy");
        Range range = accuracy ? Range.of(all) : new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        List<Curve> curves = new ArrayList<>();
        methods.forEach((method, points) -> curves.add(Curve.of(
                method,
                points,
                p -> p.x * x.factor(),
                p -> p.y.mean() * y.factor(),
                p -> range.isBelow(p) ? 0 : p.bar() * y.factor())));
        XYChart chart = Charts.points(title(runs), x.heading(), y.heading() + spread(methods), curves);
        if (x.logarithmic()) {
            double margin = Math.pow(x.high() / x.low(), 0.04);
            Charts.logarithmic(chart, x.low() / margin * x.factor(), x.high() * margin * x.factor());
        }
        if (accuracy) {
            accuracies(chart, all, range, y.factor());
        }
        looks(chart, List.copyOf(methods.keySet()));
        return chart;
    }

    /** Data and network; of several that do not fit above a figure the first, and how many more there are. */
    private static String title(List<Run> runs) {
        List<String> titles = runs.stream()
                .map(run -> run.recipe().dataset() + ", " + run.recipe().network())
                .distinct()
                .toList();
        String all = String.join("; ", titles);
        return titles.size() == 1 || all.length() <= LONGEST_TITLE
                ? all
                : titles.get(0) + ", and " + (titles.size() - 1) + " more";
    }

    /** What a point and its bar are, to stand behind the name of the axis. */
    private static String spread(Map<String, List<Point>> methods) {
        List<Integer> seeds = methods.values().stream()
                .flatMap(List::stream)
                .map(p -> p.y.n())
                .distinct()
                .sorted()
                .toList();
        int least = seeds.get(0);
        int most = seeds.get(seeds.size() - 1);
        if (most == 1) {
            return "";
        }
        String of = least == most ? most + " seeds" : least + " to " + most + " seeds";
        String bar = most == 2 ? "range" : least > 2 ? "95 % interval" : "95 % interval (of two: range)";
        return ": mean and " + bar + " of " + of;
    }

    /** What an axis of accuracies shows, as shares; points may lie below it, none above. */
    private record Range(double low, double high) {

        /**
         * The points and their bars, but bars that leave the points by more than these span run out. Points far out below the
         * others are left out where they would press the others into less than half the height.
         */
        static Range of(List<Point> points) {
            double[] sorted =
                    points.stream().mapToDouble(p -> p.y.mean()).sorted().toArray();
            double quartile = sorted[sorted.length / 4];
            double fence = quartile - FAR_OUT * (sorted[3 * sorted.length / 4] - quartile);
            Range all = around(points);
            Range near = around(points.stream().filter(p -> p.y.mean() >= fence).toList());
            return all.high - all.low > 2 * (near.high - near.low) ? near : all;
        }

        private static Range around(List<Point> points) {
            var means = points.stream().mapToDouble(p -> p.y.mean()).summaryStatistics();
            double span = Math.max(means.getMax() - means.getMin(), 0.002);
            double margin = 0.04 * span;
            double bottom =
                    points.stream().mapToDouble(p -> p.y.mean() - p.bar()).min().orElseThrow();
            double top =
                    points.stream().mapToDouble(p -> p.y.mean() + p.bar()).max().orElseThrow();
            return new Range(
                    Math.max(0, Math.max(bottom, means.getMin() - span) - margin),
                    Math.min(1, Math.min(top, means.getMax() + span) + margin));
        }

        boolean isBelow(Point point) {
            return point.y.mean() < low;
        }
    }

    private static void accuracies(XYChart chart, List<Point> points, Range range, double factor) {
        chart.getStyler().setYAxisMin(factor * range.low).setYAxisMax(factor * range.high);
        long below = points.stream().filter(range::isBelow).count();
        if (below > 0) {
            chart.setTitle(chart.getTitle() + "; " + below + " of " + points.size() + " settings lie below the axis");
        }
    }

    /**
     * A colour and a shape for each method; a method and what prunes before it ({@code CWS} and {@code Pr-CWS}) share
     * them, the pruned one filled.
     */
    private static void looks(XYChart chart, List<String> methods) {
        List<String> families = methods.stream().map(Figures::family).distinct().toList();
        for (String method : methods) {
            Charts.look(
                    chart.getSeriesMap().get(method),
                    families.indexOf(family(method)),
                    !methods.contains(PRUNED + method));
        }
    }

    private static String family(String method) {
        return method.startsWith(PRUNED) ? method.substring(PRUNED.length()) : method;
    }

    /**
     * The same, with the Pareto front over all methods drawn in: the settings to which no other is at least as cheap and
     * better.
     */
    public static XYChart pareto(List<Run> runs, String cost, String quality) {
        XYChart chart = against(runs, cost, quality);
        Map<String, List<Point>> methods = points(runs, cost, quality);
        double better = quality.startsWith("loss") ? -1 : 1;
        double[][] front = front(methods.values().stream()
                .flatMap(List::stream)
                .map(p -> new double[] {p.x, better * p.y.mean()})
                .toList());
        Scale x = Scale.of(cost, methods, Point::x);
        Scale y = Scale.of(quality, methods, p -> p.y.mean());
        Charts.steps(
                chart,
                "Pareto front",
                Arrays.stream(front).mapToDouble(p -> p[0] * x.factor()).toArray(),
                Arrays.stream(front)
                        .mapToDouble(p -> better * p[1] * y.factor())
                        .toArray());
        return chart;
    }

    /**
     * Final test accuracy in percent, or mean squared error of real values, by method: mean and 95 % interval over seeds. The axis does not begin at zero.
     *
     * @param runs of one data set and one network
     */
    public static CategoryChart accuracyByMethod(List<Run> runs) {
        Require.that(!runs.isEmpty(), "there are no runs to draw, but there must be at least one");
        boolean errors = Quality.of(runs) == Quality.ERROR;
        String metric = errors ? "lossTuned" : "accuracyTuned";
        double factor = errors ? 1 : 100;
        Map<List<String>, Estimate> results =
                Summary.of(runs, List.of("arm"), List.of(metric)).samples(metric);
        double[] means =
                results.values().stream().mapToDouble(a -> factor * a.mean()).toArray();
        double[] halves =
                results.values().stream().mapToDouble(a -> factor * a.bar()).toArray();
        long seeds = runs.stream().map(run -> run.recipe().seed()).distinct().count();
        Run first = runs.get(0);
        CategoryChart chart = Charts.bars(
                first.recipe().dataset() + ", " + first.recipe().network() + ", " + seeds
                        + (seeds == 1 ? " seed" : " seeds"),
                "",
                errors ? "test mean squared error" : "test accuracy, %",
                results.keySet().stream().map(key -> key.get(0)).toList(),
                List.of(new Curve("mean and 95 % interval", new double[means.length], means, halves)));
        chart.getSeriesMap()
                .values()
                .forEach(series ->
                        series.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter));
        chart.getStyler().setXAxisLabelRotation(40);
        double low = Double.MAX_VALUE;
        double high = 0;
        for (int i = 0; i < means.length; i++) {
            low = Math.min(low, means[i] - halves[i]);
            high = Math.max(high, means[i] + halves[i]);
        }
        double margin = Math.max(errors ? 0.05 * high : 0.05, 0.06 * (high - low));
        chart.getStyler()
                .setYAxisMin(Math.max(0, low - margin))
                .setYAxisMax(errors ? high + margin : Math.min(100, high + margin));
        return chart;
    }

    /** The points that no other dominates, by rising cost; {@code O(n log n)}. */
    static double[][] front(List<double[]> points) {
        List<double[]> sorted = points.stream()
                .sorted(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> -p[1]))
                .toList();
        List<double[]> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (double[] point : sorted) {
            if (point[1] > best) {
                best = point[1];
                front.add(point);
            }
        }
        return front.toArray(double[][]::new);
    }

    private record Point(double x, Estimate y) {

        /**
         * Half the length of the bar: of the 95 % interval, but of two seeds of their range. Their interval is nearly
         * thirteen times as long, and two numbers say all there is to say.
         */
        double bar() {
            return y.n() < 2 ? 0 : y.n() == 2 ? y.sd() / Math.sqrt(2) : y.half();
        }
    }

    private static Map<String, List<Point>> points(List<Run> runs, String cost, String quality) {
        Require.that(!runs.isEmpty(), "there are no runs to draw, but there must be at least one");
        Map<String, Map<Object, List<Run>>> settings = new LinkedHashMap<>();
        for (Run run : runs) {
            settings.computeIfAbsent(run.arm().name(), m -> new LinkedHashMap<>())
                    .computeIfAbsent(run.recipe().withSeed(0), s -> new ArrayList<>())
                    .add(run);
        }
        Map<String, List<Point>> methods = new LinkedHashMap<>();
        settings.forEach((method, recipes) -> {
            List<Point> points = new ArrayList<>();
            for (List<Run> seeds : recipes.values()) {
                Summary summary = Summary.of(seeds, List.of("arm"), List.of(cost, quality));
                Estimate x = summary.samples(cost).values().iterator().next();
                Estimate y = summary.samples(quality).values().iterator().next();
                if (x.n() > 0 && y.n() > 0) {
                    points.add(new Point(x.mean(), y));
                }
            }
            if (!points.isEmpty()) {
                points.sort(Comparator.comparingDouble(Point::x));
                methods.put(method, points);
            }
        });
        Require.that(!methods.isEmpty(), "no run has measured both %s and %s; choose other columns", cost, quality);
        return methods;
    }

    private record Scale(String heading, double factor, double low, double high) {

        boolean logarithmic() {
            return low > 0 && high / low > LOGARITHMIC_BEYOND;
        }

        static Scale of(String metric, Map<String, List<Point>> methods, ToDoubleFunction<Point> value) {
            double[] values = methods.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(value)
                    .toArray();
            double low = Arrays.stream(values).min().orElseThrow();
            double high = Arrays.stream(values).max().orElseThrow();
            Quantity quantity = Quantity.of(metric, values);
            return new Scale(quantity.axis(), quantity.factor(), low, high);
        }
    }

    /**
     * A column of the steps' tables against another: a curve for each arm and setting, the mean over its seeds, with a
     * band.
     *
     * @param step number column of a step's table in every run, for example {@code "epoch"}
     * @param value number column of the same table, for example {@code "validation accuracy"}
     */
    public static XYChart learningCurves(List<Run> runs, String step, String value) {
        Map<String, TreeMap<Double, List<Double>>> methods = new LinkedHashMap<>();
        boolean isOneArm = runs.stream().map(run -> run.arm().name()).distinct().count() == 1;
        for (Run run : runs) {
            Table table = table(run, step, value);
            NumericColumn<?> x = (NumericColumn<?>) table.column(step);
            NumericColumn<?> y = (NumericColumn<?>) table.column(value);
            Set<String> differing = Arms.differing(run.arm().name(), runs);
            String setting = differing.isEmpty() ? "" : Arms.setting(run, differing);
            String name = setting.isEmpty()
                    ? run.arm().name()
                    : isOneArm ? setting : run.arm().name() + ", " + setting;
            TreeMap<Double, List<Double>> steps = methods.computeIfAbsent(name, m -> new TreeMap<>());
            for (int row = 0; row < x.size(); row++) {
                if (!x.isMissing(row) && !y.isMissing(row)) {
                    steps.computeIfAbsent(x.getDouble(row), s -> new ArrayList<>())
                            .add(y.getDouble(row));
                }
            }
        }
        List<Curve> curves = new ArrayList<>();
        methods.forEach((method, steps) -> {
            Map<Double, Estimate> samples = new LinkedHashMap<>();
            steps.forEach((at, values) -> samples.put(
                    at, Estimate.of(values.stream().mapToDouble(d -> d).toArray())));
            if (!samples.isEmpty()) {
                curves.add(Curve.of(
                        method,
                        samples.entrySet(),
                        Map.Entry::getKey,
                        at -> at.getValue().mean(),
                        at -> at.getValue().bar()));
            }
        });
        Require.that(!curves.isEmpty(), "no trace has both %s and %s; choose other columns", step, value);
        return Charts.lines("", step, Quantity.of(value, new double[0]).name(), Charts.Spread.BAND, curves);
    }

    private static Table table(Run run, String... columns) {
        Set<String> known = new TreeSet<>();
        for (StepTrace step : run.steps()) {
            Table table = step.table();
            List<String> numbers = table.columns().stream()
                    .filter(column -> column instanceof NumericColumn<?>)
                    .map(column -> column.name())
                    .toList();
            if (numbers.containsAll(List.of(columns))) {
                return table;
            }
            known.addAll(numbers);
        }
        throw new IllegalArgumentException("no step of " + run.recipe() + " has the number columns "
                + String.join(" and ", columns) + "; there are " + String.join(", ", known));
    }
}
