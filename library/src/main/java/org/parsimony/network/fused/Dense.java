package org.parsimony.network.fused;

import org.bytedeco.javacpp.FloatPointer;

/** A dense layer with its activation, {@code out = f(W · in + b)}; each lane computes its share of the units. */
final class Dense implements Layer {

    private final Signal in;
    private final Signal out;
    private final OffHeap x;
    private OffHeap dx;
    private final OffHeap y;
    private OffHeap dy;
    private final Activation activation;
    private final float[] input;
    private final Parameters parameters;
    private final Parameter weights;
    private final Parameter bias;
    private final boolean first;
    private final boolean gathered;
    private final OffHeap ones;

    /**
     * @param bias may be null
     * @param first whether nothing before this layer wants to know the derivatives
     * @param gathered whether the incoming values already are where OpenBLAS reads them
     * @param ones as many ones as a batch has samples
     */
    Dense(
            Signal in,
            Signal out,
            Activation activation,
            Parameters parameters,
            Parameter weights,
            Parameter bias,
            boolean first,
            boolean gathered,
            OffHeap ones) {
        this.in = in;
        this.out = out;
        this.activation = activation;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.first = first;
        this.gathered = gathered;
        this.ones = ones;
        x = in.valueOut();
        y = out.valueOut();
        input = activation.needsInput() ? new float[out.value.length] : null;
    }

    @Override
    public void forward(Schedule schedule) {
        if (!gathered) {
            schedule.each(
                    (pass, lane) -> x.write(in.value, in.start(pass.samples, lane), in.start(pass.samples, lane + 1)));
        }
        schedule.meet().each(this::activate);
    }

    @Override
    public void backward(Schedule schedule) {
        dx = first ? null : in.deltaOut();
        dy = out.deltaOut();
        schedule.each(this::derive);
        if (!first) {
            schedule.meet().each(this::propagate);
        }
        parameters.schedule(schedule, this::gradient, !first, out, weights, bias);
    }

    private void activate(Pass pass, int lane) {
        int n = pass.samples;
        int from = out.unit(lane);
        int to = out.unit(lane + 1);
        int inputs = in.perSample();
        FloatPointer w = parameters.values.at(lane, 0, weights.offset() + from * inputs);
        FloatPointer result = y.at(lane, 2, from * n);
        Blas.multiply(
                to - from,
                n,
                inputs,
                1,
                w,
                inputs,
                false,
                x.at(lane, 1, 0),
                in.stride(n),
                in.sampleMajor,
                0,
                result,
                n);
        y.read(out.value, from * n, to * n);
        for (int unit = from; unit < to; unit++) {
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

    private void propagate(Pass pass, int lane) {
        int n = pass.samples;
        int inputs = in.perSample();
        int units = out.units;
        int start = in.start(n, lane);
        int end = in.start(n, lane + 1);
        int row = start / in.stride(n);
        int rows = end / in.stride(n) - row;
        FloatPointer result = dx.at(lane, 2, start);
        if (in.sampleMajor) {
            FloatPointer w = parameters.values.at(lane, 1, weights.offset());
            Blas.multiply(rows, inputs, units, 1, dy.at(lane, 0, row), n, true, w, inputs, false, 0, result, inputs);
        } else {
            FloatPointer w = parameters.values.at(lane, 0, weights.offset() + row);
            Blas.multiply(rows, n, units, 1, w, inputs, true, dy.at(lane, 1, 0), n, false, 0, result, n);
        }
        dx.read(in.delta, start, end);
    }

    private void gradient(Pass pass, int lane) {
        int n = pass.samples;
        float scale = pass.gradientScale;
        int from = out.unit(lane);
        int rows = out.unit(lane + 1) - from;
        int inputs = in.perSample();
        FloatPointer d = dy.at(lane, 0, from * n);
        FloatPointer dw = parameters.gradients.at(lane, 2, weights.offset() + from * inputs);
        Blas.multiply(
                rows, inputs, n, scale, d, n, false, x.at(lane, 1, 0), in.stride(n), !in.sampleMajor, 0, dw, inputs);
        if (bias != null) {
            FloatPointer db = parameters.gradients.at(lane, 2, bias.offset() + from);
            Blas.rowSums(rows, n, scale, d, ones.at(lane, 1, 0), db);
        }
    }
}
