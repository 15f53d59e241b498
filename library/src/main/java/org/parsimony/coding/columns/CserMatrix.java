package org.parsimony.coding.columns;

import java.util.Arrays;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.entropy.Ints;
import org.parsimony.coding.entropy.SymbolMatrix;

/**
 * CSER, compressed shared elements by rows (Wiedemann, Müller, Samek, TNNLS 2020), of Wᵀ as in IEEE Access 2023 ("P4"):
 * for every column the distinct nonzero values it has and, for each, the rows where it has them, so that a value is
 * multiplied once with the sum of its inputs. {@link #sizeInBits} is P4's: values O at 32 bits; rows colI, value numbers
 * OI and the two levels of pointers at {@link Accounting#bitReq} bits. Product: O(nonzeros) additions.
 */
public final class CserMatrix extends ColumnCode {

    /** Distinct values by falling count. */
    private final float[] values;
    /** Rows, grouped by value within each column. */
    private final int[] rowOf;
    /** The value of each group, and where its rows begin. */
    private final int[] valueOf;

    private final int[] group;
    /** Where the groups of each column begin. */
    private final int[] entry;

    CserMatrix(int rows, int cols, float[] values, int[] rowOf, int[] valueOf, int[] group, int[] entry) {
        super(rows, cols);
        this.values = values;
        this.rowOf = rowOf;
        this.valueOf = valueOf;
        this.group = group;
        this.entry = entry;
    }

    /** Codes {@code matrix}; O(rows · cols · log rows). */
    public static CserMatrix of(DenseMatrix matrix) {
        return of(SymbolMatrix.of(matrix));
    }

    /** Codes a matrix of symbols. */
    public static CserMatrix of(SymbolMatrix symbols) {
        int zero = symbols.symbolOf(0f);
        Ints rowOf = new Ints();
        Ints valueOf = new Ints();
        Ints group = new Ints();
        int[] entry = new int[symbols.cols + 1];
        long[] column = new long[symbols.rows];
        for (int col = 0; col < symbols.cols; col++) {
            int n = 0;
            for (int row = 0; row < symbols.rows; row++) {
                int symbol = symbols.symbols[col * symbols.rows + row];
                if (symbol != zero) {
                    column[n++] = (long) symbol << 32 | row;
                }
            }
            Arrays.sort(column, 0, n);
            int last = -1;
            for (int k = 0; k < n; k++) {
                int symbol = (int) (column[k] >>> 32);
                if (symbol != last) {
                    valueOf.add(symbol);
                    group.add(rowOf.size());
                    last = symbol;
                }
                rowOf.add((int) column[k]);
            }
            entry[col + 1] = valueOf.size();
        }
        group.add(rowOf.size());
        return new CserMatrix(
                symbols.rows, symbols.cols, symbols.values, rowOf.toArray(), valueOf.toArray(), group.toArray(), entry);
    }

    @Override
    public String name() {
        return "CSER";
    }

    @Override
    public long sizeInBits() {
        return 32L * values.length
                + (long) rowOf.length * Accounting.bitReq(rows)
                + (long) valueOf.length * Accounting.bitReq(values.length)
                + (long) group.length * Accounting.bitReq(rowOf.length)
                + (long) entry.length * Accounting.bitReq(group.length);
    }

    @Override
    void dotColumns(float[] x, float[] y, int from, int to) {
        for (int col = from; col < to; col++) {
            float sum = 0;
            for (int g = entry[col]; g < entry[col + 1]; g++) {
                float inputs = 0;
                for (int k = group[g]; k < group[g + 1]; k++) {
                    inputs += x[rowOf[k]];
                }
                sum += inputs * values[valueOf[g]];
            }
            y[col] = sum;
        }
    }

    @Override
    void columns(int from, int to, Sink sink) {
        int[] list = new int[rows];
        float[] weights = new float[rows];
        for (int col = from; col < to; col++) {
            int n = 0;
            for (int g = entry[col]; g < entry[col + 1]; g++) {
                for (int k = group[g]; k < group[g + 1]; k++) {
                    list[n] = rowOf[k];
                    weights[n++] = values[valueOf[g]];
                }
            }
            sink.column(col, n, list, weights);
        }
    }

    float[] values() {
        return values;
    }

    int[][] arrays() {
        return new int[][] {rowOf, valueOf, group, entry};
    }
}
