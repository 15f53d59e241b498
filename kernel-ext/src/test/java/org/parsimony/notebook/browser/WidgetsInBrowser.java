package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a person with a mouse meets, whatever draws the widgets: a real server, our kernel, a real browser. Sliders are dragged
 * by their handles.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WidgetsInBrowser {

    /** Prunes, quantises, encodes and evaluates LeNet-300-100 at each position. */
    private static final String LENET =
            """
            record Cut(@Describe(value = "share pruned, in percent", least = 50, most = 99) int percentile,
                    @Describe(value = "shared values", least = 2, most = 64) int k) {
                Cut() { this(80, 16); }
            }
            var mnist = Datasets.load("mnist").limited(1000, 1000, 1000, 1);
            var lenet = Train.run(Architectures.mlp("784-300-100-10", 1), mnist, new Train.Options().epochs(1), new Context(1));
            explore(new Cut(), (cut, context) -> {
                var pruning = new Pruning.Options().ratio(cut.percentile() / 100.0);
                var sparse = Pruning.run(Importance.MAGNITUDE, lenet.model(), mnist, pruning, context);
                var few = Quantise.run(sparse.model(), mnist, new Quantise.Options().k(cut.k()), context.at(1));
                return Encode.run(few.model(), mnist, new Encode.Options(), context.at(2));
            })""";

    private static final int MOVES = 10;
    private static final double GENEROUS_MILLIS = 10_000;

    private WidgetPage page;

    /** The page, when the front end is there. */
    final void use(WidgetPage opened) {
        page = opened;
    }

    @AfterAll
    final void close() {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void aDraggedSliderChangesTheFigureAndAPageLoadedAnewShowsTheSame() throws Exception {
        page.run(LENET);
        page.until("return !!document.querySelector('.widget-output img, .jupyter-widgets-output-area img')");
        String first = page.figure();
        List<Double> times = new ArrayList<>(page.millisToTheFigure("percentile", 5, MOVES));
        times.addAll(page.millisToTheFigure("k", 5, MOVES));
        times.sort(null);
        double median = (times.get(times.size() / 2 - 1) + times.get(times.size() / 2)) / 2;
        System.out.printf(
                Locale.ROOT,
                "%s: figure of LeNet-300-100 after a move of percentile or k: median %.0f ms, least %.0f, most %.0f, %d moves%n",
                page,
                median,
                times.get(0),
                times.get(times.size() - 1),
                times.size());
        assertTrue(median < GENEROUS_MILLIS, () -> "milliseconds: " + times);
        assertNotEquals(first, page.figure());

        String figure = page.figure();
        String percentile = page.readout("percentile");
        String k = page.readout("k");
        assertNotEquals("80", percentile);
        assertNotEquals("16", k);
        page.reload();
        page.untilReadout("k", k);
        assertEquals(k, page.readout("k"));
        assertEquals(percentile, page.readout("percentile"));
        page.until("return !!document.querySelector('.widget-output img, .jupyter-widgets-output-area img')");
        assertEquals(figure, page.figure());
    }

    @Test
    void valuesGoBothWaysAndTwoPagesAgree() throws Exception {
        page.run("var both = slider(\"both\", 0, 100, 50); both");
        page.drag("both", 60);
        String dragged = page.readout("both");
        assertNotEquals("50", dragged);
        page.run("\"kernel has \" + both.value()");
        page.untilItSays("kernel has " + dragged);
        page.run("both.value(7)");
        page.untilReadout("both", "7");

        page.lookAtASecondWindow();
        page.untilReadout("both", "7");
        page.drag("both", 60);
        String second = page.readout("both");
        assertNotEquals("7", second);
        page.lookAt(0);
        page.untilReadout("both", second);
        page.drag("both", 60);
        String first = page.readout("both");
        assertNotEquals(second, first);
        page.lookAt(1);
        page.untilReadout("both", first);
        page.closeSecondWindow();
    }

    @Test
    void anExceptionInAListenerIsShownAndTheNextMoveWorks() throws Exception {
        page.run(
                """
                var failing = slider("failing", 0, 10, 0);
                failing.onChange(value -> {
                    if (value < 5) throw new IllegalStateException("too small: " + value);
                    System.out.println("good: " + value);
                });
                failing""");
        page.drag("failing", 30);
        page.untilItMatches("IllegalStateException.*too small: \\d");
        page.drag("failing", 300);
        page.untilItSays("good: 10");
    }

    @Test
    void aThousandMovesInTenSecondsEndInTheLastOnesState() throws Exception {
        page.run(
                """
                record Side(@Describe(value = "of the square", least = 0, most = 30) int side) { Side() { this(3); } }
                var square = explore(new Side(), (side, context) -> {
                    for (int i = 0; i < 20; i++) { context.progress().checkCancelled(); Thread.onSpinWait(); }
                    return "square of " + side.side() + " is " + side.side() * side.side();
                });
                square""");
        page.untilItSays("square of 3 is 9");
        page.shake("side", 1000);
        int last = Integer.parseInt(page.readout("side"));
        page.untilItSays("square of " + last + " is " + last * last);
        page.run("\"at the end \" + square.setting().side()");
        Matcher end = Pattern.compile("at the end (\\d+)").matcher(page.text());
        assertTrue(end.find(), page::text);
        assertEquals(last, Integer.parseInt(end.group(1)));
    }
}
