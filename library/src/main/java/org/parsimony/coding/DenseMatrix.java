package org.parsimony.coding;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;

/**
 * A weight matrix {@code [inputs × outputs]} as every code takes and returns it: 32-bit floats in row-major order.
 * Values are told apart by their bits, so that −0 and every NaN come back as they were.
 *
 * @param rows inputs, at least 1
 * @param cols outputs, at least 1
 * @param values {@code rows × cols} floats; shared, not copied: treat them as read-only
 */
public record DenseMatrix(int rows, int cols, float[] values) {

    public DenseMatrix {
        Require.atLeast("rows of the matrix", rows, 1);
        Require.atLeast("columns of the matrix", cols, 1);
        Require.that(
                (long) rows * cols == values.length,
                "there are %d values, but a %d × %d matrix has %d",
                values.length,
                rows,
                cols,
                (long) rows * cols);
    }

    /** Copies {@code matrix}, which must have two dimensions. */
    public static DenseMatrix of(INDArray matrix) {
        Require.that(matrix.rank() == 2, "array has %d dimensions, but a matrix has 2", matrix.rank());
        return new DenseMatrix(
                matrix.rows(), matrix.columns(), matrix.dup('c').data().asFloat());
    }

    /** The weight from input {@code row} to output {@code col}. */
    public float get(int row, int col) {
        return values[row * cols + col];
    }
}
