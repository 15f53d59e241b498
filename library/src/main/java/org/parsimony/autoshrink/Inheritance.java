package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * Weights of a network of cells taken over from one whose cell has other edges. Every channel is known by the convolution that
 * made it, so a weight finds the channel that it reads wherever concatenation puts it. A channel that was not read before is
 * read with weight zero: what a cell newly gives changes nothing until it is trained.
 */
final class Inheritance {

    private Inheritance() {}

    /**
     * @param parent whose weights are taken
     * @param weights those of {@code parent}
     * @param child of the same layout
     * @param fresh weights of {@code child} for kernels of single channels that {@code parent} has not
     */
    static Map<String, Weights> of(
            Blueprint parent, Map<String, Weights> weights, Blueprint child, Map<String, Weights> fresh) {
        Map<String, List<String>> before = channels(parent);
        Map<String, List<String>> now = channels(child);
        Map<String, Blueprint.Node> old = new HashMap<>();
        parent.nodes().forEach(node -> old.put(node.name(), node));
        Map<String, Weights> taken = new LinkedHashMap<>();
        for (Blueprint.Node node : child.parametrised()) {
            Weights own = weights.get(node.name());
            Weights drawn = fresh.get(node.name());
            if (own == null) {
                taken.put(node.name(), drawn);
                continue;
            }
            List<String> from = before.get(old.get(node.name()).reads().get(0));
            List<String> to = now.get(node.reads().get(0));
            taken.put(node.name(), byRow(node.op()) ? rows(own, from, to) : columns(own, from, to, drawn));
        }
        return taken;
    }

    /** Whether rows of its weights go with the channels that it reads, rather than columns. */
    private static boolean byRow(Op op) {
        return op instanceof Op.Plain plain && !(plain.layer() instanceof Layers.BatchNorm);
    }

    private static Weights rows(Weights own, List<String> from, List<String> to) {
        int each = own.rows() / from.size();
        int cols = own.cols();
        float[] values = new float[to.size() * each * cols];
        for (int c = 0; c < to.size(); c++) {
            int at = from.indexOf(to.get(c));
            if (at >= 0) {
                System.arraycopy(own.values(), at * each * cols, values, c * each * cols, each * cols);
            }
        }
        return new Weights(to.size() * each, cols, values, own.bias());
    }

    private static Weights columns(Weights own, List<String> from, List<String> to, Weights fresh) {
        int each = own.cols() / from.size();
        int cols = to.size() * each;
        float[] values = fresh.values().clone();
        for (int c = 0; c < to.size(); c++) {
            int at = from.indexOf(to.get(c));
            for (int r = 0; at >= 0 && r < own.rows(); r++) {
                System.arraycopy(own.values(), r * own.cols() + at * each, values, r * cols + c * each, each);
            }
        }
        return new Weights(own.rows(), cols, values, fresh.bias());
    }

    /** Who made each channel that leaves a node, by the node's name. */
    private static Map<String, List<String>> channels(Blueprint blueprint) {
        Map<String, Shape> shapes = blueprint.shapes();
        Map<String, List<String>> made = new HashMap<>();
        blueprint.inputs().forEach((name, shape) -> made.put(name, names(name, shape.channels())));
        for (Blueprint.Node node : blueprint.nodes()) {
            boolean makes = byRow(node.op()) && node.op().weights(Blueprint.reaching(node, shapes)).length > 0;
            List<String> out = new ArrayList<>();
            if (makes) {
                out.addAll(names(node.name(), shapes.get(node.name()).channels()));
            } else if (node.op() == Op.Join.CONCAT) {
                node.reads().forEach(read -> out.addAll(made.get(read)));
            } else {
                out.addAll(made.get(node.reads().get(0)));
            }
            made.put(node.name(), out);
        }
        return made;
    }

    private static List<String> names(String node, int channels) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            names.add(node + "/" + c);
        }
        return names;
    }
}
