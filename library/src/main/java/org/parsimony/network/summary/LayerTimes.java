package org.parsimony.network.summary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.graph.Pass;
import org.parsimony.network.graph.Wiring;

/** How long each node of a network takes for a batch, each measured by itself with the inputs that reach it. */
final class LayerTimes {

    private LayerTimes() {}

    /** Passes before those that count: until the JVM has compiled what they call, or so long for a slow layer. */
    private static final int WARM_PASSES = 300;

    private static final long WARM_NANOS = 100_000_000;

    /**
     * Median seconds by name of the node, the JVM warm.
     *
     * @param x a batch, as the network takes it
     * @param repeats passes that count
     */
    static Map<String, Double> of(Model model, INDArray x, int repeats) {
        Map<String, Double> seconds = new HashMap<>();
        Pass pass = new Pass(model.net(), Statistics.RUNNING);
        Wiring wiring = model.net().wiring();
        pass.through(pass.input(x), pass.first(), pass.end(), (node, in) -> {
            long begun = System.nanoTime();
            for (int w = 0; w < WARM_PASSES && System.nanoTime() - begun < WARM_NANOS; w++) {
                seconds(pass, node, in);
            }
            double[] times = new double[repeats];
            for (int r = 0; r < repeats; r++) {
                times[r] = seconds(pass, node, in);
            }
            Arrays.sort(times);
            seconds.put(wiring.nodes().get(node).name(), times[repeats / 2]);
        });
        return seconds;
    }

    /** Of one pass through a node; it gets copies, since a layer may write into its inputs. */
    private static double seconds(Pass pass, int node, List<INDArray> in) {
        List<INDArray> copies = in.stream().map(INDArray::dup).toList();
        long start = System.nanoTime();
        pass.give(node, copies);
        return (System.nanoTime() - start) * 1e-9;
    }
}
