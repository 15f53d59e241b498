package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.spi.MimeBundle;

class NotebookProgress_DrawsTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong();
    private final int[] drawn = new int[1];
    private final FakeNotebook notebook = new FakeNotebook() {
        @Override
        public synchronized void update(String id, MimeBundle content) {
            drawn[0]++;
            super.update(id, content);
        }
    };
    private final NotebookProgress progress = new NotebookProgress(notebook, "training", clock::get);

    @Test
    void oneDisplayChangesAFewTimesASecondAndEndsAsOneLine() {
        for (int batch = 0; batch < 1000; batch++) {
            progress.report(batch, 1000, "batch <" + batch + ">");
            clock.addAndGet(SECOND / 100);
        }
        assertEquals(1, notebook.shown.size());
        assertTrue(drawn[0] >= 45 && drawn[0] <= 50, "drawn " + drawn[0] + " times in 10 s");
        String running = notebook.last().data().get(MimeBundle.HTML);
        assertTrue(running.contains("class=\"parsimony-progress\""), running);
        assertTrue(running.contains("training: batch &lt;980&gt;") && running.contains(" left"), running);

        progress.report(1000, 1000, "done");
        assertEquals("✓ training: done, took 10 s", notebook.last().data().get(MimeBundle.TEXT));
        String finished = notebook.last().data().get(MimeBundle.HTML);
        assertTrue(finished.contains("class=\"parsimony-progress\""), finished);
        assertFalse(finished.contains("left") || finished.contains("%"), finished);
    }

    @Test
    void finishedCurvesAreFoldedAway() {
        progress.report(0, 1, "");
        progress.watch("loss", 1, 0.5);
        progress.watch("loss", 2, 0.25);
        progress.report(1, 1, "");
        String html = notebook.last().data().get(MimeBundle.HTML);
        assertTrue(html.startsWith("<details class=\"parsimony-progress\""), html);
        assertTrue(html.contains("<img alt=\"XYChart: loss\""), html);
    }

    @Test
    void aCurveIsBoundedAndAnotherTrainingStartsItAnew() {
        Curve curve = new Curve();
        for (int x = 0; x < 10_000; x++) {
            curve.add(x, 1);
        }
        assertEquals(9999, curve.lastX());
        assertTrue(curve.size() <= 256, "points " + curve.size());
        curve.add(1, 0.5);
        assertEquals(1, curve.size());
        assertEquals(1, curve.lastX());
        curve.add(Double.NaN, 0.5);
        curve.add(2, Double.POSITIVE_INFINITY);
        assertEquals(1, curve.size());
    }
}
