package org.parsimony.timing;

import org.parsimony.network.Cost;
import org.parsimony.network.Model;

/** What a network can be charged for, whichever method asks. */
public enum Charge {
    /** Trainable parameters. */
    PARAMETERS {
        @Override
        public double of(Model model, int... shape) {
            return Cost.of(model, shape).parameters();
        }
    },
    /** Multiply-accumulates for one sample. */
    MACS {
        @Override
        public double of(Model model, int... shape) {
            return Cost.of(model, shape).macsDense();
        }
    },
    /** Bytes of the parameters as 32-bit floats. */
    BYTES {
        @Override
        public double of(Model model, int... shape) {
            return Cost.of(model, shape).bytes();
        }
    },
    /**
     * Predicted seconds of a forward pass of one sample, from kernels of the grid of this machine's {@link LatencyTable}: the same
     * from one moment to the next, and others on other machines.
     */
    LATENCY {
        @Override
        public double of(Model model, int... shape) {
            return LatencyTable.here().predict(model, Detail.GRID, shape).seconds();
        }
    };

    /**
     * What {@code model} costs.
     *
     * @param shape of a sample: {@code {inputs}} or {@code {channels, height, width}}
     */
    public abstract double of(Model model, int... shape);
}
