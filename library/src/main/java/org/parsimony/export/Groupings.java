package org.parsimony.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;

/**
 * Convolutions in groups. A {@link Blueprint} has them as what they are, a convolution of each part of the channels and a
 * concatenation; formats with a word for groups write one convolution instead.
 */
public final class Groupings {

    /**
     * One convolution in groups.
     *
     * @param reads node or input whose channels are shared out
     * @param parts the convolutions, one a group, all alike
     */
    public record Grouping(String reads, List<Node> parts) {}

    private final Map<String, Grouping> byConcat = new HashMap<>();
    private final Set<String> absorbed = new HashSet<>();

    /** Finds those of a network. */
    public Groupings(Blueprint blueprint) {
        Map<String, Node> nodes = new HashMap<>();
        Map<String, Integer> uses = new HashMap<>();
        blueprint.nodes().forEach(node -> {
            nodes.put(node.name(), node);
            node.reads().forEach(read -> uses.merge(read, 1, Integer::sum));
        });
        Map<String, Shape> shapes = blueprint.shapes();
        for (Node concat : blueprint.nodes()) {
            Grouping grouping = concat.op() == Op.Join.CONCAT ? grouping(concat, nodes, uses, shapes) : null;
            if (grouping != null) {
                byConcat.put(concat.name(), grouping);
                grouping.parts().forEach(part -> {
                    absorbed.add(part.name());
                    absorbed.addAll(part.reads());
                });
            }
        }
    }

    /** The grouping that ends in this node, or null. */
    public Grouping endingIn(Node node) {
        return byConcat.get(node.name());
    }

    /** Whether the node is a part of a grouping, which the concatenation stands for. */
    public boolean absorbs(Node node) {
        return absorbed.contains(node.name());
    }

    private static Grouping grouping(
            Node concat, Map<String, Node> nodes, Map<String, Integer> uses, Map<String, Shape> shapes) {
        List<Node> parts = new ArrayList<>();
        String source = null;
        int next = 0;
        for (String read : concat.reads()) {
            Node conv = nodes.get(read);
            Node subset = conv == null || uses.get(read) > 1
                    ? null
                    : nodes.get(conv.reads().get(0));
            boolean plain = subset != null
                    && uses.get(subset.name()) == 1
                    && subset.op() instanceof Op.Subset
                    && conv.op() instanceof Op.Plain one
                    && one.layer() instanceof Layers.Convolution;
            if (!plain) {
                return null;
            }
            Op.Subset taken = (Op.Subset) subset.op();
            Op.Subset first = parts.isEmpty()
                    ? taken
                    : (Op.Subset) nodes.get(parts.get(0).reads().get(0)).op();
            source = source == null ? subset.reads().get(0) : source;
            boolean alike = source.equals(subset.reads().get(0))
                    && taken.from() == next
                    && taken.to() - taken.from() == first.to() - first.from()
                    && (parts.isEmpty() || conv.op().equals(parts.get(0).op()));
            if (!alike) {
                return null;
            }
            parts.add(conv);
            next = taken.to() + 1;
        }
        return next == shapes.get(source).channels() ? new Grouping(source, List.copyOf(parts)) : null;
    }
}
