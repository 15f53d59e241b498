package org.parsimony.export.c;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.coding.entropy.BitWriter;
import org.parsimony.network.Architecture.Weights;

/** The read-only arrays of a C header: bytes of code and floats. */
final class Constants {

    private static final int ESCAPE = 254;
    private static final int NONE = -1;

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final List<Float> values = new ArrayList<>();

    /** Appends floats and gives the place of the first; −1 if there are none. */
    int floats(String what, float... given) {
        if (given.length == 0) {
            return NONE;
        }
        int place = values.size();
        for (float value : given) {
            Require.that(Float.isFinite(value), "%s is %s, but must be finite to be written as C", what, value);
            values.add(value);
        }
        return place;
    }

    private int bytes(byte[] given) {
        int place = code.size();
        code.writeBytes(given);
        return place;
    }

    /**
     * Appends a matrix, column by column, without its zeros where that is smaller.
     *
     * @return what {@code net_open} takes: weights, rows, first byte, code of gaps, code of indices, first value
     */
    List<Integer> matrix(String name, Weights weights) {
        int rows = weights.rows();
        int cols = weights.cols();
        float[] byColumn = new float[rows * cols];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                byColumn[c * rows + r] = weights.values()[r * cols + c];
            }
        }
        Coded dense = coded(byColumn, places(byColumn, true), false);
        Coded sparse = coded(byColumn, places(byColumn, false), true);
        Coded best = sparse.size() < dense.size() ? sparse : dense;
        int gaps = best.gaps() == null ? NONE : bytes(best.gaps().table());
        int indices = best.indices() == null ? NONE : bytes(best.indices().table());
        int first = floats("a weight of " + name, best.floats());
        return List.of(best.weights(), rows, bytes(best.bits()), gaps, indices, Math.max(0, first));
    }

    /**
     * A matrix in code.
     *
     * @param gaps null if no weight is left out
     * @param indices null if weights stand as they are
     */
    private record Coded(int weights, byte[] bits, Symbols gaps, Symbols indices, float[] floats) {

        /** Bytes. */
        int size() {
            return bits.length
                    + (gaps == null ? 0 : gaps.table().length)
                    + (indices == null ? 0 : indices.table().length)
                    + Float.BYTES * floats.length;
        }
    }

    private static int[] places(float[] values, boolean zerosToo) {
        int[] places = new int[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (zerosToo || values[i] != 0) {
                places[n++] = i;
            }
        }
        return Arrays.copyOf(places, n);
    }

    private static Coded coded(float[] values, int[] places, boolean withGaps) {
        float[] kept = new float[places.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[places[i]] + 0f; // −0 becomes 0
        }
        float[] table = distinct(kept);
        boolean shared = table.length > 0 && table.length <= Symbols.MOST;
        int[] indices = new int[kept.length];
        long[] often = new long[Symbols.MOST];
        long[] steps = new long[Symbols.MOST];
        int at = -1;
        for (int i = 0; i < kept.length; i++) {
            if (shared) {
                indices[i] = Arrays.binarySearch(table, kept[i]);
                often[indices[i]]++;
            }
            int gap = places[i] - at - 1;
            steps[ESCAPE] += gap / ESCAPE;
            steps[gap % ESCAPE]++;
            at = places[i];
        }
        Symbols byIndex = shared ? Symbols.of(often) : null;
        Symbols byGap = withGaps && kept.length > 0 ? Symbols.of(steps) : null;
        BitWriter bits = new BitWriter();
        at = -1;
        for (int i = 0; i < kept.length; i++) {
            if (byGap != null) {
                int gap = places[i] - at - 1;
                for (; gap >= ESCAPE; gap -= ESCAPE) {
                    byGap.write(ESCAPE, bits);
                }
                byGap.write(gap, bits);
            }
            if (shared) {
                byIndex.write(indices[i], bits);
            }
            at = places[i];
        }
        return new Coded(kept.length, bits.toBytes(), byGap, byIndex, shared ? table : kept);
    }

    /** Sorted. */
    private static float[] distinct(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[n - 1]) {
                sorted[n++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, n);
    }

    byte[] code() {
        return code.toByteArray();
    }

    List<Float> values() {
        return values;
    }
}
