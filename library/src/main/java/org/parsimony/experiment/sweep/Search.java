package org.parsimony.experiment.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.parsimony.base.Describe;
import org.parsimony.base.Records;
import org.parsimony.base.Require;

/** Which settings a sweep tries, and with how much training. */
public sealed interface Search {

    /** Which settings to begin with: of each choice its value, as words, all different. */
    List<List<String>> settings(List<Values> choices);

    /** How often what is left is reduced, the last time included; 1 where everything is tried in full. */
    default int rungs() {
        return 1;
    }

    /** By its name in a sweep's file and its options. */
    static Search of(String kind, Map<String, String> options) {
        Map<String, Search> kinds = Map.of("grid", new Grid(), "random", new Draws(), "halving", new Halving());
        Require.that(kinds.containsKey(kind), "search is \"%s\", but must be one of grid, halving, random", kind);
        Record usual = (Record) kinds.get(kind);
        SortedMap<String, Class<?>> types = new TreeMap<>();
        for (var component : usual.getClass().getRecordComponents()) {
            types.put(component.getName(), component.getType());
        }
        SortedMap<String, Object> values = new TreeMap<>();
        options.forEach((name, word) -> {
            Require.that(
                    types.containsKey(name), "the search %s has no \"%s\"; it may have %s", kind, name, types.keySet());
            values.put(name, Records.plain(name, word, types.get(name)));
        });
        return (Search) read(kind, values, usual);
    }

    private static <R extends Record> Record read(String kind, SortedMap<String, Object> values, R usual) {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) usual.getClass();
        return Records.read("search " + kind, values, type, usual);
    }

    /** Every combination, the last choice fastest. */
    record Grid() implements Search {

        /** More settings than these are a slip of the pen. */
        private static final int MOST = 1_000_000;

        @Override
        public List<List<String>> settings(List<Values> choices) {
            List<List<String>> grid = List.of(List.of());
            for (Values values : choices) {
                List<List<String>> longer = new ArrayList<>();
                List<String> all = values.all();
                Require.that(
                        (long) grid.size() * all.size() <= MOST,
                        "the grid has more than %d settings; take fewer values, or search at random",
                        MOST);
                for (List<String> start : grid) {
                    for (String value : all) {
                        List<String> setting = new ArrayList<>(start);
                        setting.add(value);
                        longer.add(List.copyOf(setting));
                    }
                }
                grid = longer;
            }
            return grid;
        }

        @Override
        public String toString() {
            return "grid";
        }
    }

    /**
     * Settings drawn at random, each value by itself (Bergstra and Bengio, 2012).
     *
     * @param n how many, at least 1; fewer where there are fewer combinations
     * @param seed of the draws; training has its own
     */
    record Draws(@Describe(value = "settings to try", least = 1) int n, @Describe("seed of the draws") long seed)
            implements Search {

        public Draws {
            Require.atLeast("n of the search", n, 1);
        }

        /** Twenty, with seed 1. */
        public Draws() {
            this(20, 1);
        }

        @Override
        public List<List<String>> settings(List<Values> choices) {
            long combinations = Values.combinations(choices);
            if (combinations <= n) {
                return new Grid().settings(choices);
            }
            SplittableRandom random = new SplittableRandom(seed);
            Set<List<String>> drawn = new LinkedHashSet<>();
            for (long draws = 0; drawn.size() < n && draws < 100L * n; draws++) {
                drawn.add(choices.stream().map(values -> values.draw(random)).toList());
            }
            return List.copyOf(drawn);
        }

        @Override
        public String toString() {
            return "random n=" + n + " seed=" + seed;
        }
    }

    /**
     * Successive halving: all settings get a small part of the training, the best of them more, until the best of those get all
     * of it. Rung {@code r} of {@code rungs} trains with the share {@code factor^(r − rungs)} of the recipe's own epochs or
     * samples, and of its settings the best {@code 1/factor}, at least one, go on.
     *
     * @param n settings to begin with, drawn at random; 0 for the whole grid
     * @param seed of the draws
     * @param rungs at least 2
     * @param factor at least 2
     * @param by what a rung has less of
     */
    record Halving(int n, long seed, int rungs, int factor, By by) implements Search {

        /** What a rung has less of than the recipe. */
        public enum By {
            /** Every option {@code epochs} of the recipe's steps. */
            EPOCHS,
            /** Training samples. */
            SAMPLES
        }

        public Halving {
            Require.that(n == 0 || n >= 2, "n of the search is %d, but must be at least 2, or 0 for the whole grid", n);
            Require.atLeast("rungs of the search", rungs, 2);
            Require.atLeast("factor of the search", factor, 2);
            Require.that(
                    Math.pow(factor, rungs) < 1e6,
                    "the search has %d rungs of factor %d, but must have fewer",
                    rungs,
                    factor);
        }

        /** The whole grid in three rungs, a third of the settings and three times the epochs at each. */
        public Halving() {
            this(0, 1, 3, 3, By.EPOCHS);
        }

        @Override
        public List<List<String>> settings(List<Values> choices) {
            return n == 0 ? new Grid().settings(choices) : new Draws(n, seed).settings(choices);
        }

        /** How many go on of so many. */
        int kept(int settings) {
            return Math.max(1, settings / factor);
        }

        /** A part of epochs or samples, at least 1: {@code whole / factor^(rungs − rung)}, rounded up. */
        long part(long whole, int rung) {
            long divisor = Math.round(Math.pow(factor, (double) rungs - rung));
            return Math.max(1, (whole + divisor - 1) / divisor);
        }

        @Override
        public String toString() {
            return "halving n=" + n + " seed=" + seed + " rungs=" + rungs + " factor=" + factor + " by="
                    + by.name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
