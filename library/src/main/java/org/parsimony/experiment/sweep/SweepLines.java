package org.parsimony.experiment.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.experiment.sweep.SweepPlan.Choice;

/** Reads the lines of a {@link SweepPlan}. */
final class SweepLines {

    private static final String SEARCH = "search";
    private static final String SEEDS = "seeds";
    private static final String WITHIN = "within";
    private static final Set<String> OWN = Set.of(SEARCH, SEEDS, WITHIN);
    private static final Set<String> SINGLE = Set.of("dataset", "tier", "seed");
    /** What the test split has told: nothing is chosen by it. */
    private static final List<String> OF_TEST = List.of("accuracy", "loss", "concordance");

    private SweepLines() {}

    /** A word with several values, before it has its name. */
    private record Found(String method, int step, String option, Values values, int line, int place) {}

    static SweepPlan read(String name, String text) {
        List<Found> found = new ArrayList<>();
        Map<String, String> heads = new LinkedHashMap<>();
        Search search = new Search.Grid();
        SortedMap<String, Double> within = new TreeMap<>();
        List<String> lines = text.lines().toList();
        int steps = 0;
        for (int line = 0; line < lines.size(); line++) {
            String plain = plain(lines.get(line));
            if (plain.isEmpty()) {
                continue;
            }
            String[] words = plain.split("\\s+");
            try {
                Require.that(
                        !OWN.contains(words[0]) || heads.put(words[0], plain) == null,
                        "\"%s\" stands twice; keep one line of it",
                        words[0]);
                switch (words[0]) {
                    case SEARCH -> search = search(words);
                    case SEEDS -> Require.that(words.length == 2, "\"%s\" must be followed by one number", plain);
                    case WITHIN -> within(words, within);
                    default -> {
                        boolean head = words[0].equals("network") || SINGLE.contains(words[0]);
                        steps += head ? 0 : 1;
                        several(words, line, head ? 0 : steps, found);
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (line + 1) + ": " + e.getMessage(), e);
            }
        }
        Require.that(
                !heads.containsKey(SEEDS)
                        || lines.stream().noneMatch(line -> plain(line).startsWith("seed ")),
                "the sweep has both \"seed\" and \"seeds\"; keep one");
        int seeds = (Integer)
                Records.parse(SEEDS, heads.getOrDefault(SEEDS, SEEDS + " 1").split("\\s+")[1], int.class);
        SweepPlan plan = new SweepPlan(name, text, named(found), search, seeds, within);
        plan.recipe(plan.settings().get(0), 1); // dataset, network and methods are known, or it says so now
        return plan;
    }

    private static Search search(String... words) {
        Require.that(words.length >= 2, "\"search\" must be followed by grid, random or halving");
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            String[] pair = pair(word);
            options.put(pair[0], pair[1]);
        }
        return Search.of(words[1], options);
    }

    private static void within(String[] words, SortedMap<String, Double> within) {
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            String[] pair = pair(word);
            Require.that(
                    OF_TEST.stream().noneMatch(pair[0]::startsWith),
                    "%s is measured on test samples, by which nothing may be chosen; take a column of size or time",
                    pair[0]);
            within.put(pair[0], (Double) Records.parse(pair[0], pair[1], double.class));
        }
        Require.that(words.length > 1, "\"within\" must be followed by COLUMN=MOST, for example bytesDisk.pars=4000");
    }

    private static void several(String[] words, int line, int step, List<Found> found) {
        for (int place = 1; place < words.length; place++) {
            int equals = step == 0 && place == 1 ? -1 : words[place].indexOf('=');
            String option = equals < 0 ? words[0] : words[place].substring(0, equals);
            String value = words[place].substring(equals + 1);
            if (Values.isSeveral(value)) {
                Require.that(
                        step > 0 || words[0].equals("network"),
                        "%s has several values, but a sweep has one %s; make it a sweep each",
                        words[0],
                        words[0]);
                found.add(new Found(words[0], step, option, Values.of(option, value), line, place));
            }
        }
    }

    private static List<Choice> named(List<Found> found) {
        List<Choice> choices = new ArrayList<>();
        for (Found one : found) {
            boolean byOption =
                    found.stream().filter(f -> f.option.equals(one.option)).count() == 1;
            boolean byMethod = found.stream()
                            .filter(f -> f.option.equals(one.option) && f.method.equals(one.method))
                            .count()
                    == 1;
            String name = byOption
                    ? one.option
                    : byMethod ? one.method + "." + one.option : one.step + "." + one.method + "." + one.option;
            choices.add(new Choice(name, one.values, one.line, one.place));
        }
        return choices;
    }

    private static String[] pair(String word) {
        String[] pair = word.split("=", 2);
        Require.that(pair.length == 2, "\"%s\" is no option, but must read name=value", word);
        return pair;
    }

    static String plain(String line) {
        return line.replaceFirst("(^|\\s)#.*$", "").strip();
    }

    /** A line with another value in the place of a word's. */
    static String replaced(String line, int place, String value) {
        String[] words = plain(line).split("\\s+");
        int equals = words[place].indexOf('=');
        words[place] = (equals < 0 ? "" : words[place].substring(0, equals + 1)) + value;
        return String.join(" ", words);
    }

    /** The lines that a recipe has too, the others empty: numbers of lines in messages stay those of the file. */
    static List<String> ofRecipe(List<String> lines) {
        return lines.stream()
                .map(line -> OWN.contains(plain(line).split("\\s+")[0]) ? "" : line)
                .toList();
    }
}
