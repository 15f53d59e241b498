package org.parsimony.autoshrink;

import java.util.List;
import java.util.Map;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * What a network of cells costs, counted from its blueprint without making it.
 *
 * @param weights of convolutions and dense layers, without biases and batch norm
 * @param parameters all that are trained: weights, biases, scales and shifts of batch norm
 * @param macs multiply-accumulates of convolutions and dense layers for one sample
 */
public record Size(long weights, long parameters, long macs) {

    /** Counts {@code blueprint}. */
    static Size of(Blueprint blueprint) {
        Map<String, Shape> shapes = blueprint.shapes();
        long weights = 0;
        long others = 0;
        long macs = 0;
        for (Blueprint.Node node : blueprint.nodes()) {
            List<Shape> in = Blueprint.reaching(node, shapes);
            int[] size = node.op().weights(in);
            if (size.length == 0) {
                continue;
            }
            if (node.op() instanceof Op.Plain plain && plain.layer() instanceof Layers.BatchNorm) {
                others += 2L * size[1]; // running statistics are not trained
                continue;
            }
            Shape out = shapes.get(node.name());
            long own = (long) size[0] * size[1];
            weights += own;
            others += node.op().biased() ? size[1] : 0;
            macs += own * (out.image() ? out.area() : 1);
        }
        return new Size(weights, weights + others, macs);
    }
}
