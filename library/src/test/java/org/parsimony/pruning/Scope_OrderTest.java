package org.parsimony.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken out without sorting is what sorting would take out, ties included. */
class Scope_OrderTest {

    private record Place(int layer, int index, double score) {}

    private static final Comparator<Place> RISING = Comparator.comparingDouble((Place place) -> place.score() + 0.0)
            .thenComparingInt(Place::layer)
            .thenComparingInt(Place::index);

    @ParameterizedTest
    @EnumSource(Scope.class)
    void theLeastGoTheLowerOfEqualOnesFirst(Scope scope) {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            int layers = 1 + random.nextInt(3);
            int levels =
                    1 + random.nextInt(trial % 2 == 0 ? 4 : 1 << 20); // of every second few, so that many are equal
            List<double[]> scores = new ArrayList<>();
            List<boolean[]> out = new ArrayList<>();
            double[] share = new double[layers];
            Arrays.fill(share, random.nextDouble());
            for (int l = 0; l < layers; l++) {
                int n = 1 + random.nextInt(40);
                boolean[] gone = new boolean[n];
                IntStream.range(0, n).forEach(i -> gone[i] = random.nextInt(4) == 0);
                scores.add(random.doubles(n, -1, 1)
                        .map(score -> Math.rint(score * levels) / levels)
                        .toArray());
                out.add(gone);
            }
            Scope.Elements elements = new Scope.Elements(scores, out);
            List<boolean[]> chosen = scope.choose(elements, share);
            List<boolean[]> sorted = bySorting(scope, elements, share[0]);
            for (int l = 0; l < layers; l++) {
                assertArrayEquals(sorted.get(l), chosen.get(l));
            }
        }
    }

    private static List<boolean[]> bySorting(Scope scope, Scope.Elements elements, double share) {
        List<boolean[]> out = elements.out().stream().map(boolean[]::clone).toList();
        List<List<Place>> candidates = new ArrayList<>();
        for (int l = 0; l < out.size(); l++) {
            int layer = l;
            List<Place> left = IntStream.range(0, elements.size(l))
                    .filter(i -> !out.get(layer)[i])
                    .mapToObj(i -> new Place(layer, i, elements.scores().get(layer)[i]))
                    .sorted(RISING)
                    .toList();
            candidates.add(left.subList(0, Math.max(0, left.size() - 1)));
        }
        if (scope == Scope.LAYER) {
            for (int l = 0; l < out.size(); l++) {
                take(candidates.get(l), Scope.count(share, elements.size(l)) - elements.removed(l), out);
            }
        } else {
            long all = out.stream().mapToLong(layer -> layer.length).sum();
            long gone = out.stream().mapToLong(Scope::removed).sum();
            take(
                    candidates.stream().flatMap(List::stream).sorted(RISING).toList(),
                    Scope.count(share, all) - gone,
                    out);
        }
        return out;
    }

    private static void take(List<Place> places, long n, List<boolean[]> out) {
        places.stream().limit(Math.max(0, n)).forEach(place -> out.get(place.layer())[place.index()] = true);
    }

    @Test
    void aRankFindsItsNumber() {
        long[] numbers = {7, Long.MIN_VALUE, -1, 7, 0, Long.MAX_VALUE, 1L << 40, -1L << 33};
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        for (int rank = 1; rank <= sorted.length; rank++) {
            assertEquals(sorted[rank - 1], Selection.least(numbers, rank));
        }
    }
}
