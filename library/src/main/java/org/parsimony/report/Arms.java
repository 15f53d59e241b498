package org.parsimony.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.base.Records;
import org.parsimony.experiment.Run;

/** What tells the runs of one arm apart, but for the seed: the settings that the arm is repeated for. */
final class Arms {

    private Arms() {}

    /** The settings in which the runs of an arm differ. */
    static Set<String> differing(String arm, List<Run> runs) {
        List<Run> own =
                runs.stream().filter(run -> run.arm().name().equals(arm)).toList();
        return own.stream()
                .flatMap(run -> run.arm().settings().keySet().stream())
                .distinct()
                .filter(name -> own.stream()
                                .map(run ->
                                        Objects.toString(run.arm().settings().get(name)))
                                .distinct()
                                .count()
                        > 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The run's values of some settings, in words; empty if there are none. */
    static String setting(Run run, Set<String> settings) {
        return settings.stream()
                .map(name ->
                        words(name) + " " + Records.text(run.arm().settings().get(name)))
                .collect(Collectors.joining(", "));
    }

    /** {@code loopLength} as {@code loop length}. */
    static String words(String option) {
        return option.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
