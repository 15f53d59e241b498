package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.parsimony.base.With;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Origin;

class Figures_PointsTest {

    private static List<Run> runs() {
        SplittableRandom random = new SplittableRandom(2);
        List<Run> runs = new ArrayList<>();
        long[] sizes = {266_610, 89_610, 60_000, 30_400};
        double[][] accuracies = {{0.981, 0.981, 0.978, 0.970}, {0.981, 0.970, 0.955, 0.920}};
        for (int method = 0; method < 2; method++) {
            for (int size = method == 0 ? 0 : 1; size < 4; size++) {
                for (int seed = 1; seed <= 5; seed++) {
                    String name = method == 0 ? "OptiNET" : "random removal";
                    runs.add(Fixtures.run(
                            Fixtures.with(Fixtures.recipe(name, seed), "ratio", size / 4.0),
                            sizes[size],
                            accuracies[method][size] + random.nextDouble(-0.004, 0.004)));
                }
            }
        }
        return runs;
    }

    @Test
    void aPointIsTheMeanOfItsSeedsWithTheirInterval() {
        List<Run> seeds = runs().subList(0, 5);
        XYChart chart = Figures.against(seeds, "parameters", "accuracyTuned");
        Estimate sample = Estimate.of(seeds.stream()
                .mapToDouble(run -> run.measurement().accuracyTuned())
                .toArray());
        var series = chart.getSeriesMap().get("OptiNET");
        assertArrayEquals(new double[] {266.61}, series.getXData(), 1e-9);
        assertArrayEquals(new double[] {100 * sample.mean()}, series.getYData(), 1e-9);
        assertArrayEquals(new double[] {100 * sample.half()}, series.getExtraValues(), 1e-9);
        assertEquals("test accuracy, %: mean and 95 % interval of 5 seeds", chart.getYAxisTitle());
        assertEquals("parameters, k", chart.getXAxisTitle());
    }

    @Test
    void everyMethodIsASeriesAndEverySettingAPoint() {
        XYChart chart = Figures.pareto(runs(), "parameters", "accuracyTuned");
        assertEquals(4, chart.getSeriesMap().get("OptiNET").getXData().length);
        assertEquals(3, chart.getSeriesMap().get("random removal").getXData().length);
        assertTrue(chart.getSeriesMap().containsKey("Pareto front"));
    }

    /** Of a loss less is better: here the cheapest of three, and the dearest, which has less. */
    @Test
    void theFrontOfALossGoesDown() {
        List<Run> runs = new ArrayList<>();
        double[] losses = {0.3, 0.4, 0.1};
        for (int i = 0; i < losses.length; i++) {
            Run run = Fixtures.run(Fixtures.with(Fixtures.recipe("ours", 1), "ratio", i / 4.0), 10 + i, 0.9);
            runs.add(new Run(
                    run.recipe(),
                    run.arm(),
                    With.component(run.measurement(), "lossTuned", losses[i]),
                    run.steps(),
                    run.provenance()));
        }
        var front =
                Figures.pareto(runs, "parameters", "lossTuned").getSeriesMap().get("Pareto front");
        double[] y = front.getYData();
        assertEquals(0.3, y[0], 1e-12);
        assertEquals(0.1, y[y.length - 1], 1e-12);
        assertTrue(Arrays.stream(y).noneMatch(value -> value == 0.4));
    }

    @Test
    void noTwoMethodsLookAlike() {
        List<Run> runs = IntStream.range(0, 49)
                .mapToObj(method -> Fixtures.run(Fixtures.recipe("method " + method, 1), 1000 + method, 0.9))
                .toList();
        var series = Figures.against(runs, "parameters", "accuracyTuned")
                .getSeriesMap()
                .values();
        assertEquals(
                49,
                series.stream()
                        .map(s -> List.of(s.getMarker(), s.getMarkerColor()))
                        .distinct()
                        .count());
    }

    private static XYChart two(double[] first, double[] second) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= first.length; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("CWS", seed), 1000, first[seed - 1]));
            runs.add(Fixtures.run(Fixtures.recipe("Pr-CWS", seed), 1001, second[seed - 1]));
        }
        return Figures.against(runs, "parameters", "accuracyTuned");
    }

    @Test
    void aLongBarDoesNotPressThePointsTogether() {
        XYChart chart = two(new double[] {0.97, 0.97, 0.97}, new double[] {0.80, 0.94, 0.87});
        assertTrue(chart.getSeriesMap().get("Pr-CWS").getExtraValues()[0] > 17);
        assertEquals(76.6, chart.getStyler().getYAxisMin(), 1e-9); // points at 87 and 97, 0.4 are margin
        assertEquals(100, chart.getStyler().getYAxisMax(), 1e-9);
    }

    @Test
    void ofTwoSeedsTheBarEndsAtBoth() {
        XYChart chart = two(new double[] {0.97, 0.97}, new double[] {0.80, 0.94});
        assertEquals(7, chart.getSeriesMap().get("Pr-CWS").getExtraValues()[0], 1e-9);
        assertEquals("test accuracy, %: mean and range of 2 seeds", chart.getYAxisTitle());
    }

    @Test
    void whatIsPrunedFirstHasTheColourOfItsQuantiserAndAnotherMarker() {
        var series = two(new double[] {0.9}, new double[] {0.8}).getSeriesMap();
        assertEquals(series.get("CWS").getMarkerColor(), series.get("Pr-CWS").getMarkerColor());
        assertNotEquals(series.get("CWS").getMarker(), series.get("Pr-CWS").getMarker());
    }

    @Test
    void aCollapsedSettingLiesBelowTheAxisAndIsCounted() {
        List<Run> runs = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(i -> Fixtures.run(Fixtures.recipe("method " + i, 1), 1000 + i, 0.9 + 0.001 * i))
                .toList());
        runs.add(Fixtures.run(Fixtures.recipe("UQ", 1), 999, 0.1));
        XYChart chart = Figures.against(runs, "parameters", "accuracyTuned");
        assertTrue(chart.getStyler().getYAxisMin() > 85);
        assertEquals("toy, 4-3-2; 1 of 21 settings lie below the axis", chart.getTitle());
    }

    /** The slow definition: nobody is at least as cheap and better, or cheaper and as good. */
    @Property
    void theFrontIsWhatNobodyDominates(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> costs,
            @ForAll @IntRange(max = 99) int salt) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < costs.size(); i++) {
            points.add(new double[] {costs.get(i), (costs.get(i) * 7 + i * salt) % 10});
        }
        double[][] slow = points.stream()
                .filter(p ->
                        points.stream().noneMatch(q -> q[0] <= p[0] && q[1] >= p[1] && (q[0] < p[0] || q[1] > p[1])))
                .sorted((p, q) -> Double.compare(p[0], q[0]))
                .map(p -> List.of(p[0], p[1]))
                .distinct()
                .map(p -> new double[] {p.get(0), p.get(1)})
                .toArray(double[][]::new);
        assertArrayEquals(slow, Figures.front(points));
    }

    @Test
    void learningCurvesAverageTheTraces() {
        XYChart chart = Figures.learningCurves(runs(), "epoch", "epoch");
        assertArrayEquals(
                new double[] {1, 2},
                chart.getSeriesMap().get("OptiNET, ratio 0.25").getYData());
        assertTrue(chart.getSeriesMap().containsKey("random removal, ratio 0.25"), "not one with the other arm's");
        XYChart one = Figures.learningCurves(runs().subList(0, 20), "epoch", "epoch");
        assertTrue(one.getSeriesMap().containsKey("ratio 0.25"));
        String said = assertThrows(
                        IllegalArgumentException.class, () -> Figures.learningCurves(runs(), "epoch", "what"))
                .getMessage();
        assertTrue(said.contains("has the number columns epoch and what; there are accuracy, epoch"), said);
    }

    /** Writes the figures into the folder named by the first argument, for people to look at. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Origin origin = Origin.of(runs());
        Export export = new Export().withDpi(110);
        export.write(Figures.against(runs(), "parameters", "accuracyTuned"), origin, folder.resolve("against.png"));
        export.write(Figures.pareto(runs(), "parameters", "accuracyTuned"), origin, folder.resolve("pareto.png"));
    }
}
