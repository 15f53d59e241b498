package org.parsimony.network.weights;

import java.util.Arrays;
import java.util.Locale;
import org.parsimony.base.Require;

/**
 * An array of a file of weights.
 *
 * @param name in the file
 * @param shape its sides
 * @param values row-major
 */
record NamedArray(String name, int[] shape, float[] values) {

    NamedArray {
        for (int i = 0; i < values.length; i++) {
            Require.that(
                    Float.isFinite(values[i]),
                    "%s has value %s at place %d, but must have finite numbers; train the network again",
                    name,
                    values[i],
                    i);
        }
    }

    /** Whether it has this shape. */
    boolean is(int... sides) {
        return Arrays.equals(shape, sides);
    }

    /** What it is within its layer: {@code weight} of {@code fc1.weight}, in lower case. */
    String part() {
        int end = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
        return name.substring(end + 1).replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape);
    }
}
