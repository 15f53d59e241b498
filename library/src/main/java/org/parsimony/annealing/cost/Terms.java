package org.parsimony.annealing.cost;

import java.util.Arrays;

/** The terms that make a unit's new sum: added to its old one, or to its bias alone. */
final class Terms {

    /** A unit with so few connections is summed anew: that is no slower, and its sum never gathers rounding. */
    static final int FEW = 4;

    private float[] weights = new float[8];
    private int[] inputs = new int[8];
    private int count;
    private boolean anew;

    void clear() {
        count = 0;
        anew = false;
    }

    /** Starts from the bias, with all the unit's connections. */
    void startAnew(StageState state, int unit) {
        clear();
        anew = true;
        int from = unit * state.stage.inputs();
        for (int i = 0; i < state.stage.inputs(); i++) {
            if (state.effective[from + i] != 0) {
                add(state.effective[from + i], i);
            }
        }
    }

    /** A term w · output of {@code input}, as it is after the move. */
    void add(float w, int input) {
        if (count == weights.length) {
            weights = Arrays.copyOf(weights, 2 * count);
            inputs = Arrays.copyOf(inputs, 2 * count);
        }
        weights[count] = w;
        inputs[count++] = input;
    }

    /** A term w · change of {@code input}. */
    void addDelta(float w, int input) {
        add(w, ~input);
    }

    /** Takes the term of {@code input} out. */
    void remove(int input) {
        for (int j = 0; j < count; j++) {
            if (inputs[j] == input) {
                count--;
                System.arraycopy(inputs, j + 1, inputs, j, count - j);
                System.arraycopy(weights, j + 1, weights, j, count - j);
                return;
            }
        }
    }

    boolean isAnew() {
        return anew;
    }

    int count() {
        return count;
    }

    float weight(int j) {
        return weights[j];
    }

    int input(int j) {
        return inputs[j] < 0 ? ~inputs[j] : inputs[j];
    }

    boolean isDelta(int j) {
        return inputs[j] < 0;
    }
}
