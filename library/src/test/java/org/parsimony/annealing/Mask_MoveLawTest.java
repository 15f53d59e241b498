package org.parsimony.annealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Mask_MoveLawTest {

    @Property(tries = 60)
    void movesKeepTheSparsityExactlyAndChangeWhatTheySay(
            @ForAll @IntRange(min = 2, max = 12) int units,
            @ForAll @IntRange(min = 2, max = 12) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int exchanges,
            @ForAll boolean withinRows,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = units * inputs;
        boolean[] kept = new boolean[n];
        for (int e = 0; e < n; e++) {
            kept[e] = random.nextInt(3) == 0;
        }
        kept[0] = true;
        kept[n - 1] = false;
        int[] rows = withinRows ? IntStream.range(0, n).map(e -> e % units).toArray() : null;
        boolean[] candidates = new boolean[n];
        Arrays.fill(candidates, true);
        Mask mask = new Mask(kept, candidates, rows);
        if (!mask.isMovable()) {
            return;
        }
        for (int m = 0; m < 50; m++) {
            boolean[] before = mask.kept();
            int[] places = mask.propose(exchanges, random);
            int[] flips = mask.flips(places);
            assertArrayEquals(before, mask.kept(), "a proposal changed the mask");
            mask.make(places);
            boolean[] after = mask.kept();
            int[] changed =
                    IntStream.range(0, n).filter(e -> before[e] != after[e]).toArray();
            assertArrayEquals(changed, Arrays.stream(flips).sorted().toArray());
            for (int pool = 0; pool < (withinRows ? units : 1); pool++) {
                assertEquals(count(before, rows, pool), count(after, rows, pool));
            }
        }
    }

    private static long count(boolean[] kept, int[] rows, int pool) {
        return IntStream.range(0, kept.length)
                .filter(e -> kept[e] && (rows == null || rows[e] == pool))
                .count();
    }

    /** Detailed balance needs a move to be as probable as its way back; with equal counts it follows from uniformity. */
    @Test
    void everyExchangeOfAPoolIsEquallyProbable() {
        boolean[] kept = {true, false, false, true, true, false, false, false};
        boolean[] candidates = {true, true, true, true, true, true, true, false};
        Mask mask = new Mask(kept, candidates, null);
        int[][] seen = new int[8][8];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 24_000; i++) {
            int[] flips = mask.flips(mask.propose(1, random));
            seen[flips[0]][flips[1]]++;
        }
        for (int one : new int[] {0, 3, 4}) {
            for (int zero : new int[] {1, 2, 5, 6}) {
                assertEquals(2000, seen[one][zero], 200, one + " for " + zero);
            }
            assertEquals(0, seen[one][7], "element 7 is no candidate");
        }
    }

    @Test
    void anExchangeThatUndoesAnotherChangesNothing() {
        Mask mask = new Mask(new boolean[] {true, false}, new boolean[] {true, true}, null);
        int[] places = mask.propose(2, new SplittableRandom(1));
        assertEquals(0, mask.flips(places).length);
        mask.make(places);
        assertTrue(mask.isKept(0));
        assertFalse(mask.isKept(1));
    }

    @Test
    void anOrderIsTakenUpWithItsMask() {
        boolean[] all = new boolean[20];
        Arrays.fill(all, true);
        boolean[] kept = new boolean[20];
        Arrays.fill(kept, 0, 7, true);
        Mask walked = new Mask(kept, all, null);
        SplittableRandom random = new SplittableRandom(2);
        for (int m = 0; m < 100; m++) {
            walked.make(walked.propose(1, random));
        }
        Mask again = new Mask(kept, all, null);
        again.order(walked.order());
        assertArrayEquals(walked.kept(), again.kept());
        assertArrayEquals(walked.propose(1, new SplittableRandom(3)), again.propose(1, new SplittableRandom(3)));
    }
}
