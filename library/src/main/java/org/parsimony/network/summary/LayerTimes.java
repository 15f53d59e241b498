package org.parsimony.network.summary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.graph.Pass;
import org.parsimony.network.graph.Wiring;

/** How long each node of a network takes for a batch, each measured by itself with the inputs that reach it. */
final class LayerTimes {

    private LayerTimes() {}

    /**
     * Median seconds by name of the node.
     *
     * @param x a batch, as the network takes it
     * @param repeats passes that count, after as many to warm up
     */
    static Map<String, Double> of(Model model, INDArray x, int repeats) {
        Map<String, Double> seconds = new HashMap<>();
        Pass pass = new Pass(model.net(), Statistics.RUNNING);
        Wiring wiring = model.net().wiring();
        pass.through(
                pass.input(x),
                pass.first(),
                pass.end(),
                (node, in) -> seconds.put(
                        wiring.nodes().get(node).name(),
                        median(
                                () -> pass.give(
                                        node, in.stream().map(INDArray::dup).toList()),
                                repeats)));
        return seconds;
    }

    private static double median(Supplier<INDArray> pass, int repeats) {
        double[] seconds = new double[repeats];
        for (int r = -repeats; r < repeats; r++) {
            long start = System.nanoTime();
            pass.get();
            if (r >= 0) {
                seconds[r] = (System.nanoTime() - start) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        return seconds[repeats / 2];
    }
}
