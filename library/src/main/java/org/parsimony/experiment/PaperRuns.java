package org.parsimony.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.parsimony.base.Home;
import org.parsimony.experiment.store.RunStore;

/** The runs of a paper: those committed in {@code papers/NAME/results}, and those of this machine's run store. */
public final class PaperRuns {

    private static final String RESULTS = "results";
    private static final String LINES = "runs.jsonl";

    private PaperRuns() {}

    /** Both, each recipe and arm once; where both have it, the one that was measured last counts. */
    public static List<Run> of(String paper) {
        Map<String, Run> runs = new LinkedHashMap<>();
        BinaryOperator<Run> later = (one, other) ->
                one.provenance().finished().isBefore(other.provenance().finished()) ? other : one;
        inResults(paper).forEach(run -> runs.merge(key(run), run, later));
        if (Files.exists(Home.runs())) {
            try (RunStore store = RunStore.open(Home.runs())) {
                store.ofPaper(paper).forEach(run -> runs.merge(key(run), run, later));
            }
        }
        return List.copyOf(runs.values());
    }

    /** Those committed in the paper's results alone. */
    public static List<Run> inResults(String paper) {
        Path committed = folder(paper).resolve(LINES);
        try {
            return Files.exists(committed) ? Runs.read(committed) : List.of();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + committed + ": " + e.getMessage(), e);
        }
    }

    /**
     * The committed runs of any paper whose id begins with these digits, each recipe once.
     *
     * @param digits of the id, the first six or more
     */
    static List<Run> committed(String digits) {
        Map<String, Run> found = new LinkedHashMap<>();
        for (String paper : Home.papers()) {
            Path file = folder(paper).resolve(LINES);
            if (Files.exists(file)) {
                // Thousands of lines are faster to search than to read.
                try (var lines = Files.lines(file)) {
                    lines.filter(line -> line.contains("\"id\":\"" + digits))
                            .map(Run::fromJson)
                            .filter(run -> run.id().startsWith(digits))
                            .forEach(run -> found.putIfAbsent(run.id(), run));
                } catch (IOException | java.io.UncheckedIOException e) {
                    throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static String key(Run run) {
        return run.id() + run.arm();
    }

    /** The folder that {@code ./parsimony results} writes. */
    public static Path folder(String paper) {
        return Home.paper(paper).resolve(RESULTS);
    }
}
