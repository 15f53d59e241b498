package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import tech.tablesaw.api.Table;

/**
 * A metric against an option of the recipes, a curve for every arm, and behind each what a paper states of it. An arm is
 * a method with one setting of those other options in which its runs differ.
 */
public final class AgainstOption {

    private final String option;
    private final String metric;
    private final Quantity quantity;
    private final List<Double> values;
    private final List<Claim> claims;
    private final Map<String, TreeMap<Double, List<Run>>> arms;
    private final List<Run> level;

    private AgainstOption(
            String option,
            String metric,
            List<Claim> claims,
            Map<String, TreeMap<Double, List<Run>>> arms,
            List<Run> level) {
        this.level = level;
        this.option = option;
        this.metric = metric;
        this.claims = claims;
        this.arms = arms;
        this.values = arms.values().stream()
                .flatMap(points -> points.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        this.quantity = Quantity.of(
                metric,
                arms.values().stream()
                        .flatMap(points -> points.values().stream())
                        .mapToDouble(own -> of(own).mean())
                        .toArray());
    }

    /**
     * @param runs of one data set, network and tier, at least one
     * @param option a setting that is a number, for example {@code "ratio"}; arms without it are left out
     * @param metric a number column of the measurement, for example {@code "accuracyAfter"}
     * @param claims of the paper; those that state a value with its standard deviation of these runs become bands
     */
    public static AgainstOption of(List<Run> runs, String option, String metric, List<Claim> claims) {
        Require.that(!runs.isEmpty(), "there are no runs to draw, but there must be at least one");
        Map<String, TreeMap<Double, List<Run>>> arms = new LinkedHashMap<>();
        for (Run run : runs) {
            Object value = run.arm().settings().get(option);
            if (!(value instanceof Number)) {
                continue; // an arm without this setting, such as the control
            }
            arms.computeIfAbsent(arm(run, runs, option), name -> new TreeMap<>())
                    .computeIfAbsent(((Number) value).doubleValue(), v -> new ArrayList<>())
                    .add(run);
        }
        Require.that(
                !arms.isEmpty(),
                "no arm has the setting \"%s\" as a number; the settings are %s",
                option,
                runs.stream()
                        .flatMap(run -> run.arm().settings().keySet().stream())
                        .distinct()
                        .toList());
        return new AgainstOption(option, metric, claims, arms, List.of());
    }

    /**
     * The same with a level line in the figure: the mean of an arm that has not the option, such as the control.
     *
     * @param other its runs; none for no line
     */
    public AgainstOption beside(List<Run> other) {
        return new AgainstOption(option, metric, claims, arms, List.copyOf(other));
    }

    /** The values of those options that differ among the method's runs, but for the one along the axis; else the method. */
    static String arm(Run run, List<Run> runs, String option) {
        Set<String> differing = Arms.differing(run.arm().name(), runs);
        differing.remove(option);
        return differing.isEmpty() ? run.arm().name() : Arms.setting(run, differing);
    }

    private Estimate of(List<Run> own) {
        return Estimate.of(own.stream()
                .mapToDouble(run -> ((Number) run.measurement().columns().get(metric)).doubleValue())
                .toArray());
    }

    private Optional<Claim> stated(List<Run> own) {
        return claims.stream()
                .filter(claim ->
                        claim.metric().equals(metric) && claim.against().isEmpty())
                .filter(claim -> claim.options().containsKey(option) && !Double.isNaN(claim.sd()))
                .filter(claim -> claim.answeredBy(own.get(0)))
                .findFirst();
    }

    /**
     * Our means with one standard deviation over seeds as bars, the paper's means ± one standard deviation as bands. The
     * values of the option stand at equal distances, whatever lies between them.
     */
    public XYChart figure(String title) {
        Run first = arms.values().iterator().next().firstEntry().getValue().get(0);
        List<Curve> ours = new ArrayList<>();
        List<Curve> theirs = new ArrayList<>();
        arms.forEach((arm, points) -> {
            List<double[]> mine = new ArrayList<>();
            List<double[]> paper = new ArrayList<>();
            points.forEach((value, own) -> {
                double x = values.indexOf(value) + 1.0;
                Estimate y = of(own);
                mine.add(new double[] {x, y.mean() * quantity.factor(), y.n() < 2 ? 0 : y.sd() * quantity.factor()});
                stated(own)
                        .ifPresent(claim -> paper.add(
                                new double[] {x, claim.value() * quantity.factor(), claim.sd() * quantity.factor()}));
            });
            ours.add(curve(arm, mine));
            theirs.add(paper.isEmpty() ? null : curve(arm, paper));
        });
        if (!level.isEmpty()) {
            Estimate y = of(level);
            double spread = y.n() < 2 ? 0 : y.sd() * quantity.factor();
            List<double[]> line = new ArrayList<>();
            for (int place = 1; place <= values.size(); place++) {
                line.add(new double[] {place, y.mean() * quantity.factor(), spread});
            }
            ours.add(curve(level.get(0).arm().name(), line));
        }
        String spoken = title.isEmpty()
                ? first.recipe().dataset() + ", " + first.recipe().network()
                : title;
        XYChart chart = Charts.xy(spoken, Arms.words(option), quantity.heading());
        for (int i = 0; i < theirs.size(); i++) {
            if (theirs.get(i) != null) {
                Charts.band(chart, theirs.get(i), i);
            }
        }
        Charts.addLines(chart, Charts.Spread.BARS, ours);
        chart.getStyler().setXAxisMin(1.0).setXAxisMax((double) Math.max(2, values.size()));
        chart.getStyler().setXAxisMaxLabelCount(Math.max(2, values.size()));
        chart.getStyler().setxAxisTickLabelsFormattingFunction(this::label);
        limits(chart, ours, theirs);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        return chart;
    }

    /** Room for every line and band with its spread, but none beyond what a share can be. */
    private void limits(XYChart chart, List<Curve> ours, List<Curve> theirs) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (Curve curve : Stream.concat(ours.stream(), theirs.stream())
                .filter(Objects::nonNull)
                .toList()) {
            for (int i = 0; i < curve.y().length; i++) {
                low = Math.min(low, curve.y()[i] - curve.error()[i]);
                high = Math.max(high, curve.y()[i] + curve.error()[i]);
            }
        }
        double margin = Math.max(0.1, 0.03 * (high - low));
        boolean share = quantity.factor() == 100;
        chart.getStyler().setYAxisMin(share ? Math.max(0, low - margin) : low - margin);
        chart.getStyler().setYAxisMax(share ? Math.min(100, high + margin) : high + margin);
    }

    /** XChart looks for ticks until no two labels are equal, so that places without a value need blanks of their own. */
    private String label(double place) {
        int index = (int) Math.round(place) - 1;
        boolean whole = Math.abs(place - Math.round(place)) < 1e-6;
        return whole && index >= 0 && index < values.size() ? number(values.get(index)) : blank(Math.round(10 * place));
    }

    /** Eight spaces, breaking or not by the last bits of a number. */
    private static String blank(long number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            text.append((number >> bit & 1) == 0 ? ' ' : '\u00a0');
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }

    private static Curve curve(String name, List<double[]> points) {
        return Curve.of(name, points, p -> p[0], p -> p[1], p -> p[2]);
    }

    /** One row for each value and arm: our mean and sd, the paper's, and the difference in the unit of the column. */
    public Table table() {
        List<Row> rows = new ArrayList<>();
        for (double value : values) {
            arms.forEach((name, points) -> {
                List<Run> own = points.get(value);
                if (own != null) {
                    rows.add(new Row(value, name, of(own), stated(own)));
                }
            });
        }
        return Rows.of(rows)
                .doubles(Arms.words(option), Row::at)
                .texts("arm", Row::arm)
                .texts(
                        "ours, mean ± sd",
                        row -> number(
                                row.ours().mean(),
                                row.ours().n() < 2 ? Double.NaN : row.ours().sd()))
                .texts("paper, mean ± sd", row -> row.paper()
                        .map(claim -> number(claim.value(), claim.sd()))
                        .orElse("–"))
                .doubles("difference", 2, row -> row.paper()
                        .map(claim -> quantity.factor() * (row.ours().mean() - claim.value()))
                        .orElse(Double.NaN))
                .table(quantity.heading());
    }

    private record Row(double at, String arm, Estimate ours, Optional<Claim> paper) {}

    private String number(double mean, double sd) {
        return quantity.number(mean) + (Double.isNaN(sd) ? "" : " ± " + quantity.number(sd));
    }
}
