package org.parsimony.splitting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.data.Dataset;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.timing.Charge;

/** What growth is charged for. */
public enum Resource {
    /** Multiply-accumulates for one sample: of the unit itself and of everything that reads it. */
    MACS {
        @Override
        double of(Model model, Dataset data) {
            return Charge.MACS.of(model, data.train().shape());
        }
    },
    /** Bytes of the parameters as 32-bit floats. */
    BYTES {
        @Override
        double of(Model model, Dataset data) {
            return Charge.BYTES.of(model, data.train().shape());
        }
    },
    /**
     * Median seconds of a forward pass of one sample, measured on this machine: other machines, and other moments, choose
     * other widths.
     */
    LATENCY {
        @Override
        double of(Model model, Dataset data) {
            return Cost.latency(model, data.test(), 1, PASSES).median();
        }

        @Override
        double[] ofOneMore(Model model, List<SplitLayer> layers, Dataset data) {
            double now = of(model, data);
            return layers.stream()
                    .mapToDouble(layer -> {
                        int units = layer.units(model);
                        int[] movable = movable(model, layer);
                        int[] more = IntStream.concat(IntStream.range(0, units), IntStream.of(movable))
                                .sorted()
                                .toArray();
                        double[] share = new double[more.length];
                        Arrays.fill(share, 0.5);
                        double wider = of(Surgery.rebuild(model, layer.index(), more, share), data);
                        return Math.max(now * LEAST, wider - now) / movable.length; // a difference may drown in noise
                    })
                    .toArray();
        }

        @Override
        boolean isCounted() {
            return false;
        }
    },
    /**
     * Predicted seconds of a forward pass of one sample, from the table of this machine: other machines choose other widths, other
     * moments do not, and noise does not drown what one unit more costs.
     */
    PREDICTED {
        @Override
        double of(Model model, Dataset data) {
            return Charge.LATENCY.of(model, data.train().shape());
        }

        @Override
        double[] ofOneMore(Model model, List<SplitLayer> layers, Dataset data) {
            double least = LEAST * of(model, data);
            return Arrays.stream(super.ofOneMore(model, layers, data))
                    .map(more -> Math.max(least, more)) // where times of the grid fall, growth is not free
                    .toArray();
        }
    };

    private static final int PASSES = 200;
    /** Doubling a layer is taken to cost at least this share of the latency. */
    private static final double LEAST = 1e-3;

    /** What {@code model} costs. */
    abstract double of(Model model, Dataset data);

    /** What one more unit in each of these layers would cost, the others as they are. */
    double[] ofOneMore(Model model, List<SplitLayer> layers, Dataset data) {
        double now = of(model, data);
        return layers.stream()
                .mapToDouble(
                        layer -> of(Surgery.duplicate(model, layer.index(), movable(model, layer)[0], 0.5), data) - now)
                .toArray();
    }

    private static int[] movable(Model model, SplitLayer layer) {
        boolean[] movable = layer.movable(model);
        return IntStream.range(0, movable.length).filter(j -> movable[j]).toArray();
    }

    /** Whether it is counted, and the same everywhere, rather than measured. */
    boolean isCounted() {
        return true;
    }
}
