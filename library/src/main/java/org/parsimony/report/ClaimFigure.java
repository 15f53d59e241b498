package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Verdict;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;

/**
 * Ours against the paper's, a point for each claim of one kind that states a value, with both 95 % intervals: ours upright,
 * the paper's, where it tells its spread and its repeats, across. On the dashed line both are equal.
 */
final class ClaimFigure {

    /** Fewer points than this say no more than their rows. */
    private static final int FEWEST = 3;

    private ClaimFigure() {}

    /**
     * The figure of one kind of claims; nothing where too few were measured.
     *
     * @param judged claims of any kinds
     * @param kind as {@link ClaimTables#kind} names it
     */
    static Optional<XYChart> of(List<Judged> judged, String kind) {
        List<Judged> shown = judged.stream()
                .filter(one -> ClaimTables.kind(one.claim()).equals(kind))
                .filter(one -> one.claim().against().isEmpty() && one.ours().n() > 0)
                .toList();
        if (shown.size() < FEWEST) {
            return Optional.empty();
        }
        Quantity quantity = Quantity.of(
                shown.get(0).claim().metric(),
                shown.stream().mapToDouble(one -> one.ours().mean()).toArray());
        double factor = quantity.factor();
        Map<Verdict, List<Judged>> verdicts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            List<Judged> own =
                    shown.stream().filter(one -> one.verdict() == verdict).toList();
            if (!own.isEmpty()) {
                verdicts.put(verdict, own);
            }
        }
        List<Curve> curves = new ArrayList<>();
        verdicts.forEach((verdict, own) -> curves.add(Curve.of(
                verdict.toString(),
                own,
                one -> factor * one.claim().value(),
                one -> factor * one.ours().mean(),
                one -> factor * one.ours().bar())));
        String unit = quantity.unit().isEmpty() ? "" : ", " + quantity.unit();
        XYChart chart = Charts.points(kind, "the paper's" + unit, "ours" + unit, curves);
        for (Verdict verdict : Verdict.values()) {
            if (verdicts.containsKey(verdict)) {
                Charts.look(chart.getSeriesMap().get(verdict.toString()), verdict.ordinal(), true);
                across(chart, verdict, verdicts.get(verdict), factor);
            }
        }
        chart.getStyler().setLegendVisible(true);
        if (kind.contains("accuracy") && !shown.get(0).claim().metric().contains(" - ")) {
            clamp(chart, curves);
        }
        double[] ends = shown.stream()
                .flatMapToDouble(one -> DoubleStream.of(
                        factor * one.claim().value(), factor * one.ours().mean()))
                .sorted()
                .toArray();
        double[] line = {ends[0], ends[ends.length - 1]};
        Charts.reference(chart, "equal", line, line);
        return Optional.of(chart);
    }

    /** No accuracy lies below 0 or above 100 %, though an interval of few seeds may. */
    private static void clamp(XYChart chart, List<Curve> curves) {
        double low = 100;
        double high = 0;
        for (Curve curve : curves) {
            for (int i = 0; i < curve.y().length; i++) {
                low = Math.min(low, curve.y()[i] - curve.error()[i]);
                high = Math.max(high, curve.y()[i] + curve.error()[i]);
            }
        }
        chart.getStyler().setYAxisMin(Math.max(0, low)).setYAxisMax(Math.min(100, high));
    }

    /** The paper's intervals as lines across, in the colour of their points. */
    private static void across(XYChart chart, Verdict verdict, List<Judged> own, double factor) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Judged one : own) {
            Estimate theirs = Estimate.stated(
                    one.claim().value(), one.claim().sd(), one.claim().repeats());
            if (!Double.isNaN(theirs.half())) {
                for (double end : new double[] {theirs.low(), theirs.high(), theirs.high()}) {
                    x.add(factor * end);
                    y.add(factor * one.ours().mean());
                }
                y.set(y.size() - 1, Double.NaN); // ends the line
            }
        }
        if (!x.isEmpty()) {
            XYSeries series = chart.addSeries(
                    verdict + ", the paper's interval",
                    x.stream().mapToDouble(d -> d).toArray(),
                    y.stream().mapToDouble(d -> d).toArray());
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
            Charts.look(series, verdict.ordinal(), true);
            series.setMarker(SeriesMarkers.NONE);
            series.setShowInLegend(false);
        }
    }
}
