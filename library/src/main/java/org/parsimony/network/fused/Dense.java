package org.parsimony.network.fused;

/** A dense layer with its activation: {@code out = f(W · in + b)}, each lane computing its share of the units. */
final class Dense implements Layer {

    private final Signal in;
    private final Signal out;
    private final Activation activation;
    private final float[] input;
    private final Parameters parameters;
    private final Parameter weights;
    private final Parameter bias;
    private final boolean first;
    private final OffHeap ones;

    /**
     * @param bias may be null
     * @param first whether nothing before this layer wants to know the derivatives
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
            OffHeap ones) {
        this.in = in;
        this.out = out;
        this.activation = activation;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.first = first;
        this.ones = ones;
        input = activation.needsInput() ? new float[out.value.length] : null;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.meet().each(this::activate);
    }

    @Override
    public void backward(Schedule schedule) {
        schedule.each(this::derive);
        if (first) {
            schedule.each(this::update);
        } else {
            schedule.meet().each(this::propagate).later(this::update);
        }
    }

    private void activate(Pass pass, int lane) {
        int n = pass.samples;
        int from = Schedule.share(out.units, lane);
        int to = Schedule.share(out.units, lane + 1);
        int inputs = in.perSample();
        Blas.multiply(
                lane,
                to - from,
                n,
                inputs,
                1,
                parameters.values,
                weights.offset() + (long) from * inputs,
                inputs,
                false,
                in.valueOut,
                0,
                in.stride(n),
                in.sampleMajor,
                0,
                out.valueOut,
                (long) from * n,
                n);
        out.valueOut.read(out.value, from * n, to * n);
        for (int unit = from; unit < to; unit++) {
            float b = bias == null ? 0 : parameters.w[bias.offset() + unit];
            activation.apply(out.value, input, unit * n, unit * n + n, b);
        }
        out.valueOut.write(out.value, from * n, to * n);
    }

    private void derive(Pass pass, int lane) {
        int n = pass.samples;
        int from = Schedule.share(out.units, lane);
        int to = Schedule.share(out.units, lane + 1);
        out.deltaOut.read(out.delta, from * n, to * n);
        activation.derive(out.delta, out.value, input, from * n, to * n);
        out.deltaOut.write(out.delta, from * n, to * n);
    }

    private void propagate(Pass pass, int lane) {
        int n = pass.samples;
        int inputs = in.perSample();
        int from = Schedule.share(in.units, lane) * in.height * in.width;
        int to = Schedule.share(in.units, lane + 1) * in.height * in.width;
        if (in.sampleMajor) {
            Blas.multiply(
                    lane,
                    n,
                    to - from,
                    out.units,
                    1,
                    out.deltaOut,
                    0,
                    n,
                    true,
                    parameters.values,
                    weights.offset() + from,
                    inputs,
                    false,
                    0,
                    in.deltaOut,
                    from,
                    inputs);
        } else {
            Blas.multiply(
                    lane,
                    to - from,
                    n,
                    out.units,
                    1,
                    parameters.values,
                    weights.offset() + from,
                    inputs,
                    true,
                    out.deltaOut,
                    0,
                    n,
                    false,
                    0,
                    in.deltaOut,
                    (long) from * n,
                    n);
        }
    }

    private void update(Pass pass, int lane) {
        int n = pass.samples;
        int from = Schedule.share(out.units, lane);
        int to = Schedule.share(out.units, lane + 1);
        int inputs = in.perSample();
        Blas.multiply(
                lane,
                to - from,
                inputs,
                n,
                pass.gradientScale,
                out.deltaOut,
                (long) from * n,
                n,
                false,
                in.valueOut,
                0,
                in.stride(n),
                !in.sampleMajor,
                0,
                parameters.gradients,
                weights.offset() + (long) from * inputs,
                inputs);
        parameters.update(weights, from, to);
        if (bias != null) {
            Blas.multiply(
                    lane,
                    to - from,
                    n,
                    pass.gradientScale,
                    out.deltaOut,
                    (long) from * n,
                    ones,
                    parameters.gradients,
                    bias.offset() + from);
            parameters.update(bias, from, to);
        }
    }
}
