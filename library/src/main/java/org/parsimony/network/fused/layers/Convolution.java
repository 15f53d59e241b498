package org.parsimony.network.fused.layers;

import org.bytedeco.javacpp.FloatPointer;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Parameters;
import org.parsimony.network.fused.compute.Blas;
import org.parsimony.network.fused.compute.OffHeap;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/**
 * A convolution with its activation. Each lane unfolds its share of the samples, a few at a time so that they stay in the
 * cache, into a matrix {@code [inputs of a position × positions]} that the kernels are multiplied with; the backward pass
 * unfolds them once more rather than keep them.
 */
final class Convolution implements Layer {

    /** Values of an unfolded chunk. */
    private static final int CHUNK = 1 << 17;

    private final Signal in;
    private final Signal out;
    private final Window window;
    private final Activation activation;
    private final float[] input;
    private final Parameters parameters;
    private final Parameter weights;
    private final Parameter bias;
    private final boolean first;
    private final OffHeap ones;
    private final OffHeap y;
    private OffHeap dy;
    private final int depth;
    private final int chunk;
    private final float[][] unfolded = new float[Schedule.LANES][];
    private final OffHeap[] columns = new OffHeap[Schedule.LANES];
    private OffHeap partial;

    /** As for {@link Dense}; {@code ones} has as many as a batch has positions. */
    Convolution(
            Signal in,
            Signal out,
            Window window,
            Activation activation,
            Parameters parameters,
            Parameter weights,
            Parameter bias,
            boolean first,
            OffHeap ones) {
        this.in = in;
        this.out = out;
        this.window = window;
        this.activation = activation;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.first = first;
        this.ones = ones;
        input = activation.needsInput() ? out.memory.floats(out.value.length) : null;
        y = out.valueOut();
        depth = in.units * window.kernel();
        chunk = Math.max(1, CHUNK / (depth * window.positions()));
        for (int lane = 0; lane < Schedule.LANES; lane++) {
            unfolded[lane] = in.memory.floats(chunk * depth * window.positions());
            columns[lane] = in.memory.take(unfolded[lane].length);
        }
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.meet().each(this::convolve).meet().each(this::activate);
    }

    @Override
    public void backward(Schedule schedule) {
        dy = out.deltaOut();
        partial = in.memory.take(weights.end() - weights.offset());
        schedule.each(this::derive).meet().each(this::propagate).meet();
        parameters.schedule(schedule, this::gradient, false, out, weights, bias);
    }

    private void convolve(Pass pass, int lane) {
        int all = out.columns(pass.samples);
        int end = Schedule.share(pass.samples, lane + 1);
        for (int from = Schedule.share(pass.samples, lane); from < end; from += chunk) {
            int to = Math.min(end, from + chunk);
            int positions = unfold(pass, lane, from, to);
            FloatPointer w = parameters.values.at(lane, 0, weights.offset());
            FloatPointer result = y.at(lane, 2, from * window.positions());
            Blas.multiply(
                    out.units,
                    positions,
                    depth,
                    1,
                    w,
                    depth,
                    false,
                    columns[lane].at(lane, 1, 0),
                    positions,
                    false,
                    0,
                    result,
                    all);
        }
    }

    private void activate(Pass pass, int lane) {
        int n = out.columns(pass.samples);
        int last = out.unit(lane + 1);
        for (int unit = out.unit(lane); unit < last; unit++) {
            y.read(out.value, unit * n, unit * n + n);
            float b = bias == null ? 0 : parameters.w[bias.offset() + unit];
            activation.apply(out.value, input, unit * n, unit * n + n, b);
        }
    }

    private void derive(Pass pass, int lane) {
        int from = out.start(pass.samples, lane);
        int to = out.start(pass.samples, lane + 1);
        activation.derive(out.delta, out.value, input, from, to);
        dy.write(out.delta, from, to);
    }

    /** Each lane's samples: their part of the weights' gradient and, by folding, the derivatives of the inputs. */
    private void propagate(Pass pass, int lane) {
        int all = out.columns(pass.samples);
        int end = Schedule.share(pass.samples, lane + 1);
        int start = Schedule.share(pass.samples, lane);
        FloatPointer dw = lane == 0 ? parameters.gradients.at(lane, 2, weights.offset()) : partial.at(lane, 2, 0);
        if (start == end) {
            Blas.multiply(out.units, depth, 0, 1, dw, depth, false, dw, depth, false, 0, dw, depth);
        }
        for (int from = start; from < end; from += chunk) {
            int to = Math.min(end, from + chunk);
            int positions = unfold(pass, lane, from, to);
            FloatPointer d = dy.at(lane, 0, from * window.positions());
            FloatPointer x = columns[lane].at(lane, 1, 0);
            Blas.multiply(
                    out.units,
                    depth,
                    positions,
                    pass.gradientScale,
                    d,
                    all,
                    false,
                    x,
                    positions,
                    true,
                    from == start ? 0 : 1,
                    dw,
                    depth);
            if (!first) {
                FloatPointer w = parameters.values.at(lane, 1, weights.offset());
                FloatPointer dx = columns[lane].at(lane, 2, 0);
                Blas.multiply(depth, positions, out.units, 1, w, depth, true, d, all, false, 0, dx, positions);
                fold(pass, lane, from, to);
            }
        }
    }

    private void gradient(Pass pass, int lane) {
        int from = out.unit(lane);
        int rows = out.unit(lane + 1) - from;
        int start = from * depth;
        FloatPointer dw = parameters.gradients.at(lane, 2, weights.offset() + start);
        Blas.add(rows * depth, partial.at(lane, 1, start), dw);
        if (bias != null) {
            int n = out.columns(pass.samples);
            FloatPointer db = parameters.gradients.at(lane, 2, bias.offset() + from);
            Blas.rowSums(rows, n, pass.gradientScale, dy.at(lane, 0, from * n), ones.at(lane, 1, 0), db);
        }
    }

    /** Lays out samples {@code [from, to)} position by position; returns the number of positions. */
    private int unfold(Pass pass, int lane, int from, int to) {
        float[] target = unfolded[lane];
        int positions = (to - from) * window.positions();
        if (window.top() > 0 || window.left() > 0) {
            java.util.Arrays.fill(target, 0, depth * positions, 0);
        }
        slide(pass, from, to, target, true);
        columns[lane].write(target, 0, depth * positions);
        return positions;
    }

    /** Adds up what belongs to the same input of samples {@code [from, to)}. */
    private void fold(Pass pass, int lane, int from, int to) {
        float[] source = unfolded[lane];
        columns[lane].read(source, 0, depth * (to - from) * window.positions());
        int plane = in.height * in.width;
        for (int channel = 0; channel < in.units; channel++) {
            for (int sample = from; sample < to; sample++) {
                int at = plane(pass, channel, sample);
                java.util.Arrays.fill(in.delta, at, at + plane, 0);
            }
        }
        slide(pass, from, to, source, false);
    }

    private int plane(Pass pass, int channel, int sample) {
        return in.sampleMajor
                ? (sample * in.units + channel) * in.height * in.width
                : (channel * pass.samples + sample) * in.height * in.width;
    }

    /** Walks over kernel offsets, samples and rows of positions, copying inputs out or adding derivatives back. */
    private void slide(Pass pass, int from, int to, float[] matrix, boolean out) {
        Window w = window;
        int row = 0;
        for (int channel = 0; channel < in.units; channel++) {
            for (int ky = 0; ky < w.kernelHeight(); ky++) {
                int firstRow = Window.firstInside(ky, w.top(), w.strideDown());
                int endRow = Window.endInside(ky, w.top(), w.strideDown(), w.height(), w.outHeight());
                for (int kx = 0; kx < w.kernelWidth(); kx++, row++) {
                    int firstColumn = Window.firstInside(kx, w.left(), w.strideAcross());
                    int endColumn = Window.endInside(kx, w.left(), w.strideAcross(), w.width(), w.outWidth());
                    int n = endColumn - firstColumn;
                    for (int sample = from; sample < to && n > 0; sample++) {
                        int plane = plane(pass, channel, sample);
                        int at = (row * (to - from) + sample - from) * w.positions();
                        for (int oy = firstRow; oy < endRow; oy++) {
                            int x = plane
                                    + (oy * w.strideDown() + ky - w.top()) * w.width()
                                    + firstColumn * w.strideAcross()
                                    + kx
                                    - w.left();
                            int m = at + oy * w.outWidth() + firstColumn;
                            if (out) {
                                copy(in.value, x, w.strideAcross(), matrix, m, n);
                            } else {
                                add(matrix, m, in.delta, x, w.strideAcross(), n);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void copy(float[] source, int from, int stride, float[] target, int to, int n) {
        if (stride == 1) {
            System.arraycopy(source, from, target, to, n);
        } else {
            for (int i = 0; i < n; i++) {
                target[to + i] = source[from + i * stride];
            }
        }
    }

    private static void add(float[] source, int from, float[] target, int to, int stride, int n) {
        for (int i = 0; i < n; i++) {
            target[to + i * stride] += source[from + i];
        }
    }
}
