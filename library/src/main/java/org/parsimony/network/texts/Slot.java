package org.parsimony.network.texts;

/** What the backward pass needs of one sequence of a {@link Branch}. */
final class Slot {

    int[] tokens;
    int rows1;
    int rows2;
    final float[] one;
    final float[] two;
    final int[] winner;
    final float[] features;

    Slot(int rows1, int rows2, int[] filters) {
        one = new float[rows1 * filters[0]];
        two = new float[rows2 * filters[1]];
        winner = new int[filters[2]];
        features = new float[filters[2]];
    }
}
