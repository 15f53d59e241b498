package org.parsimony.network.fused.layers;

import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/** Max or average pooling, shared as the incoming units are; padding never wins a maximum and, unless the layer says so, does not count in an average. */
final class Pooling implements Layer {

    private final Signal in;
    private final Signal out;
    private final Window window;
    private final boolean max;
    private final boolean countPadding;
    /** For each output, the input that won. */
    private final int[] winner;

    Pooling(Signal in, Signal out, Window window, boolean max, boolean countPadding) {
        this.in = in;
        this.out = out;
        this.window = window;
        this.max = max;
        this.countPadding = countPadding;
        winner = max ? in.memory.ints(out.value.length) : null;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.each((pass, lane) -> slide(pass, lane, true)).meet();
    }

    @Override
    public void backward(Schedule schedule) {
        schedule.meet().each((pass, lane) -> {
            java.util.Arrays.fill(in.delta, in.start(pass.samples, lane), in.start(pass.samples, lane + 1), 0);
            if (max) {
                int columns = out.columns(pass.samples);
                int end = in.unit(lane + 1) * columns;
                for (int i = in.unit(lane) * columns; i < end; i++) {
                    in.delta[winner[i]] += out.delta[i];
                }
            } else {
                slide(pass, lane, false);
            }
        });
    }

    private void slide(Pass pass, int lane, boolean forward) {
        Window w = window;
        int planes = in.unit(lane + 1) * pass.samples;
        for (int plane = in.unit(lane) * pass.samples; plane < planes; plane++) {
            int from = plane * w.height() * w.width();
            int to = plane * w.positions();
            for (int oy = 0; oy < w.outHeight(); oy++) {
                int top = Math.max(0, oy * w.strideDown() - w.top());
                int bottom = Math.min(w.height(), oy * w.strideDown() - w.top() + w.kernelHeight());
                for (int ox = 0; ox < w.outWidth(); ox++, to++) {
                    int left = Math.max(0, ox * w.strideAcross() - w.left());
                    int right = Math.min(w.width(), ox * w.strideAcross() - w.left() + w.kernelWidth());
                    if (max) {
                        largest(from, top, bottom, left, right, to);
                    } else if (forward) {
                        average(from, top, bottom, left, right, to);
                    } else {
                        spread(from, top, bottom, left, right, to);
                    }
                }
            }
        }
    }

    private void largest(int plane, int top, int bottom, int left, int right, int to) {
        float[] x = in.value;
        int best = plane + top * window.width() + left;
        for (int y = top; y < bottom; y++) {
            int row = plane + y * window.width();
            for (int i = row + left; i < row + right; i++) {
                best = x[i] > x[best] ? i : best;
            }
        }
        winner[to] = best;
        out.value[to] = x[best];
    }

    private void average(int plane, int top, int bottom, int left, int right, int to) {
        float sum = 0;
        for (int y = top; y < bottom; y++) {
            int row = plane + y * window.width();
            for (int i = row + left; i < row + right; i++) {
                sum += in.value[i];
            }
        }
        out.value[to] = sum / cells(top, bottom, left, right);
    }

    private void spread(int plane, int top, int bottom, int left, int right, int to) {
        float share = out.delta[to] / cells(top, bottom, left, right);
        for (int y = top; y < bottom; y++) {
            int row = plane + y * window.width();
            for (int i = row + left; i < row + right; i++) {
                in.delta[i] += share;
            }
        }
    }

    private int cells(int top, int bottom, int left, int right) {
        return countPadding ? window.kernel() : (bottom - top) * (right - left);
    }
}
