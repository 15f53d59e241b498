package org.parsimony.coding;

import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/** One forward pass of a coded network: slices of samples, each layer's columns decoded once for a slice. */
final class CodedForward {

    private static final long SLICE_VALUES = 1 << 22;
    private static final int MOST_SAMPLES = 512;

    private final CodedNetwork network;
    private final List<Shape> shapes;
    private final int samples;

    /** @param input the shape of a sample; throws IllegalArgumentException if a layer cannot take what reaches it */
    CodedForward(CodedNetwork network, Shape input, int samples) {
        this.network = network;
        this.samples = Require.atLeast("samples", samples, 1);
        shapes = network.architecture().shapes(input);
        int next = 0;
        for (int l = 0; l < network.architecture().layers().size(); l++) {
            Architecture.Layer layer = network.architecture().layers().get(l);
            int[] size = layer.weights(shapes.get(l));
            if (size.length > 0) {
                int rows = network.layers().get(next++).matrix().rows();
                Require.that(
                        size[0] == rows,
                        "samples of shape %s bring %d inputs to layer \"%s\", but it has %d; the network takes %s",
                        input,
                        size[0],
                        layer.text(),
                        rows,
                        network.architecture().input());
            }
        }
    }

    float[] run(float[] x) {
        int inputs = shapes.get(0).size();
        Require.that(
                x.length == (long) samples * inputs,
                "x has %d values, but %d samples of %d inputs have %d",
                x.length,
                samples,
                inputs,
                (long) samples * inputs);
        int outputs = shapes.get(shapes.size() - 1).size();
        float[] y = new float[Math.multiplyExact(samples, outputs)];
        int slice = slice();
        for (int from = 0; from < samples; from += slice) {
            int n = Math.min(slice, samples - from);
            float[] part = new float[n * inputs];
            System.arraycopy(x, from * inputs, part, 0, part.length);
            System.arraycopy(pass(part, n), 0, y, from * outputs, n * outputs);
        }
        return y;
    }

    /** Samples whose widest layer, patches of a convolution counted, takes 16 MiB. */
    private int slice() {
        long widest = 1;
        for (int l = 0; l < network.architecture().layers().size(); l++) {
            widest = Math.max(widest, shapes.get(l).size());
            if (network.architecture().layers().get(l) instanceof Layers.Convolution convolution) {
                widest = Math.max(
                        widest,
                        (long) convolution.weights(shapes.get(l))[0]
                                * shapes.get(l + 1).area());
            }
        }
        return (int) Math.max(1, Math.min(MOST_SAMPLES, SLICE_VALUES / widest));
    }

    private float[] pass(float[] x, int n) {
        Iterator<CodedLayer> coded = network.layers().iterator();
        float[] at = x;
        for (int l = 0; l < network.architecture().layers().size(); l++) {
            Architecture.Layer layer = network.architecture().layers().get(l);
            Shape in = shapes.get(l);
            Shape out = shapes.get(l + 1);
            if (layer instanceof Layers.Dense dense) {
                at = dense(coded.next(), at, n);
                activate(dense.activation(), at, n);
            } else if (layer instanceof Layers.Convolution convolution) {
                at = convolution(convolution.window(), coded.next(), in, out, at, n);
                activate(convolution.activation(), at, n);
            } else if (layer instanceof Layers.Pooling pooling) {
                at = pool(pooling, in, out, at, n);
            } else if (layer instanceof Layers.BatchNorm norm) {
                normalise(norm, coded.next(), in, at);
            } else if (layer instanceof Layers.Activate activate) {
                activate(activate.activation(), at, n);
            }
        }
        return at;
    }

    private static float[] dense(CodedLayer layer, float[] x, int n) {
        int cols = layer.matrix().cols();
        float[] y = new float[n * cols];
        layer.matrix().dot(x, y, n);
        if (layer.bias().length > 0) {
            for (int i = 0; i < y.length; i++) {
                y[i] += layer.bias()[i % cols];
            }
        }
        return y;
    }

    /** Patches as rows {@code [n·positions × channels·height·width]}, times the coded matrix, put channels first. */
    private static float[] convolution(Layers.Window window, CodedLayer layer, Shape in, Shape out, float[] x, int n) {
        int rows = layer.matrix().rows();
        int positions = out.area();
        float[] patches = new float[n * positions * rows];
        for (int s = 0; s < n; s++) {
            for (int c = 0; c < in.channels(); c++) {
                int plane = (s * in.channels() + c) * in.area();
                int first = s * positions * rows + c * window.height() * window.width();
                walk(window, in, out, (place, cell, pixel) -> patches[first + place * rows + cell] = x[plane + pixel]);
            }
        }
        float[] sums = dense(layer, patches, n * positions);
        int filters = out.channels();
        float[] y = new float[sums.length];
        for (int s = 0; s < n; s++) {
            for (int p = 0; p < positions; p++) {
                for (int f = 0; f < filters; f++) {
                    y[(s * filters + f) * positions + p] = sums[(s * positions + p) * filters + f];
                }
            }
        }
        return y;
    }

    private static float[] pool(Layers.Pooling pooling, Shape in, Shape out, float[] x, int n) {
        int positions = out.area();
        float[] y = new float[n * out.size()];
        int[] count = new int[positions];
        walk(pooling.window(), in, out, (place, cell, pixel) -> count[place]++);
        int all = pooling.window().height() * pooling.window().width();
        for (int plane = 0; plane < n * in.channels(); plane++) {
            int from = plane * in.area();
            int to = plane * positions;
            if (pooling.max()) {
                java.util.Arrays.fill(y, to, to + positions, Float.NEGATIVE_INFINITY);
                walk(
                        pooling.window(),
                        in,
                        out,
                        (place, cell, pixel) -> y[to + place] = Math.max(y[to + place], x[from + pixel]));
            } else {
                walk(pooling.window(), in, out, (place, cell, pixel) -> y[to + place] += x[from + pixel]);
                for (int p = 0; p < positions; p++) {
                    y[to + p] /= pooling.counted() ? all : Math.max(1, count[p]);
                }
            }
        }
        return y;
    }

    /** Takes a window's place, a cell of it, and the pixel under the cell. */
    private interface Visitor {
        void visit(int place, int cell, int pixel);
    }

    /** Every cell of every window that lies in the image. */
    private static void walk(Layers.Window window, Shape in, Shape out, Visitor visitor) {
        int top = window.before(in.height(), false);
        int left = window.before(in.width(), true);
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < out.width(); j++) {
                int place = i * out.width() + j;
                for (int a = 0; a < window.height(); a++) {
                    int row = i * window.stepHeight() - top + a * window.dilationHeight();
                    if (row < 0 || row >= in.height()) {
                        continue;
                    }
                    for (int b = 0; b < window.width(); b++) {
                        int col = j * window.stepWidth() - left + b * window.dilationWidth();
                        if (col >= 0 && col < in.width()) {
                            visitor.visit(place, a * window.width() + b, row * in.width() + col);
                        }
                    }
                }
            }
        }
    }

    private static void normalise(Layers.BatchNorm norm, CodedLayer layer, Shape shape, float[] x) {
        float[] rows = layer.matrix().toDense().values();
        int channels = shape.channels();
        for (int plane = 0; plane < x.length / shape.area(); plane++) {
            int c = plane % channels;
            double spread = rows[3 * channels + c];
            double variance = norm.logarithm() ? Math.pow(10, 2 * spread) : spread;
            double scale = rows[c] / Math.sqrt(variance + norm.epsilon());
            double mean = rows[2 * channels + c];
            double shift = rows[channels + c];
            for (int i = plane * shape.area(); i < (plane + 1) * shape.area(); i++) {
                x[i] = (float) ((x[i] - mean) * scale + shift);
            }
        }
    }

    /** In place. */
    private static void activate(String activation, float[] x, int n) {
        if (activation.equals("relu")) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.max(0, x[i]);
            }
        } else if (!activation.equals("identity")) {
            INDArray values = Nd4j.create(x, new long[] {n, x.length / n}, 'c');
            float[] y = Layers.function(activation)
                    .getActivation(values, false)
                    .dup('c')
                    .data()
                    .asFloat();
            System.arraycopy(y, 0, x, 0, x.length);
        }
    }
}
