package org.parsimony.equilibrium;

/** The logic tasks of the paper, and the recipe's own data set. */
public enum Gate {
    AND(2, 0, 0, 0, 1),
    OR(2, 0, 1, 1, 1),
    XOR(2, 0, 1, 1, 0),
    NOT(1, 1, 0),
    ID(1, 0, 1),
    /** No logic: the training samples of the data set, whose classes are one-hot. */
    DATA(0);

    private final int inputs;
    private final int[] truth;

    Gate(int inputs, int... truth) {
        this.inputs = inputs;
        this.truth = truth;
    }

    /** The truth table as a task. */
    Task task() {
        double[][] x = new double[truth.length][inputs];
        for (int row = 0; row < truth.length; row++) {
            for (int i = 0; i < inputs; i++) {
                x[row][i] = row >> i & 1;
            }
        }
        return new Task(x, truth.clone(), 2);
    }

    /**
     * Samples with classes.
     *
     * @param x {@code [samples × inputs]}, in [0, 1]
     * @param labels from 0
     */
    record Task(double[][] x, int[] labels, int classes) {}
}
