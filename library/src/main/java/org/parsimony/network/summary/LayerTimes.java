package org.parsimony.network.summary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Backend;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
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
        Backend.tame();
        Map<String, Double> seconds = new HashMap<>();
        if (!model.isGraph()) {
            INDArray at = x;
            for (int l = 0; l < model.net().layers(); l++) {
                int layer = l;
                INDArray in = at;
                seconds.put(
                        model.net().name(l),
                        median(
                                () -> Forward.through(model.network(), in.dup(), layer, layer + 1, Statistics.RUNNING),
                                repeats));
                at = Forward.through(model.network(), in.dup(), l, l + 1, Statistics.RUNNING);
            }
            return seconds;
        }
        ComputationGraph graph = model.graph();
        Wiring wiring = model.net().wiring();
        Map<String, INDArray> values = new HashMap<>();
        graph.feedForward(wiring.split(x), false).forEach((name, array) -> values.put(name, array.dup()));
        for (Wiring.Node node :
                wiring.nodes().subList(wiring.inputs(), wiring.nodes().size())) {
            var vertex = graph.getVertex(node.name());
            seconds.put(
                    node.name(),
                    median(
                            () -> {
                                for (int i = 0; i < node.reads().size(); i++) {
                                    INDArray in = values.get(wiring.nodes()
                                            .get(node.reads().get(i))
                                            .name());
                                    vertex.setInput(i, in.dup(), LayerWorkspaceMgr.noWorkspaces());
                                }
                                INDArray out = vertex.doForward(false, LayerWorkspaceMgr.noWorkspaces());
                                vertex.clear();
                                return out;
                            },
                            repeats));
        }
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
