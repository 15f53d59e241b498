package org.parsimony.floats;

import java.util.Arrays;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;

/**
 * A dense layer or convolution with rounded weights. Its products go, for each output, over channel, row and column of the
 * window, in this order; inputs that are zero are left out, which changes no sum.
 */
final class RoundedLayer {

    private final Shape in;
    private final Shape out;
    /** Null for a dense layer. */
    private final Layers.Window window;

    private final int rows;
    private final int units;
    private final double[] weights;
    private final double[] bias;
    private final Precision precision;
    private final Arithmetic arithmetic;
    private final double smallestWeight;
    private final double largestWeight;
    private final boolean weightsInRange;
    /** Null where only {@link MultiplyAdd.Exactly} serves. */
    private final MultiplyAdd free;

    private final MultiplyAdd held;
    private final MultiplyAdd wide = new MultiplyAdd.Wide();

    RoundedLayer(
            Architecture.Layer layer,
            Shape in,
            Shape out,
            Weights rounded,
            Precision precision,
            Arithmetic arithmetic) {
        this.in = in;
        this.out = out;
        this.precision = precision;
        this.arithmetic = arithmetic;
        window = layer instanceof Layers.Convolution convolution ? convolution.window() : null;
        rows = rounded.rows();
        units = rounded.cols();
        weights = doubles(rounded.values());
        if (window != null) {
            backwards(weights, window.width(), units);
        }
        bias = doubles(rounded.bias());
        smallestWeight =
                Arrays.stream(weights).map(Math::abs).filter(w -> w > 0).min().orElse(Double.POSITIVE_INFINITY);
        largestWeight = Arrays.stream(weights).map(Math::abs).max().orElse(0);
        weightsInRange = smallestWeight >= normal(precision) && largestWeight <= precision.max();
        boolean fast = precision instanceof FloatFormat format && format.rounding() != Rounding.STOCHASTIC;
        free = fast ? new MultiplyAdd.OnBits((FloatFormat) precision, MultiplyAdd.OnBits.Range.FREE) : null;
        held = fast ? held((FloatFormat) precision) : null;
    }

    private static MultiplyAdd held(FloatFormat format) {
        return format.small() == FloatFormat.Small.FLUSHED && format.overflow() == FloatFormat.Overflow.SATURATE
                ? new MultiplyAdd.OnBits(format, MultiplyAdd.OnBits.Range.HELD)
                : null;
    }

    private static double normal(Precision precision) {
        return precision instanceof FloatFormat format ? Math.scalb(1.0, format.least()) : precision.smallest();
    }

    /** Turns the cells of every kernel row around. */
    private static void backwards(double[] weights, int width, int units) {
        double[] row = new double[width * units];
        for (int from = 0; from < weights.length; from += row.length) {
            System.arraycopy(weights, from, row, 0, row.length);
            for (int b = 0; b < width; b++) {
                System.arraycopy(row, b * units, weights, from + (width - 1 - b) * units, units);
            }
        }
    }

    private static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = values[i];
        }
        return d;
    }

    /** What left the layer for one sample, before its activation, and whether the format's range played no part. */
    record Pass(double[] values, boolean inRange) {}

    /**
     * One sample.
     *
     * @param x of the format where the arithmetic asks for it, {@code [channels × height × width]}
     * @param exactly the definition, with its draws and counts
     * @param scratch of {@link #longestRun} numbers
     * @param counted whether {@code exactly} must do all of it, for the sake of its counts
     */
    Pass forward(double[] x, MultiplyAdd.Exactly exactly, boolean counted, Bits scratch) {
        double[] sums = new double[out.area() * units];
        boolean every = arithmetic == Arithmetic.EVERY_OPERATION;
        MultiplyAdd kernel = wide;
        boolean ranged = false;
        if (every) {
            Bounds bounds = precision instanceof FloatFormat format && free != null
                    ? Bounds.of(format, x, smallestWeight, largestWeight, rows)
                    : new Bounds(false, false);
            ranged = bounds.inRange() && weightsInRange;
            kernel = counted || !bounds.exact() ? exactly : bounds.inRange() ? free : held == null ? exactly : held;
        }
        if (window == null) {
            for (int r = 0; r < rows; r++) {
                if (x[r] != 0) {
                    kernel.add(sums, 0, weights, r * units, units, x[r], scratch);
                }
            }
        } else {
            convolve(x, sums, kernel, scratch);
        }
        if (bias.length > 0) {
            for (int i = 0; i < sums.length; i++) {
                double b = bias[i % units];
                sums[i] = every ? exactly.sum(sums[i], b) : sums[i] + b;
            }
        }
        if (arithmetic == Arithmetic.WIDE_SUMS) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = exactly.round(sums[i]);
            }
        }
        return new Pass(window == null ? sums : channelsFirst(sums), ranged);
    }

    /** The most sums that are added to at once. */
    int longestRun() {
        return window == null ? units : units * window.width();
    }

    /** Every input pixel, in the order channel, row, column, to all windows that it lies in. */
    private void convolve(double[] x, double[] sums, MultiplyAdd kernel, Bits scratch) {
        int top = window.before(in.height(), false);
        int next = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int row = 0; row < in.height(); row++) {
                for (int col = 0; col < in.width(); col++, next++) {
                    if (x[next] == 0) {
                        continue;
                    }
                    for (int a = 0; a < window.height(); a++) {
                        int i = row + top - a * window.dilationHeight();
                        if (i >= 0 && i % window.stepHeight() == 0 && i / window.stepHeight() < out.height()) {
                            int line = i / window.stepHeight() * out.width();
                            spread(
                                    x[next],
                                    col,
                                    line,
                                    (c * window.height() + a) * window.width(),
                                    sums,
                                    kernel,
                                    scratch);
                        }
                    }
                }
            }
        }
    }

    /**
     * A pixel to the windows of one row of outputs. The weights of a kernel's row stand backwards, so that where windows
     * move by one pixel, neighbouring weights go to neighbouring outputs and all of them are one run.
     */
    private void spread(double pixel, int col, int line, int cells, double[] sums, MultiplyAdd kernel, Bits scratch) {
        int width = window.width();
        int left = col + window.before(in.width(), true);
        if (window.stepWidth() == 1 && window.dilationWidth() == 1) {
            int from = Math.max(0, left - width + 1);
            int to = Math.min(out.width() - 1, left);
            int cell = cells + from - (left - width + 1);
            if (from <= to) {
                kernel.add(sums, (line + from) * units, weights, cell * units, (to - from + 1) * units, pixel, scratch);
            }
            return;
        }
        for (int b = 0; b < width; b++) {
            int j = left - b * window.dilationWidth();
            if (j >= 0 && j % window.stepWidth() == 0 && j / window.stepWidth() < out.width()) {
                int cell = cells + width - 1 - b;
                kernel.add(sums, (line + j / window.stepWidth()) * units, weights, cell * units, units, pixel, scratch);
            }
        }
    }

    private double[] channelsFirst(double[] sums) {
        double[] y = new double[sums.length];
        int area = out.area();
        for (int place = 0; place < area; place++) {
            for (int unit = 0; unit < units; unit++) {
                y[unit * area + place] = sums[place * units + unit];
            }
        }
        return y;
    }
}
