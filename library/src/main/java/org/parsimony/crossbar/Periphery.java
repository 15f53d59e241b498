package org.parsimony.crossbar;

import org.parsimony.base.Require;

/**
 * What stands around an array when it is read: converters, noise, the bound of the signal, and what is done against them.
 *
 * @param noise standard deviation of the noise of every output of every read
 * @param signalBound greatest size of an output; 0 for none
 * @param inputBits of the converter of inputs, whose range is [−1, 1]; 0 for none
 * @param outputBits of the converter of outputs, whose range is that of the signal; 0 for none
 * @param inputBound 1, or 0 where inputs have no range
 */
record Periphery(
        double noise,
        double signalBound,
        int inputBits,
        int outputBits,
        double inputBound,
        Management.Noise noiseManagement,
        Management.Bounds boundManagement) {

    /** Products as floats have them. */
    static final Periphery IDEAL = new Periphery(0, 0, 0, 0, 0, Management.Noise.NONE, Management.Bounds.NONE);

    /** Inputs are not halved any more once they were divided by more than this. */
    private static final double MOST_DIVIDED = 1000;

    /** More standard deviations than noise ever has. */
    private static final double FAR = 8;

    Periphery {
        Require.between("readNoise", noise, 0, 1e6);
        Require.between("signalBound", signalBound, 0, 1e6);
        Require.that(inputBits == 0 || inputBits >= 2 && inputBits <= 24, bits("inputBits"), inputBits);
        Require.that(outputBits == 0 || outputBits >= 2 && outputBits <= 24, bits("outputBits"), outputBits);
        Require.that(
                outputBits == 0 || signalBound > 0,
                "outputBits is %d and signalBound 0, but a converter needs a range; set signalBound",
                outputBits);
        Require.oneOf("noiseManagement", noiseManagement, Management.Noise.values());
        Require.oneOf("boundManagement", boundManagement, Management.Bounds.values());
    }

    private static String bits(String name) {
        return name + " is %d, but must be 0 for no converter, or lie between 2 and 24";
    }

    /** The same with other noise. */
    Periphery noise(double other) {
        return new Periphery(other, signalBound, inputBits, outputBits, inputBound, noiseManagement, boundManagement);
    }

    boolean isIdeal() {
        return noise == 0 && signalBound == 0 && inputBits == 0 && inputBound == 0;
    }

    /**
     * y = W x for every column of x {@code [inputs × columns]}.
     *
     * @param y {@code [outputs × columns]}, overwritten
     * @return reads that were cut off at the bound, repeated ones counted again
     */
    int forward(CrossArray array, float[] x, int columns, float[] y, Draws draws) {
        if (isIdeal()) {
            Products.forward(array.weights(), array.outputs(), array.inputs(), x, columns, y);
            scale(y, y.length, array.scale());
            return 0;
        }
        float[] scales = noiseManagement == Management.Noise.BOTH ? largest(x, columns) : null;
        float[] in = inputs(x, columns, scales, 1);
        Products.forward(array.weights(), array.outputs(), array.inputs(), in, columns, y);
        boolean[] cut = outputs(y, y.length, columns, scales, draws);
        int saturated = 0;
        for (int c = 0; c < columns; c++) {
            if (cut[c]) {
                saturated++;
                if (boundManagement == Management.Bounds.HALVING) {
                    saturated += repeat(array, x, c, columns, scales == null ? 1 : scales[c], y, draws);
                }
            }
            if (scales != null) {
                for (int at = c; at < y.length; at += columns) {
                    y[at] *= scales[c];
                }
            }
        }
        scale(y, y.length, array.scale());
        return saturated;
    }

    /** Reads column {@code c} again with inputs halved until no output is cut off; returns how often that failed. */
    private int repeat(CrossArray array, float[] x, int c, int columns, float scale, float[] y, Draws draws) {
        float[] one = new float[array.inputs()];
        for (int j = 0; j < one.length; j++) {
            one[j] = x[j * columns + c];
        }
        double most = inputBits == 0 ? MOST_DIVIDED : 0.25 / stepOf(inputBits, 1);
        float[] out = new float[array.outputs()];
        int failed = 0;
        for (float divided = 2; ; divided *= 2) {
            float[] in = inputs(one, 1, new float[] {scale}, divided);
            Products.forward(array.weights(), array.outputs(), array.inputs(), in, 1, out);
            boolean cut = outputs(out, out.length, 1, new float[] {scale}, draws)[0];
            failed += cut ? 1 : 0;
            if (!cut || divided > most) {
                for (int i = 0; i < out.length; i++) {
                    y[i * columns + c] = out[i] * divided;
                }
                return failed;
            }
        }
    }

    /**
     * z = W' d for every column of d {@code [outputs × columns]}; what comes out at the line of the bias is not read.
     *
     * @param z {@code [inputs - 1 × columns]}, overwritten
     */
    void backward(CrossArray array, float[] d, int columns, float[] z, Draws draws) {
        int rows = array.inputs() - 1;
        if (isIdeal()) {
            Products.backward(array.weights(), array.outputs(), array.inputs(), rows, d, columns, z);
            return;
        }
        float[] scales = noiseManagement == Management.Noise.NONE ? null : largest(d, columns);
        float[] in = inputs(d, columns, scales, 1);
        Products.backward(array.weights(), array.outputs(), array.inputs(), rows, in, columns, z);
        outputs(z, rows * columns, columns, scales, draws);
        for (int at = 0, c = 0; scales != null && at < rows * columns; at++, c = c + 1 == columns ? 0 : c + 1) {
            z[at] *= scales[c];
        }
    }

    /**
     * The same without its noise, where the noise may be added later: no converter of outputs, and every product so far below the
     * bound that noise does not reach it.
     *
     * @param z {@code [inputs - 1 × columns]}, overwritten
     * @return by column the variance of the noise of each of its values; null where the noise cannot be apart
     */
    double[] backwardApart(CrossArray array, float[] d, int columns, float[] z) {
        if (outputBits > 0 || isIdeal()) {
            return null;
        }
        int rows = array.inputs() - 1;
        float[] scales = noiseManagement == Management.Noise.NONE ? null : largest(d, columns);
        float[] in = inputs(d, columns, scales, 1);
        Products.backward(array.weights(), array.outputs(), array.inputs(), rows, in, columns, z);
        double safe = signalBound == 0 ? Double.POSITIVE_INFINITY : signalBound - FAR * noise;
        for (float value : z) {
            if (!(Math.abs(value) < safe)) {
                return null;
            }
        }
        double[] variances = new double[columns];
        for (int c = 0; c < columns; c++) {
            double sd = noise * (scales == null ? 1 : scales[c]);
            variances[c] = sd * sd;
        }
        for (int at = 0, c = 0; scales != null && at < z.length; at++, c = c + 1 == columns ? 0 : c + 1) {
            z[at] *= scales[c];
        }
        return variances;
    }

    private static float[] largest(float[] values, int columns) {
        float[] most = new float[columns];
        for (int from = 0; from < values.length; from += columns) {
            for (int c = 0; c < columns; c++) {
                most[c] = Math.max(most[c], Math.abs(values[from + c]));
            }
        }
        return most;
    }

    private static double stepOf(int bits, double range) {
        return 2 * range / (Math.scalb(1.0, bits) - 2);
    }

    /** What goes into the array: scaled, rounded by the converter, cut off at its range. Zero columns stay zero. */
    private float[] inputs(float[] x, int columns, float[] scales, float divided) {
        if (scales == null && inputBits == 0 && divided == 1 && inRange(x)) {
            return x;
        }
        float[] in = new float[x.length];
        float step = inputBits == 0 ? 0 : (float) stepOf(inputBits, 1);
        float range = inputBound == 0 ? Float.POSITIVE_INFINITY : (float) inputBound;
        for (int at = 0, c = 0; at < x.length; at++, c = c + 1 == columns ? 0 : c + 1) {
            float scale = scales == null ? 1 : scales[c];
            float value = scale == 0 ? 0 : x[at] / (scale * divided);
            if (step > 0) {
                value = Math.round(value / step) * step;
            }
            in[at] = Math.max(-range, Math.min(range, value));
        }
        return in;
    }

    private boolean inRange(float[] x) {
        float range = inputBound == 0 ? Float.POSITIVE_INFINITY : (float) inputBound;
        for (float value : x) {
            if (!(Math.abs(value) <= range)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What comes out: noise, rounded by the converter, cut off. A column whose scale is 0 was not read and has no noise.
     *
     * @return by column whether an output has reached the bound
     */
    private boolean[] outputs(float[] y, int length, int columns, float[] scales, Draws draws) {
        boolean[] cut = new boolean[columns];
        float sd = (float) noise;
        float bound = signalBound == 0 ? Float.POSITIVE_INFINITY : (float) signalBound;
        float step = outputBits == 0 ? 0 : (float) stepOf(outputBits, signalBound);
        for (int at = 0, c = 0; at < length; at++, c = c + 1 == columns ? 0 : c + 1) {
            if (scales != null && scales[c] == 0) {
                continue;
            }
            float value = sd == 0 ? y[at] : y[at] + sd * draws.gaussian();
            if (step > 0) {
                value = Math.round(value / step) * step;
            }
            if (Math.abs(value) >= bound) {
                cut[c] = true;
                value = Math.copySign(bound, value);
            }
            y[at] = value;
        }
        return cut;
    }

    private static void scale(float[] y, int length, double factor) {
        if (factor != 1) {
            for (int at = 0; at < length; at++) {
                y[at] *= (float) factor;
            }
        }
    }
}
