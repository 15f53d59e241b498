package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

class NotebookProgress_UpdateTest {

    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final CountingNotebook notebook = new CountingNotebook();
    private final NotebookProgress progress = new NotebookProgress(notebook, "training", clock::get);

    @Test
    void tenThousandReportsInTenSecondsAreAboutFiftyUpdatesOfOneDisplay() {
        for (int i = 1; i <= 10_000; i++) {
            clock.addAndGet(MILLISECOND);
            progress.report(i, 10_000, "batch " + i);
        }
        assertEquals(1, notebook.fake.shown.size());
        assertTrue(notebook.updates >= 45 && notebook.updates <= 51, notebook.updates + " updates");
    }

    @Test
    void theLastPictureIsDrawnHoweverSoonItComes() {
        progress.report(1, 2, "half");
        progress.report(2, 2, "accuracy 97.1 %");
        assertEquals("✓ training: accuracy 97.1 %, took 0.0 s", text());
    }

    @Test
    void theTimeLeftIsThatOfTheSpeedSoFar() {
        clock.addAndGet(30_000 * MILLISECOND);
        progress.report(1, 4, "epoch 1");
        assertTrue(text().contains(" 25 %  30 s, 90 s left  training: epoch 1"), text());
    }

    @Test
    void curvesOfManyPointsAreDrawnTwiceASecondIntoTheSameDisplay() {
        for (int i = 1; i <= 2000; i++) {
            clock.addAndGet(MILLISECOND);
            progress.watch("loss", i, 1. / i);
        }
        assertEquals(1, notebook.fake.shown.size());
        assertTrue(notebook.updates <= 4, notebook.updates + " updates");
        assertTrue(notebook.fake.last().data().get(MimeBundle.HTML).contains("<img"));
    }

    @Test
    void wordsOfTheWorkAreEscaped() {
        progress.report(0, 2, "<script>");
        assertTrue(notebook.fake.last().data().get(MimeBundle.HTML).contains("&lt;script&gt;"));
    }

    @Test
    void manyThreadsShareOneDisplay() {
        IntStream.rangeClosed(1, 1000).parallel().forEach(i -> {
            progress.watch("loss " + i % 3, i, i);
            progress.report(Math.min(i, 999), 1000, "");
        });
        progress.report(1000, 1000, "done");
        assertEquals(1, notebook.fake.shown.size());
        assertEquals("✓ training: done, took 0.0 s", text());
    }

    private String text() {
        return notebook.fake.last().data().get(MimeBundle.TEXT);
    }

    /** A fake notebook that counts its updates. */
    private static final class CountingNotebook implements Notebook {

        private final FakeNotebook fake = new FakeNotebook();
        private int updates;

        @Override
        public void register(Magic magic) {
            fake.register(magic);
        }

        @Override
        public <T> void register(Class<T> type, Renderer<T> renderer) {
            fake.register(type, renderer);
        }

        @Override
        public String display(MimeBundle content) {
            return fake.display(content);
        }

        @Override
        public void update(String id, MimeBundle content) {
            updates++;
            fake.update(id, content);
        }

        @Override
        public Object eval(String code) {
            return fake.eval(code);
        }
    }
}
