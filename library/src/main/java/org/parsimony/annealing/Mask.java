package org.parsimony.annealing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which elements are kept, with the moves that leave their number as it is: exchange a kept element with a pruned one of
 * the same pool. There is one pool for moves anywhere, or one for each row. Proposing and making a move take constant
 * time (the logarithm of the number of rows for moves within a row).
 *
 * <p>Every move is as probable as its way back: a kept element is drawn uniformly from all those with a pruned one in
 * their pool, then the pruned one uniformly from that pool, and no move changes the pools' counts.
 */
final class Mask {

    private final boolean[] kept;
    /** Elements, pool after pool, in each pool the kept ones first. */
    private final int[] order;

    private final int[] start;
    private final int[] ones;
    /** For every pool the number of kept elements in the pools before it; one entry more than pools. */
    private final int[] before;

    /**
     * @param kept for every element whether it is kept; copied
     * @param candidates the elements that may move
     * @param rows for every element its pool, or null for one pool
     */
    Mask(boolean[] kept, boolean[] candidates, int[] rows) {
        this.kept = kept.clone();
        int pools = rows == null ? 1 : Arrays.stream(rows).max().orElse(0) + 1;
        int[] order = new int[kept.length];
        int[] start = new int[pools + 1];
        int[] ones = new int[pools];
        int[][] members = new int[pools][];
        for (int p = 0; p < pools; p++) {
            int pool = p;
            members[p] = IntStream.range(0, kept.length)
                    .filter(e -> candidates[e] && (rows == null || rows[e] == pool))
                    .toArray();
        }
        int movable = 0;
        int at = 0;
        for (int[] pool : members) {
            int count = (int) Arrays.stream(pool).filter(e -> kept[e]).count();
            if (count == 0 || count == pool.length) {
                continue;
            }
            start[movable] = at;
            ones[movable++] = count;
            for (boolean wanted : new boolean[] {true, false}) {
                for (int e : pool) {
                    if (kept[e] == wanted) {
                        order[at++] = e;
                    }
                }
            }
        }
        start[movable] = at;
        this.order = Arrays.copyOf(order, at);
        this.start = Arrays.copyOf(start, movable + 1);
        this.ones = Arrays.copyOf(ones, movable);
        this.before = new int[movable + 1];
        for (int p = 0; p < movable; p++) {
            before[p + 1] = before[p] + ones[p];
        }
    }

    /** Whether any move is possible. */
    boolean isMovable() {
        return ones.length > 0;
    }

    boolean isKept(int element) {
        return kept[element];
    }

    /** A copy of what is kept. */
    boolean[] kept() {
        return kept.clone();
    }

    /** A copy of the elements that may move, pool after pool, in each the kept ones first: all that moves depend on. */
    int[] order() {
        return order.clone();
    }

    /** Restores an earlier {@link #order()} of a mask with the same pools. */
    void order(int[] other) {
        System.arraycopy(other, 0, order, 0, order.length);
        for (int p = 0; p < ones.length; p++) {
            for (int i = start[p]; i < start[p + 1]; i++) {
                kept[order[i]] = i < start[p] + ones[p];
            }
        }
    }

    /**
     * A move of so many exchanges, one after the other (they may undo each other), as places in {@code order}, kept and
     * pruned in turn. The mask stays as it is.
     */
    int[] propose(int exchanges, SplittableRandom random) {
        int[] places = new int[2 * exchanges];
        for (int k = 0; k < exchanges; k++) {
            int one = random.nextInt(before[ones.length]);
            int found = Arrays.binarySearch(before, one);
            int pool = found >= 0 ? found : -found - 2;
            int pruned = start[pool + 1] - start[pool] - ones[pool];
            places[2 * k] = start[pool] + one - before[pool];
            places[2 * k + 1] = start[pool] + ones[pool] + random.nextInt(pruned);
        }
        return places;
    }

    /** The elements that a move changes from kept to pruned or back, each once. */
    int[] flips(int[] places) {
        int[] flips = new int[places.length];
        int count = 0;
        for (int k = 0; k < places.length; k++) {
            int element = order[origin(places, k)];
            int seen = 0;
            while (seen < count && flips[seen] != element) {
                seen++;
            }
            if (seen < count) {
                flips[seen] = flips[--count];
            } else {
                flips[count++] = element;
            }
        }
        return Arrays.copyOf(flips, count);
    }

    /** Where the element that the k-th entry finds at its place is before the exchanges that come first. */
    private static int origin(int[] places, int k) {
        int place = places[k];
        for (int j = k / 2 - 1; j >= 0; j--) {
            if (place == places[2 * j]) {
                place = places[2 * j + 1];
            } else if (place == places[2 * j + 1]) {
                place = places[2 * j];
            }
        }
        return place;
    }

    /** Makes the move. */
    void make(int[] places) {
        for (int k = 0; k < places.length; k += 2) {
            int a = order[places[k]];
            int b = order[places[k + 1]];
            order[places[k]] = b;
            order[places[k + 1]] = a;
            kept[a] = false;
            kept[b] = true;
        }
    }
}
