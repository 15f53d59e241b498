package org.parsimony.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Progress;

/**
 * Evolution of paths under a limit, in the form of the code of the single-path super-net: in each generation the population is
 * scored, the best so far are kept, half of the next population are mutants of one of them and half crossings of two, filled up
 * with paths drawn at random. No path is scored twice and none outside the limit.
 */
final class Evolution {

    /**
     * The sizes of a search.
     *
     * @param population paths of a generation
     * @param generations in all
     * @param best that mutants and crossings descend from
     * @param mutation chance that a block of a mutant is drawn anew
     */
    record Sizes(int population, int generations, int best, double mutation) {}

    /**
     * A path that was scored.
     *
     * @param path an operator for each block
     * @param accuracy in the super-net
     * @param generation from 1
     */
    record Scored(int[] path, double accuracy, int generation) {}

    /** Draws for each path that is asked for, as the authors' code has it: 250 for 25. */
    private static final int TRIES = 10;

    private final int[] base;
    private final boolean[] free;
    private final Predicate<int[]> legal;
    private final SplittableRandom random;
    private final Set<List<Integer>> seen = new HashSet<>();

    /**
     * @param base operators of the blocks that are fixed
     * @param free of each block whether it is searched
     */
    Evolution(int[] base, boolean[] free, Predicate<int[]> legal, SplittableRandom random) {
        this.base = base.clone();
        this.free = free.clone();
        this.legal = legal;
        this.random = random;
    }

    /** All that was scored, in order. It ends early where no new path is found. */
    List<Scored> run(ToDoubleFunction<int[]> accuracy, Sizes sizes, Progress progress) {
        List<Scored> scored = new ArrayList<>();
        List<Scored> top = List.of();
        List<int[]> population = drawn(sizes.population());
        for (int g = 1; g <= sizes.generations() && !population.isEmpty(); g++) {
            for (int p = 0; p < population.size(); p++) {
                progress.report(
                        (long) (g - 1) * sizes.population() + p,
                        (long) sizes.generations() * sizes.population(),
                        "generation " + g);
                scored.add(new Scored(population.get(p), accuracy.applyAsDouble(population.get(p)), g));
            }
            top = best(scored, sizes.best());
            population = next(top, sizes);
        }
        return scored;
    }

    /** Paths drawn at random, scored in one generation each as long as evolution would have: the control. */
    List<Scored> random(ToDoubleFunction<int[]> accuracy, Sizes sizes, Progress progress) {
        List<Scored> scored = new ArrayList<>();
        for (int g = 1; g <= sizes.generations(); g++) {
            for (int[] path : drawn(sizes.population())) {
                progress.report(scored.size(), (long) sizes.generations() * sizes.population(), "random paths");
                scored.add(new Scored(path, accuracy.applyAsDouble(path), g));
            }
        }
        return scored;
    }

    /** The most accurate, of equal ones the earlier. */
    static List<Scored> best(List<Scored> scored, int number) {
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::accuracy).reversed())
                .limit(number)
                .toList();
    }

    private List<int[]> next(List<Scored> top, Sizes sizes) {
        int half = sizes.population() / 2;
        List<int[]> next = new ArrayList<>();
        for (int t = 0; t < TRIES * half && next.size() < half; t++) {
            int[] mutant = top.get(random.nextInt(top.size())).path().clone();
            for (int b = 0; b < mutant.length; b++) {
                if (free[b] && random.nextDouble() < sizes.mutation()) {
                    mutant[b] = random.nextInt(Space.choices());
                }
            }
            admit(mutant, next);
        }
        int mutants = next.size();
        for (int t = 0; t < TRIES * half && next.size() < mutants + half; t++) {
            int[] one = top.get(random.nextInt(top.size())).path();
            int[] crossing = top.get(random.nextInt(top.size())).path().clone();
            for (int b = 0; b < crossing.length; b++) {
                crossing[b] = random.nextInt(2) == 0 ? one[b] : crossing[b];
            }
            admit(crossing, next);
        }
        next.addAll(drawn(sizes.population() - next.size()));
        return next;
    }

    private List<int[]> drawn(int number) {
        List<int[]> paths = new ArrayList<>();
        for (int t = 0; t < TRIES * number && paths.size() < number; t++) {
            admit(drawn(), paths);
        }
        return paths;
    }

    /** A path drawn uniformly, fixed blocks as they are. */
    int[] drawn() {
        int[] path = base.clone();
        for (int b = 0; b < path.length; b++) {
            path[b] = free[b] ? random.nextInt(Space.choices()) : path[b];
        }
        return path;
    }

    private void admit(int[] path, List<int[]> to) {
        if (legal.test(path) && seen.add(Arrays.stream(path).boxed().toList())) {
            to.add(path);
        }
    }
}
