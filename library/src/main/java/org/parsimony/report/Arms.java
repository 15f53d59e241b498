package org.parsimony.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.experiment.Run;

/** What tells the runs of one method apart, but for the seed. */
final class Arms {

    private Arms() {}

    /** The options in which the runs of a method differ. */
    static Set<String> differing(String method, List<Run> runs) {
        List<Run> own = runs.stream()
                .filter(run -> run.recipe().method().equals(method))
                .toList();
        return own.stream()
                .flatMap(run -> run.recipe().options().keySet().stream())
                .distinct()
                .filter(name -> own.stream()
                                .map(run ->
                                        String.valueOf(run.recipe().options().get(name)))
                                .distinct()
                                .count()
                        > 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The run's values of some options, in words; empty if there are none. */
    static String setting(Run run, Set<String> options) {
        return options.stream()
                .map(name -> words(name) + " " + run.recipe().options().get(name))
                .collect(Collectors.joining(", "));
    }

    /** {@code loopLength} as {@code loop length}. */
    static String words(String option) {
        return option.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
