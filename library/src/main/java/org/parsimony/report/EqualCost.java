package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Holm;
import org.parsimony.claims.Metric;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

/**
 * Arms against each other at one cost, seed by seed. Between two settings of an arm its accuracy is taken to be linear in the
 * logarithm of the cost; beyond its settings nothing is said of it, and arms with a single setting have no place here.
 */
public final class EqualCost {

    private final String metric;
    private final Quality quality;
    private final double cost;
    /** By arm and seed, accuracy in the quality's unit over cost. */
    private final Map<String, Map<Long, TreeMap<Double, Double>>> curves;

    private EqualCost(
            String metric, Quality quality, Map<String, Map<Long, TreeMap<Double, Double>>> curves, double cost) {
        this.metric = metric;
        this.quality = quality;
        this.curves = curves;
        this.cost = cost;
    }

    /**
     * At the cost that most arms reach with all their seeds, of several such the one in the middle, as logarithms go.
     *
     * @param metric the cost, a column of the row, for example {@code bytesDisk.pars}
     * @throws IllegalArgumentException if fewer than two arms reach any one cost
     */
    public static EqualCost of(List<Run> runs, String metric) {
        return overlapping(runs, metric)
                .orElseThrow(() -> new IllegalArgumentException("no two arms reach the same " + metric + ": "
                        + curves(runs, metric).keySet()
                        + "; give them settings between which their costs overlap"));
    }

    /** The same; nothing if fewer than two arms reach any one cost. */
    static Optional<EqualCost> overlapping(List<Run> runs, String metric) {
        var curves = curves(runs, metric);
        List<double[]> ranges = curves.values().stream().map(EqualCost::range).toList();
        TreeSet<Double> ends = new TreeSet<>();
        ranges.forEach(range -> {
            ends.add(range[0]);
            ends.add(range[1]);
        });
        List<Double> all = List.copyOf(ends);
        double best = Double.NaN;
        long most = 1;
        double widest = 0;
        for (int i = 0; i + 1 < all.size(); i++) {
            double middle = Math.sqrt(all.get(i) * all.get(i + 1));
            double width = all.get(i + 1) / all.get(i);
            long reached = ranges.stream()
                    .filter(r -> r[0] <= middle && middle <= r[1])
                    .count();
            if (reached > most || reached == most && reached > 1 && width > widest) {
                most = reached;
                best = middle;
                widest = width;
            }
        }
        return Double.isNaN(best)
                ? Optional.empty()
                : Optional.of(new EqualCost(metric, Quality.of(runs), curves, best));
    }

    /** At {@code cost}, above 0, in the metric's own unit. */
    public static EqualCost of(List<Run> runs, String metric, double cost) {
        Require.that(cost > 0, "%s is %s, but must be above 0", metric, cost);
        return new EqualCost(metric, Quality.of(runs), curves(runs, metric), cost);
    }

    /** The cost at which arms are compared, in the metric's own unit. */
    public double cost() {
        return cost;
    }

    /** The cost in words, {@code 9,120 bytes}. */
    public String where() {
        return new Cost(metric).words(cost);
    }

    private static Map<String, Map<Long, TreeMap<Double, Double>>> curves(List<Run> runs, String metric) {
        Metric of = new Metric(metric);
        Quality quality = Quality.of(runs);
        Map<String, Map<Long, TreeMap<Double, Double>>> curves = new LinkedHashMap<>();
        for (Run run : runs) {
            double x = of.of(run);
            if (x > 0) {
                curves.computeIfAbsent(run.arm().name(), arm -> new LinkedHashMap<>())
                        .computeIfAbsent(run.recipe().seed(), seed -> new TreeMap<>())
                        .put(x, quality.of(run));
            }
        }
        curves.values().removeIf(seeds -> seeds.values().stream().anyMatch(curve -> curve.size() < 2));
        return curves;
    }

    /** The costs that all seeds of an arm reach; empty, the greater first, if there is none. */
    private static double[] range(Map<Long, TreeMap<Double, Double>> seeds) {
        double low =
                seeds.values().stream().mapToDouble(TreeMap::firstKey).max().orElseThrow();
        double high =
                seeds.values().stream().mapToDouble(TreeMap::lastKey).min().orElseThrow();
        return new double[] {low, high};
    }

    /** Accuracy at {@code x}; NaN beyond the settings. */
    private static double at(TreeMap<Double, Double> curve, double x) {
        var below = curve.floorEntry(x);
        var above = curve.ceilingEntry(x);
        if (below == null || above == null) {
            return Double.NaN;
        }
        double span = Math.log(above.getKey() / below.getKey());
        double share = span == 0 ? 0 : Math.log(x / below.getKey()) / span;
        return below.getValue() + share * (above.getValue() - below.getValue());
    }

    private Estimate ahead(String arm, String other, double x) {
        var own = curves.get(arm);
        var theirs = curves.get(other);
        return Estimate.of(own.keySet().stream()
                .filter(theirs::containsKey)
                .mapToDouble(seed -> at(own.get(seed), x) - at(theirs.get(seed), x))
                .toArray());
    }

    private List<String> reaching() {
        return curves.keySet().stream()
                .filter(arm -> curves.get(arm).values().stream().noneMatch(curve -> Double.isNaN(at(curve, cost))))
                .toList();
    }

    /**
     * One row and one column for each arm that reaches the cost: how much more accurate the row's arm is than the column's, in
     * points, mean over seeds and 95 % interval; a star where Holm's correction over all pairs of the table leaves a p-value
     * below 0.05. Of real values the difference of mean squared errors.
     */
    public Table table() {
        List<String> arms = reaching();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            for (int j = i + 1; j < arms.size(); j++) {
                pairs.add(new int[] {i, j});
            }
        }
        double[] p = Holm.adjusted(pairs.stream()
                .mapToDouble(pair ->
                        ahead(arms.get(pair[0]), arms.get(pair[1]), cost).p())
                .toArray());
        boolean[][] shown = new boolean[arms.size()][arms.size()];
        for (int k = 0; k < p.length; k++) {
            int[] pair = pairs.get(k);
            shown[pair[0]][pair[1]] = shown[pair[1]][pair[0]] = p[k] < Comparison.LEVEL;
        }
        Rows<String> rows = Rows.<String>of(arms)
                .texts("arm", arm -> arm)
                .doubles(quality.head(), quality.decimals(), arm -> Estimate.of(curves.get(arm).values().stream()
                                .mapToDouble(curve -> at(curve, cost))
                                .toArray())
                        .mean());
        for (int j = 0; j < arms.size(); j++) {
            int column = j;
            rows.texts("− " + arms.get(j), arm -> {
                int row = arms.indexOf(arm);
                return row == column ? "" : cell(ahead(arm, arms.get(column), cost), shown[row][column]);
            });
        }
        return rows.table("differences at " + where());
    }

    private String cell(Estimate difference, boolean shown) {
        String mean = String.format(Locale.ROOT, "%+." + quality.decimals() + "f", difference.mean());
        return difference.n() < 2
                ? mean
                : mean
                        + String.format(Locale.ROOT, " ± %." + quality.decimals() + "f", difference.half())
                        + (shown ? " *" : "");
    }

    /**
     * Where the mean curves of two arms cross, in a sentence for each pair that crosses once within the costs that both reach;
     * and whether the intervals at both ends of these costs (95 %, uncorrected) bear it out.
     */
    public String crossings() {
        List<String> arms = List.copyOf(curves.keySet());
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            for (int j = i + 1; j < arms.size(); j++) {
                String sentence = crossing(arms.get(i), arms.get(j));
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
            }
        }
        return sentences.isEmpty()
                ? "No two arms cross within the costs that both reach."
                : String.join("\n", sentences);
    }

    private String crossing(String arm, String other) {
        double[] own = range(curves.get(arm));
        double[] theirs = range(curves.get(other));
        double low = Math.max(own[0], theirs[0]);
        double high = Math.min(own[1], theirs[1]);
        if (low >= high) {
            return "";
        }
        Estimate atLow = ahead(arm, other, low);
        Estimate atHigh = ahead(arm, other, high);
        if (atLow.mean() * atHigh.mean() >= 0) {
            return "";
        }
        String above = quality.better() * atHigh.mean() > 0 ? arm : other;
        boolean shown = Math.abs(atLow.mean()) > atLow.half() && Math.abs(atHigh.mean()) > atHigh.half();
        Cost words = new Cost(metric);
        return String.format(
                Locale.ROOT,
                "%s and %s cross at about %s: %s is ahead above it, %s below it (%s)%s.",
                arm,
                other,
                words.words(root(arm, other, low, high, atLow.mean())),
                above,
                above.equals(arm) ? other : arm,
                words.words(low) + " to " + words.words(high),
                shown ? "" : ", which the intervals at the ends do not show");
    }

    /** By bisection of the logarithm: the means differ in sign at the ends. */
    private double root(String arm, String other, double from, double to, double atFrom) {
        double low = from;
        double high = to;
        for (int i = 0; i < 60; i++) {
            double middle = Math.sqrt(low * high);
            if (ahead(arm, other, middle).mean() * atFrom > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }

    /** A cost in words: {@code 9,120 bytes}, {@code 31,400 macsNonzero}. */
    private record Cost(String metric) {
        String words(double value) {
            return metric.startsWith("latency")
                    ? String.format(Locale.ROOT, "%,.1f µs", 1e6 * value)
                    : String.format(Locale.ROOT, "%,.0f %s", value, metric.startsWith("bytes") ? "bytes" : metric);
        }
    }
}
