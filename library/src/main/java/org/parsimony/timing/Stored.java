package org.parsimony.timing;

import java.util.Arrays;
import org.parsimony.base.Require;
import org.parsimony.coding.CompressedMatrix;

/**
 * How the weights of a layer lie in memory when a coded network runs, as far as it bears on time.
 *
 * @param code name of the code, as {@link CompressedMatrix#name} has it; {@link #NOTHING} for a layer without coded weights
 * @param density share of weights that are not zero, in [0, 1]
 * @param values distinct weights that are not zero, 0 where most weights stand alone
 */
public record Stored(String code, double density, int values) {

    /** Of a layer that has no weights, or whose weights are few and unpacked. */
    public static final String NOTHING = "none";

    public Stored {
        Require.text("code", code);
        Require.between("density", density, 0, 1);
        Require.atLeast("values", values, 0);
    }

    /** Of a layer of a coded network that decodes no matrix. */
    static final Stored PLAIN = new Stored(NOTHING, 1, 0);

    /** What a coded matrix is like. Complexity: it is decoded once and sorted. */
    static Stored of(CompressedMatrix matrix) {
        float[] sorted = matrix.toDense().values().clone();
        Arrays.sort(sorted);
        int nonzeros = 0;
        int values = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != 0) {
                nonzeros++;
                values += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
            }
        }
        return new Stored(matrix.name(), (double) nonzeros / sorted.length, 2L * values > nonzeros ? 0 : values);
    }

    /** For the key of a kernel. */
    String text() {
        return equals(PLAIN) ? "coded" : code + " " + density + " " + values;
    }
}
