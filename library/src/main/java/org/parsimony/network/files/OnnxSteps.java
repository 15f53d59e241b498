package org.parsimony.network.files;

import java.util.List;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.files.OnnxGraph.Signal;
import org.parsimony.network.graph.Op;

/** The steps that one operator of ONNX becomes, one after the other. */
final class OnnxSteps {

    private final OnnxGraph graph;
    private final OnnxNode node;
    private int steps;

    OnnxSteps(OnnxGraph graph, OnnxNode node) {
        this.graph = graph;
        this.node = node;
    }

    /** One more step; the first has the name of the operator's output. */
    Signal step(Op op, Weights weights, Signal... in) {
        String name = steps == 0 ? node.output() : node.output() + "/" + steps;
        steps++;
        return graph.step(node, name, op, weights, List.of(in));
    }

    /** A layer of chains. */
    Signal plain(Layer layer, Weights weights, Signal in) {
        return step(new Op.Plain(layer), weights, in);
    }

    /** A function of each value. */
    Signal activate(String function, Signal in) {
        return plain(new Layers.Activate(function), null, in);
    }

    /** The values of a constant, so many and all finite. */
    float[] finite(OnnxTensor tensor, int length, String what) {
        if (tensor.values().length != length) {
            throw node.refused("has %d values of %s, but must have %d", tensor.values().length, what, length);
        }
        float[] floats = tensor.floats();
        for (int i = 0; i < floats.length; i++) {
            if (!Float.isFinite(floats[i])) {
                throw node.refused("has %s whose value %d is %s, but must be a finite number", what, i, floats[i]);
            }
        }
        return floats;
    }
}
