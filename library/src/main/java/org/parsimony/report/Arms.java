package org.parsimony.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.experiment.Run;

/** What tells the runs of one method apart, but for the seed. */
final class Arms {

    private Arms() {}

    /** More differing options than this are thinned to what tells the runs apart. */
    private static final int MANY = 3;

    /**
     * The options in which the runs of a method differ. Where these are many, as of an original that stands once for each way
     * of going on from it, only so many that they still tell every two settings apart, {@code epochs} first.
     */
    static Set<String> differing(String method, List<Run> runs) {
        List<Run> own = runs.stream()
                .filter(run -> run.recipe().method().equals(method))
                .toList();
        Set<String> all = own.stream()
                .flatMap(run -> run.recipe().options().keySet().stream())
                .distinct()
                .filter(name -> own.stream()
                                .map(run ->
                                        String.valueOf(run.recipe().options().get(name)))
                                .distinct()
                                .count()
                        > 1)
                .collect(Collectors.toCollection(TreeSet::new));
        return all.size() > MANY ? telling(all, own) : all;
    }

    private static Set<String> telling(Set<String> all, List<Run> runs) {
        Set<String> telling = new TreeSet<>();
        List<String> order = all.stream()
                .sorted(Comparator.comparing(name -> !name.equals("epochs")))
                .toList();
        for (String option : order) {
            long before = settings(telling, runs);
            telling.add(option);
            if (settings(telling, runs) == before) {
                telling.remove(option);
            }
        }
        return telling;
    }

    private static long settings(Set<String> options, List<Run> runs) {
        return runs.stream().map(run -> setting(run, options)).distinct().count();
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
