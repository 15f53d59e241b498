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
 * A dense layer with its activation, {@code out = f(W · in + b)}. Each lane computes its share of the units. Where units are
 * few and samples are rows, as in a thin first layer, lanes share the samples on the way forward and the inputs on the way
 * back: either share of the work reads its own part of the data.
 */
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
    private final boolean samplesShared;
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
        // the norm of a group is that of a whole row
        samplesShared = out.thin() && in.sampleMajor && weights.group == 0;
        weights.columnsShared = samplesShared;
        x = in.valueOut();
        y = out.valueOut();
        input = activation.needsInput() ? out.memory.floats(out.value.length) : null;
    }

    @Override
    public void forward(Schedule schedule) {
        if (!gathered) {
            schedule.each(
                    (pass, lane) -> x.write(in.value, in.start(pass.samples, lane), in.start(pass.samples, lane + 1)));
        }
        if (samplesShared) {
            schedule.each(this::activateSamples).meet();
        } else {
            schedule.meet().each(this::activateUnits);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        dx = first ? null : in.deltaOut();
        dy = out.deltaOut();
        schedule.each(this::derive);
        if (!first) {
            schedule.meet().each(this::propagate);
        }
        if (samplesShared) {
            parameters.schedule(schedule.meet(), this::gradientOfColumns, !first, out, weights);
            parameters.schedule(schedule, this::gradientOfBias, false, out, bias);
        } else {
            parameters.schedule(schedule, this::gradientOfRows, !first, out, weights, bias);
        }
    }

    private void activateUnits(Pass pass, int lane) {
        activate(lane, out.unit(lane), out.unit(lane + 1), 0, pass.samples, pass.samples);
    }

    private void activateSamples(Pass pass, int lane) {
        int n = pass.samples;
        activate(lane, 0, out.units, Schedule.share(n, lane), Schedule.share(n, lane + 1), n);
    }

    /** Computes units {@code [from, to)} of samples {@code [start, end)} of {@code n}. */
    private void activate(int lane, int from, int to, int start, int end, int n) {
        int inputs = in.perSample();
        FloatPointer w = parameters.values.at(lane, 0, weights.offset() + from * inputs);
        FloatPointer a = x.at(lane, 1, in.sampleMajor ? start * inputs : start);
        FloatPointer result = y.at(lane, 2, from * n + start);
        Blas.multiply(
                to - from, end - start, inputs, 1, w, inputs, false, a, in.stride(n), in.sampleMajor, 0, result, n);
        for (int unit = from; unit < to; unit++) {
            y.read(out.value, unit * n + start, unit * n + end);
            float b = bias == null ? 0 : parameters.w[bias.offset() + unit];
            activation.apply(out.value, input, unit * n + start, unit * n + end, b);
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

    private void gradientOfRows(Pass pass, int lane) {
        gradient(pass, lane, out.unit(lane), out.unit(lane + 1), 0, in.perSample());
        gradientOfBias(pass, lane);
    }

    private void gradientOfColumns(Pass pass, int lane) {
        int inputs = in.perSample();
        gradient(pass, lane, 0, out.units, Schedule.share(inputs, lane), Schedule.share(inputs, lane + 1));
    }

    /** The gradient of the weights from inputs {@code [start, end)} into units {@code [from, to)}. */
    private void gradient(Pass pass, int lane, int from, int to, int start, int end) {
        int n = pass.samples;
        int inputs = in.perSample();
        FloatPointer d = dy.at(lane, 0, from * n);
        FloatPointer a = x.at(lane, 1, in.sampleMajor ? start : start * n);
        FloatPointer dw = parameters.gradients.at(lane, 2, weights.offset() + from * inputs + start);
        Blas.multiply(
                to - from,
                end - start,
                n,
                pass.gradientScale,
                d,
                n,
                false,
                a,
                in.stride(n),
                !in.sampleMajor,
                0,
                dw,
                inputs);
    }

    private void gradientOfBias(Pass pass, int lane) {
        if (bias != null) {
            int n = pass.samples;
            int from = out.unit(lane);
            FloatPointer db = parameters.gradients.at(lane, 2, bias.offset() + from);
            Blas.rowSums(
                    out.unit(lane + 1) - from,
                    n,
                    pass.gradientScale,
                    dy.at(lane, 0, from * n),
                    ones.at(lane, 1, 0),
                    db);
        }
    }
}
