package org.parsimony.network.fused.layers;

import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;

/**
 * Channels of a convolution laid side by side, one row for each sample, as dense layers read them. Before it lanes share
 * channels, behind it samples, so lanes meet here.
 */
final class Flatten implements Layer {

    private final Signal in;
    private final Signal out;

    Flatten(Signal in, Signal out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.each((pass, lane) -> move(pass, lane, true)).meet();
    }

    @Override
    public void backward(Schedule schedule) {
        schedule.meet().each((pass, lane) -> move(pass, lane, false));
    }

    private void move(Pass pass, int lane, boolean forward) {
        int plane = in.height * in.width;
        int last = in.unit(lane + 1);
        for (int channel = in.unit(lane); channel < last; channel++) {
            for (int sample = 0; sample < pass.samples; sample++) {
                int here = (channel * pass.samples + sample) * plane;
                int there = (sample * in.units + channel) * plane;
                if (forward) {
                    System.arraycopy(in.value, here, out.value, there, plane);
                } else {
                    System.arraycopy(out.delta, there, in.delta, here, plane);
                }
            }
        }
    }
}
