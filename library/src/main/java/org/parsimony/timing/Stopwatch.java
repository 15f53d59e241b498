package org.parsimony.timing;

import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Progress;

/**
 * Times calls by turns. One sample is one call, never a block of calls, and of the calls of a turn the 20th percentile counts: a
 * block catches what else the machine does meanwhile, most single calls do not. Turns, between which all the others have theirs,
 * go on until the two least agree, and the least counts: three on a quiet machine, more on a busy one. Before and after each call a
 * loop of known length is timed, and the call is counted as much shorter as the loop was longer than at its best: a core that is
 * shared or slowed just then slows both.
 */
final class Stopwatch {

    private static final double PERCENTILE = 0.2;
    private static final int LEAST_TURNS = 3;
    private static final int MOST_TURNS = 10;
    /** By how much the second least turn may exceed the least. */
    private static final double AGREEMENT = 0.03;

    private static final int LEAST_CALLS = 9;
    private static final int MOST_CALLS = 60;
    private static final long TURN_NANOS = 10_000_000;
    /** Before a call's first turn: until the JVM has compiled it, or so long for a slow one. */
    private static final int WARM_CALLS = 100;

    private static final long WARM_NANOS = 20_000_000;

    /** What is timed; it answers with the nanoseconds that count, so that preparations may be left out. */
    interface Timed {
        long nanos();
    }

    /** A loop that takes some ten microseconds in the first-level cache. */
    private static final class Yardstick {

        private final float[] values = new float[1024];
        private float sum;
        private double least = Double.POSITIVE_INFINITY;

        Yardstick() {
            Arrays.fill(values, 1e-3f);
            for (int i = 0; i < 20_000; i++) {
                if (i == 10_000) {
                    least = Double.POSITIVE_INFINITY; // compiled by now
                }
                nanos();
            }
        }

        /** Of one walk. */
        double nanos() {
            long start = System.nanoTime();
            float s = sum * 1e-9f;
            for (int pass = 0; pass < 4; pass++) {
                for (float value : values) {
                    s = s * 0.999f + value; // each step waits for the last, so that no compiler makes it shorter
                }
            }
            sum = s;
            double nanos = System.nanoTime() - start;
            least = Math.min(least, nanos);
            return nanos;
        }
    }

    private final Yardstick yardstick = new Yardstick();

    /** Seconds of each. */
    double[] seconds(List<? extends Timed> calls, String what, Progress progress) {
        double[] least = new double[calls.size()];
        double[] second = new double[calls.size()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(second, Double.POSITIVE_INFINITY);
        calls.forEach(Stopwatch::warm);
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int open = 0;
            for (int i = 0; i < least.length; i++) {
                int at = turn % 2 == 0 ? i : least.length - 1 - i; // what comes first now comes last in the next turn
                if (turn < LEAST_TURNS || second[at] > (1 + AGREEMENT) * least[at]) {
                    double now = turn(calls.get(at));
                    second[at] = Math.min(second[at], Math.max(least[at], now));
                    least[at] = Math.min(least[at], now);
                    open++;
                }
            }
            progress.report(turn + 1, MOST_TURNS, what);
            if (open == 0) {
                break;
            }
        }
        progress.report(MOST_TURNS, MOST_TURNS, what);
        return least;
    }

    private static void warm(Timed call) {
        long begun = System.nanoTime();
        for (int i = 0; i < WARM_CALLS && System.nanoTime() - begun < WARM_NANOS; i++) {
            call.nanos();
        }
    }

    private double turn(Timed call) {
        long[] nanos = new long[MOST_CALLS];
        int calls = 0;
        long begun = System.nanoTime();
        while (calls < MOST_CALLS && (calls < LEAST_CALLS || System.nanoTime() - begun < TURN_NANOS)) {
            double before = yardstick.nanos();
            long own = call.nanos();
            double slowed = (before + yardstick.nanos()) / 2 / yardstick.least;
            nanos[calls++] = Math.round(own / slowed);
        }
        return percentile(Arrays.copyOf(nanos, calls), PERCENTILE) * 1e-9;
    }

    /** The value below which this share lies, between neighbours linearly. */
    static double percentile(long[] values, double share) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
