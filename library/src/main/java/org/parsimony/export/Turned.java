package org.parsimony.export;

import java.util.Arrays;
import org.parsimony.network.Architecture.Weights;

/** Weights in the orders that other programs have. */
public final class Turned {

    private Turned() {}

    /** Rows as columns: {@code [cols × rows]} of {@code [rows × cols]}. */
    public static float[] transposed(float[] values, int rows, int cols) {
        float[] turned = new float[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                turned[c * rows + r] = values[r * cols + c];
            }
        }
        return turned;
    }

    /**
     * Kernels {@code [filters × channels × height × width]} of a convolution's weights; of a depthwise one's
     * {@code [channels·multiplier × 1 × height × width]}.
     */
    public static float[] filtersFirst(Weights weights) {
        return transposed(weights.values(), weights.rows(), weights.cols());
    }

    /** Scale, shift, mean or variance of batch norm: row 0 to 3 of its weights, the variance itself. */
    public static float[] normRow(Weights weights, int row, boolean logarithm) {
        float[] values = Arrays.copyOfRange(weights.values(), row * weights.cols(), (row + 1) * weights.cols());
        if (row == 3 && logarithm) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.pow(10, 2.0 * values[i]);
            }
        }
        return values;
    }
}
