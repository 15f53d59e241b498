package org.parsimony.floats;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/** What layers do to single values and windows, with a rounding after every operation. */
final class RoundedFunctions {

    private RoundedFunctions() {}

    /** Rounds one value; null leaves all values as they are. */
    interface Step {
        double round(double x);
    }

    /** @param last whether a soft-max may be left out, because only the order of its values counts */
    static double[] activate(String activation, double[] x, boolean last, Step round) {
        switch (activation) {
            case "identity":
                return x;
            case "relu":
                for (int i = 0; i < x.length; i++) {
                    x[i] = x[i] > 0 || Double.isNaN(x[i]) ? x[i] : 0;
                }
                return x;
            case "softmax":
                Require.that(last, "there is a soft-max before the last layer, which is not emulated in few bits");
                return x;
            default:
                float[] values = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    values[i] = (float) x[i];
                }
                INDArray array = Nd4j.create(values, new long[] {1, x.length}, 'c');
                float[] y = Layers.function(activation)
                        .getActivation(array, false)
                        .dup('c')
                        .data()
                        .asFloat();
                for (int i = 0; i < x.length; i++) {
                    x[i] = rounded(round, y[i]);
                }
                return x;
        }
    }

    /** x · factor + amount of its channel. */
    static double[] normalise(double[][] norm, double[] x, int area, DoubleBinaryOperator sum, Step round) {
        for (int i = 0; i < x.length; i++) {
            int channel = i / area;
            x[i] = sum.applyAsDouble(rounded(round, x[i] * norm[0][channel]), norm[1][channel]);
        }
        return x;
    }

    static double[] pool(
            Layers.Pooling pooling, Shape in, Shape out, double[] x, DoubleBinaryOperator sum, Step round) {
        Layers.Window window = pooling.window();
        int top = window.before(in.height(), false);
        int left = window.before(in.width(), true);
        double[] y = new double[out.size()];
        Arrays.fill(y, pooling.max() ? Double.NEGATIVE_INFINITY : 0);
        int all = window.height() * window.width();
        for (int o = 0; o < y.length; o++) {
            int channel = o / out.area();
            int i = o % out.area() / out.width() * window.stepHeight() - top;
            int j = o % out.width() * window.stepWidth() - left;
            int inside = 0;
            for (int cell = 0; cell < all; cell++) {
                int row = i + cell / window.width() * window.dilationHeight();
                int col = j + cell % window.width() * window.dilationWidth();
                if (row >= 0 && row < in.height() && col >= 0 && col < in.width()) {
                    double value = x[channel * in.area() + row * in.width() + col];
                    y[o] = pooling.max() ? Math.max(y[o], value) : sum.applyAsDouble(y[o], value);
                    inside++;
                }
            }
            if (!pooling.max()) {
                y[o] = rounded(round, y[o] / (pooling.counted() ? all : Math.max(1, inside)));
            }
        }
        return y;
    }

    private static double rounded(Step round, double x) {
        return round == null ? x : round.round(x);
    }
}
