package org.parsimony.notebook.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Figure;

/**
 * A notebook in a loop, and what its kernel holds after each round: heap after a collection, classes and code, what the
 * process holds beside what Java accounts for (natives), open files, threads. The first rounds fill caches; memory is called flat if none of them grows
 * after the tenth.
 */
public final class MemoryBench {

    /** Rounds after which caches are full. */
    private static final int WARM = 10;

    /** Growth that is none, as a share of what is held and in bytes or pieces: both must be passed. */
    private static final double SHARE = 0.05;

    private static final double MEGABYTE = 1 << 20;

    /**
     * A column of the table.
     *
     * @param name in the table's head
     * @param title what it is
     * @param unit that one of its numbers is shown in
     * @param noise growth in that unit that tells nothing
     */
    record Held(String name, String title, double unit, double noise) {}

    static final List<Held> HELD = List.of(
            new Held("heap", "heap, MB", MEGABYTE, 4),
            new Held("nonheap", "classes and code, MB", MEGABYTE, 4),
            new Held("native", "natives, MB", MEGABYTE, 64),
            new Held("files", "open files", 1, 2),
            new Held("threads", "threads", 1, 2));

    private MemoryBench() {}

    /**
     * Runs the notebook at smoke tier for so long, writes {@code memory.csv} and {@code memory.png}, and prints what grew.
     *
     * @param anew whether each round carries its runs out again; else the run store has them from the second round on
     * @param out folder that is written to
     * @return whether memory is flat after the tenth round
     * @throws IllegalStateException if there were too few rounds to tell
     */
    public static boolean run(Path notebook, Duration time, boolean anew, Path out, PrintStream print)
            throws IOException, InterruptedException {
        Files.createDirectories(out);
        Path scratch = Files.createTempDirectory("parsimony-memory");
        Path table = out.resolve("memory.csv");
        Parameters parameters = Parameters.of(notebook).withTier("smoke");
        Path looped = scratch.resolve(notebook.getFileName());
        parameters.write(looped);
        Path work = scratch.resolve("work");
        List<String> arguments = new ArrayList<>(List.of(
                looped.toString(),
                notebook.toAbsolutePath().getParent().toString(),
                Long.toString(time.toSeconds()),
                table.toAbsolutePath().toString()));
        if (anew) {
            arguments.add(work.toString());
        }
        int status = new JupyterPython()
                .script(
                        "memory.py",
                        Map.of(
                                "PARSIMONY_RUNS", work.resolve("runs.sqlite").toString(),
                                "PARSIMONY_OUT", work.toString(),
                                "PARSIMONY_PARAMS", parameters.changesAsJson()),
                        arguments);
        if (status != 0) {
            throw new IllegalStateException("the notebook could not be run in a loop, status " + status);
        }
        double[][] rounds = read(table);
        Figure.of(drawn(notebook, rounds)).write(new Export(), out.resolve("memory.png"));
        List<String> growing = growing(rounds);
        print.println("| after round " + WARM + " | at round " + (WARM + 1) + " | at the last, " + rounds[0].length
                + " | a round |");
        print.println("|---|---|---|---|");
        for (int i = 0; i < HELD.size(); i++) {
            double[] values = rounds[i];
            print.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %+.3f |%n",
                    HELD.get(i).title(),
                    values[WARM],
                    values[values.length - 1],
                    slope(values));
        }
        print.println(growing.isEmpty() ? "flat" : "growing: " + String.join("; ", growing));
        return growing.isEmpty();
    }

    /** The columns of {@link #HELD}, in their units, a value a round. */
    static double[][] read(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        List<String> head = List.of(lines.get(0).split(","));
        double[][] rounds = new double[HELD.size()][lines.size() - 1];
        for (int i = 0; i < HELD.size(); i++) {
            int column = head.indexOf(HELD.get(i).name());
            for (int round = 0; round < rounds[i].length; round++) {
                rounds[i][round] = Double.parseDouble(lines.get(round + 1).split(",")[column])
                        / HELD.get(i).unit();
            }
        }
        return rounds;
    }

    /** What grows after the tenth round, in words. */
    static List<String> growing(double[][] rounds) {
        if (rounds[0].length < WARM + 5) {
            throw new IllegalStateException("there were only " + rounds[0].length + " rounds, but " + (WARM + 5)
                    + " are needed to tell: give it more time");
        }
        List<String> growing = new ArrayList<>();
        for (int i = 0; i < rounds.length; i++) {
            double[] values = rounds[i];
            double grown = slope(values) * (values.length - WARM);
            if (grown > HELD.get(i).noise() && grown > SHARE * values[WARM]) {
                growing.add(String.format(Locale.ROOT, "%s by %.1f", HELD.get(i).title(), grown));
            }
        }
        return growing;
    }

    /** Growth a round after the tenth: the median of the slopes between all pairs of rounds (Theil and Sen). */
    static double slope(double[] values) {
        List<Double> slopes = new ArrayList<>();
        for (int i = WARM; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes.add((values[j] - values[i]) / (j - i));
            }
        }
        double[] sorted =
                slopes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static org.knowm.xchart.XYChart drawn(Path notebook, double[][] rounds) {
        double[] x = new double[rounds[0].length];
        Arrays.setAll(x, i -> i + 1);
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < HELD.size(); i++) {
            curves.add(new Curve(HELD.get(i).title(), x, rounds[i]));
        }
        return Charts.lines(
                notebook.getFileName() + " in a loop", "round", "held after it", Charts.Spread.BAND, curves);
    }
}
