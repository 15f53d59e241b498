package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Net;
import org.parsimony.network.graph.Wiring.Node;

/**
 * How large a network would be without some of its units, found without taking them out: for a search of how many may go.
 * Counts as {@code Cost} does. Complexity of a question: the sum of all channels of all layers.
 */
public final class Footprint {

    /**
     * A parameter array or the outputs of a layer.
     *
     * @param length values now
     * @param along units of the values along its axes, one list an axis
     */
    private record Block(long length, List<List<Span>> along) {

        long without(Set<Integer> gone) {
            long left = length;
            for (List<Span> axis : along) {
                long kept = axis.stream()
                        .filter(span -> !gone.contains(span.unit()))
                        .mapToLong(Span::width)
                        .sum();
                left = left / Span.total(axis) * kept;
            }
            return left;
        }
    }

    /**
     * The size of a network.
     *
     * @param parameters trainable ones
     * @param activations of one sample: outputs of every layer with weights, without the inputs
     */
    public record Size(long parameters, long activations) {}

    private final Map<Integer, Integer> nodes = new java.util.TreeMap<>();
    private final Units units;
    private final List<Block> parameters = new ArrayList<>();
    private final List<Block> activations = new ArrayList<>();

    private Footprint(Net net, InputType input) {
        Wiring wiring = net.wiring();
        units = Units.of(wiring);
        List<InputType> types = net.outputTypes(input);
        for (int n = 0; n < wiring.nodes().size(); n++) {
            Node node = wiring.nodes().get(n);
            if (node.conf() instanceof BaseLayer && net.layer(node.layer()).numParams() > 0) {
                nodes.put(node.layer(), n);
                net.layer(node.layer()).paramTable().forEach((key, array) -> {
                    if (trained(node, key)) {
                        parameters.add(block(node, key, array));
                    }
                });
                List<Span> gives = units.gives(n);
                activations.add(new Block(
                        types.get(node.layer()).arrayElementsPerExample(), gives == null ? List.of() : List.of(gives)));
            }
        }
    }

    private static boolean trained(Node node, String key) {
        return !(node.conf() instanceof BatchNormalization) || key.equals("gamma") || key.equals("beta");
    }

    private Block block(Node node, String key, INDArray array) {
        int n = nodes.get(node.layer());
        List<List<Span>> along = new ArrayList<>();
        if (Axes.given(node.conf(), key, array) >= 0 && units.gives(n) != null) {
            along.add(units.gives(n));
        }
        if (Axes.taken(node.conf(), key, array) >= 0 && units.takes(n) != null) {
            along.add(units.takes(n));
        }
        return new Block(array.length(), along);
    }

    /** Of a network that takes such inputs. */
    public static Footprint of(Net net, InputType input) {
        return new Footprint(net, input);
    }

    /**
     * The size that is left.
     *
     * @param gone by layer that makes them, marks of the units that go, with all that is tied to them
     */
    public Size without(Map<Integer, boolean[]> gone) {
        Set<Integer> out = new HashSet<>();
        gone.forEach((layer, marks) -> {
            List<Span> gives = units.gives(nodes.get(layer));
            for (int unit = 0; unit < marks.length; unit++) {
                if (marks[unit]) {
                    out.add(gives.get(unit).unit());
                }
            }
        });
        return new Size(sum(parameters, out), sum(activations, out));
    }

    private static long sum(List<Block> blocks, Set<Integer> gone) {
        return blocks.stream().mapToLong(block -> block.without(gone)).sum();
    }
}
