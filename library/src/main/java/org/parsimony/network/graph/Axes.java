package org.parsimony.network.graph;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Along which axis of a parameter array the values that a layer gives lie, and those that it takes: dense weights are
 * {@code [inputs × units]}, convolution weights {@code [filters × channels × height × width]}, depthwise ones
 * {@code [height × width × channels × multiplier]}, everything else has one value for each channel.
 */
final class Axes {

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private Axes() {}

    /** Axis of the values that the layer gives, or −1. */
    static int given(Layer conf, String key, INDArray parameter) {
        if (conf instanceof PReLULayer slopes) {
            long[] shared = slopes.getSharedAxes();
            return shared != null && Arrays.stream(shared).anyMatch(axis -> axis == 1) ? -1 : 0;
        }
        if (conf instanceof BatchNormalization || key.equals(BIAS)) {
            return parameter.rank() - 1;
        }
        return conf instanceof DepthwiseConvolution2D ? -1 : parameter.rank() == 4 ? 0 : parameter.rank() - 1;
    }

    /** Axis of the values that the layer takes, or −1. */
    static int taken(Layer conf, String key, INDArray parameter) {
        if (!key.equals(WEIGHTS) || conf instanceof PReLULayer || conf instanceof BatchNormalization) {
            return -1;
        }
        return conf instanceof DepthwiseConvolution2D ? 2 : parameter.rank() == 4 ? 1 : 0;
    }

    /** The entries at these places of an axis, entry {@code k} times {@code factors[k]} if there are factors. */
    static INDArray select(INDArray array, int axis, int[] places, double[] factors) {
        Slices from = new Slices(array, axis);
        float[] to = new float[from.outer * places.length * from.inner];
        for (int o = 0; o < from.outer; o++) {
            for (int k = 0; k < places.length; k++) {
                float factor = factors == null ? 1 : (float) factors[k];
                int source = (o * from.length + places[k]) * from.inner;
                int target = (o * places.length + k) * from.inner;
                for (int i = 0; i < from.inner; i++) {
                    to[target + i] = factor * from.values[source + i];
                }
            }
        }
        long[] shape = array.shape().clone();
        shape[axis] = places.length;
        return Nd4j.create(to, shape, 'c');
    }

    /** A copy with the entries at each place of an axis times a factor. */
    static INDArray scaled(INDArray array, int axis, double[] factors) {
        int[] places = new int[factors.length];
        Arrays.setAll(places, k -> k);
        return select(array, axis, places, factors);
    }

    /** A copy with zeros at the places of an axis where {@code out} is true. */
    static INDArray without(INDArray array, int axis, boolean[] out) {
        Slices slices = new Slices(array, axis);
        for (int i = 0; i < slices.values.length; i++) {
            if (out[i / slices.inner % slices.length]) {
                slices.values[i] = 0;
            }
        }
        return Nd4j.create(slices.values, array.shape(), 'c');
    }

    /** Sum of squares of the entries at each place of an axis. */
    static double[] squares(INDArray array, int axis) {
        Slices slices = new Slices(array, axis);
        double[] squares = new double[slices.length];
        for (int i = 0; i < slices.values.length; i++) {
            squares[i / slices.inner % slices.length] += (double) slices.values[i] * slices.values[i];
        }
        return squares;
    }

    /** An array's values as {@code [outer × length × inner]} around one axis, copied, row-major. */
    private static final class Slices {
        final float[] values;
        final int outer;
        final int length;
        final int inner;

        Slices(INDArray array, int axis) {
            long[] shape = array.shape();
            values = array.dup('c').data().asFloat();
            outer = (int) Arrays.stream(shape, 0, axis).reduce(1, (a, b) -> a * b);
            length = (int) shape[axis];
            inner = values.length / (outer * length);
        }
    }
}
