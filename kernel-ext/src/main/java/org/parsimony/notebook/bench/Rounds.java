package org.parsimony.notebook.bench;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.parsimony.base.Require;

/** Measurements in turns: every contender once, then all of them again. */
final class Rounds {

    /** Fewer give no interval that means anything. */
    static final int LEAST = 5;

    static final int DEFAULT = 7;

    private Rounds() {}

    /** @return {@code [contender][round]} */
    static double[][] of(int rounds, List<? extends DoubleSupplier> contenders) {
        Require.atLeast("pairs", rounds, LEAST);
        double[][] values = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < values.length; i++) {
                // who comes first in one round comes last in the next
                int turn = round % 2 == 0 ? i : values.length - 1 - i;
                values[turn][round] = contenders.get(turn).getAsDouble();
            }
        }
        return values;
    }

    /** The place of the highest median among {@code from} to {@code to}, the latter not included. */
    static int fastest(double[][] rates, int from, int to) {
        int best = from;
        for (int i = from + 1; i < to; i++) {
            if (Spread.of(rates[i]).median() > Spread.of(rates[best]).median()) {
                best = i;
            }
        }
        return best;
    }
}
