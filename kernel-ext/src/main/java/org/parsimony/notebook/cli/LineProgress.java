package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.parsimony.base.Progress;

/** Progress as lines, at most one in three seconds. */
final class LineProgress implements Progress {

    private static final long BETWEEN = Duration.ofSeconds(3).toNanos();

    private final PrintWriter out;
    private long written = System.nanoTime() - BETWEEN;

    LineProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void report(long done, long total, String what) {
        long now = System.nanoTime();
        if (now - written >= BETWEEN) {
            written = now;
            out.println(what);
            out.flush();
        }
    }
}
