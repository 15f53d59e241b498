package org.parsimony.coding.entropy;

import java.util.Arrays;

/** A growing list of ints. */
public final class Ints {

    private int[] values = new int[16];
    private int size;

    /** Adds one at the end. */
    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** Adds three at the end. */
    public void add(int a, int b, int c) {
        add(a);
        add(b);
        add(c);
    }

    /** The number at a place from 0. */
    public int get(int index) {
        return values[index];
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Takes all out. */
    public void clear() {
        size = 0;
    }

    /** A copy of all. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
