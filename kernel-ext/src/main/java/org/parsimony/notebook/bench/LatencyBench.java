package org.parsimony.notebook.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Figure;
import org.parsimony.timing.Container;
import org.parsimony.timing.HeldOut;
import org.parsimony.timing.LatencyTable;

/** Predictions of the table of latencies held against measurements: chains, graphs and coded networks, then all of them. */
public final class LatencyBench {

    private LatencyBench() {}

    /**
     * Measures and prints.
     *
     * @param networks in all, at least 15; a third of each container, chains the rest
     * @param plot file of a figure, or null
     */
    public static void run(LatencyTable table, int networks, Path plot, PrintStream out) throws IOException {
        Require.atLeast("--networks", networks, 15);
        Surroundings.head(System.getenv()).forEach(out::println);
        out.println("table " + table.file() + ", " + table.size() + " kernels");
        HeldOut all = null;
        for (Container container : Container.values()) {
            int third = networks / 3;
            int number = container == Container.CHAIN ? networks - 2 * third : third;
            long begun = System.nanoTime();
            HeldOut some = HeldOut.of(table, container, number, Progress.NONE);
            out.printf(
                    Locale.ROOT,
                    "%n%s, %d networks, %.0f s: %s%n%s%n",
                    container.name().toLowerCase(Locale.ROOT),
                    number,
                    (System.nanoTime() - begun) * 1e-9,
                    some.verdict(),
                    some.table().printAll());
            all = all == null ? some : all.and(some);
        }
        out.printf("%nall: %s%n%s%n", all.verdict(), all.table().printAll());
        if (plot != null) {
            Figure.of(all.figure()).write(new Export(), plot);
        }
    }
}
