package org.parsimony.network.fused.layers;

import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/** An activation that is a layer of its own. */
final class Elementwise implements Layer {

    private final Signal in;
    private final Signal out;
    private final Activation activation;
    private final float[] input;

    Elementwise(Signal in, Signal out, Activation activation) {
        this.in = in;
        this.out = out;
        this.activation = activation;
        input = activation.needsInput() ? out.memory.floats(out.value.length) : null;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.each((pass, lane) -> {
            int from = in.start(pass.samples, lane);
            int to = in.start(pass.samples, lane + 1);
            System.arraycopy(in.value, from, out.value, from, to - from);
            activation.apply(out.value, input, from, to, 0);
        });
    }

    @Override
    public void backward(Schedule schedule) {
        schedule.each((pass, lane) -> {
            int from = in.start(pass.samples, lane);
            int to = in.start(pass.samples, lane + 1);
            System.arraycopy(out.delta, from, in.delta, from, to - from);
            activation.derive(in.delta, out.value, input, from, to);
        });
    }
}
