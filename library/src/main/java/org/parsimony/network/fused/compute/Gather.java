package org.parsimony.network.fused.compute;

import org.parsimony.data.Samples;

/** The start of a step: the batch's samples, by the shuffled index, side by side in the first signal. */
public final class Gather {

    private final Signal out;
    /** Null if the first layer reads the heap side of the signal. */
    private final OffHeap outside;

    /**
     * @param out where samples go
     * @param outside whether the first layer reads them outside the heap
     */
    public Gather(Signal out, boolean outside) {
        this.out = out;
        this.outside = outside ? out.valueOut() : null;
    }

    /** Gathers the batch, each lane its samples. */
    public void forward(Schedule schedule) {
        schedule.each(this::copy);
    }

    private void copy(Pass pass, int lane) {
        Samples source = pass.source;
        int inputs = source.inputs();
        int to = Schedule.share(pass.samples, lane + 1);
        for (int i = Schedule.share(pass.samples, lane); i < to; i++) {
            int sample = pass.order[pass.from + i];
            pass.labels[i] = source.labels()[sample];
            if (outside == null) {
                System.arraycopy(source.features(), sample * inputs, out.value, i * inputs, inputs);
            } else {
                outside.write(i * inputs, source.features(), sample * inputs, inputs);
            }
        }
    }
}
