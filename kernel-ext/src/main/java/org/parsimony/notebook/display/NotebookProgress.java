package org.parsimony.notebook.display;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.parsimony.base.Progress;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;

/**
 * Progress as a bar with the time left, and live curves below it, that change in place.
 *
 * <p>One display is opened by the first call and updated at most five times a second (with curves, twice a second), so a
 * training may report every batch. When {@code done} reaches {@code total}, one small line
 * remains, behind which the curves are folded away; it is what a saved notebook keeps. Each piece of work wants a progress of its own.
 */
public final class NotebookProgress implements Progress {

    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration BETWEEN_CURVES = Duration.ofMillis(500);

    private static final String RUNNING =
            """
            <div class="parsimony-progress" style="font-size:13px;line-height:1.4;font-variant-numeric:tabular-nums;\
            padding:2px 0 4px"><div style="max-width:640px;margin-bottom:6px">%s</div>%s</div>""";

    private static final String BAR =
            """
            <div style="display:flex;gap:12px;align-items:baseline">\
            <span style="font-weight:600;min-width:3.2em">%s</span>\
            <span style="flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">%s</span>\
            <span style="opacity:.7;white-space:nowrap">%s</span></div>\
            <div style="height:6px;border-radius:3px;margin-top:4px;background:rgba(128,128,128,.25)">\
            <div style="height:6px;border-radius:3px;width:%.1f%%;background:#3b82c4"></div></div>""";

    /** One small line; the curves are folded away behind it. */
    private static final String DONE =
            """
            <%1$s class="parsimony-progress" style="font-size:12px;line-height:1.4;padding:1px 0">\
            <%2$s style="opacity:.75">%3$s</%2$s>%4$s</%1$s>""";

    private final Notebook notebook;
    private final String title;
    private final LongSupplier nanos;
    private final long start;
    private final Map<String, Curve> curves = new LinkedHashMap<>();

    private String id;
    private long drawn;
    private long done;
    private long total;
    private String what = "";

    /** A progress that shows itself below the running cell of {@code notebook}. */
    public NotebookProgress(Notebook notebook) {
        this(notebook, "");
    }

    /** @param title of the work, possibly empty; stands before what the work says of itself */
    public NotebookProgress(Notebook notebook, String title) {
        this(notebook, title, System::nanoTime);
    }

    NotebookProgress(Notebook notebook, String title, LongSupplier nanos) {
        this.notebook = notebook;
        this.title = title;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public synchronized void report(long done, long total, String what) {
        this.done = done;
        this.total = total;
        this.what = what;
        draw();
    }

    @Override
    public synchronized void watch(String series, double x, double y) {
        curves.computeIfAbsent(series, name -> new Curve()).add(x, y);
        draw();
    }

    private void draw() {
        long now = nanos.getAsLong();
        Duration pause = curves.isEmpty() ? BETWEEN : BETWEEN_CURVES;
        boolean finished = total > 0 && done >= total;
        if (id != null && !finished && now - drawn < pause.toNanos()) {
            return;
        }
        MimeBundle picture = picture(Duration.ofNanos(now - start));
        if (id == null) {
            id = notebook.display(picture);
        } else {
            notebook.update(id, picture);
        }
        drawn = now;
    }

    private MimeBundle picture(Duration elapsed) {
        double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
        String words = title.isBlank() || what.isBlank() ? title + what : title + ": " + what;
        String chart = curves.isEmpty() ? "" : ChartRenderer.html(Curve.chart(curves));
        if (share >= 1) {
            String said = "✓ " + words + (words.isEmpty() ? "took " : ", took ") + time(elapsed);
            String html = chart.isEmpty()
                    ? DONE.formatted("div", "span", Html.escape(said), "")
                    : DONE.formatted("details", "summary", Html.escape(said), chart);
            return MimeBundle.html(html, said);
        }
        String percent = (int) Math.floor(share * 100) + " %";
        String time = time(elapsed);
        if (share > 0 && elapsed.toMillis() >= 1000) {
            time += ", " + time(Duration.ofNanos((long) (elapsed.toNanos() * (1 - share) / share))) + " left";
        }
        int blocks = (int) Math.round(share * 24);
        String text = "█".repeat(blocks) + "░".repeat(24 - blocks) + " " + percent + "  " + time + "  " + words;
        // Work that only draws curves has no bar.
        String bar = total > 0 || curves.isEmpty() ? BAR.formatted(percent, Html.escape(words), time, share * 100) : "";
        return MimeBundle.html(RUNNING.formatted(bar, chart), text);
    }

    /** Seconds up to two minutes, then minutes and seconds, then hours and minutes. */
    private static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format("%d.%d s", seconds, duration.toMillisPart() / 100);
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200
                ? String.format("%d min %02d s", seconds / 60, seconds % 60)
                : String.format("%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
}
