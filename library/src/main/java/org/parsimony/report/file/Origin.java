package org.parsimony.report.file;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.base.Build;
import org.parsimony.experiment.Run;

/**
 * Where a figure comes from; {@link Export} writes it into the file.
 *
 * @param recipes short ids of the recipes it was made from, each once; empty for a figure without a run
 * @param seeds their seeds, ascending, each once
 * @param library versions of this library that made the runs
 * @param date when the last of the runs finished, so that the same runs give the same bytes
 */
public record Origin(List<String> recipes, List<Long> seeds, String library, Instant date) {

    public Origin {
        recipes = List.copyOf(recipes);
        seeds = List.copyOf(seeds);
    }

    /** The origin of a figure that was made from these runs. */
    public static Origin of(Collection<Run> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(
                    "there are no runs, but a figure comes from at least one; use unknown()");
        }
        return new Origin(
                runs.stream()
                        .map(run -> run.recipe().shortId())
                        .distinct()
                        .sorted()
                        .toList(),
                runs.stream()
                        .map(run -> run.recipe().seed())
                        .distinct()
                        .sorted()
                        .toList(),
                runs.stream()
                        .map(run -> run.provenance().library())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" ")),
                runs.stream()
                        .map(run -> run.provenance().finished())
                        .max(Instant::compareTo)
                        .orElseThrow());
    }

    /** The origin of a figure that was not made from stored runs, at this time. */
    public static Origin unknown(Instant date) {
        return new Origin(List.of(), List.of(), Build.here().version(), date);
    }

    /** What is written into a file, by keyword. */
    Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("Software", "Parsimony " + library);
        entries.put("Creation Time", date.toString());
        entries.put("Recipe", recipes.isEmpty() ? "none" : String.join(" ", recipes));
        entries.put(
                "Seed",
                seeds.isEmpty() ? "none" : seeds.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        return entries;
    }
}
