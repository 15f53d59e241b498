package org.parsimony.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * Nets in the form of MobileNet (Howard and others, arXiv 1704.04861, table 1) for small images: a 3×3 convolution of stride
 * 2, then blocks of a depthwise 3×3 and a pointwise 1×1 convolution, batch norm and ReLU after each of the two, every second
 * block with stride 2; the mean of every channel; classes. None of the convolutions has a bias, as batch norm follows.
 */
final class MobileNets {

    private static final String NORM = "batchnorm 0.001 0.9";

    private final List<Blueprint.Node> nodes = new ArrayList<>();
    private String last = "x";

    private MobileNets() {}

    /**
     * A freshly initialised net, a graph.
     *
     * @param channels of the input
     * @param side height and width of the input, at least 4
     * @param widths filters of the first convolution and of the pointwise ones, at least one block; then classes
     */
    static Model of(int channels, int side, int[] widths, long seed) {
        Backend.tame();
        Require.that(
                widths.length >= 3,
                "a MobileNet has at least 3 widths (its first convolution, a block, classes), but %d were given: %s",
                widths.length,
                Architectures.text(widths));
        Require.atLeast("height and width of a MobileNet's input", side, 4);
        MobileNets net = new MobileNets();
        net.convolution("stem", "conv " + widths[0] + " 3x3 by 2x2");
        int left = (side + 1) / 2;
        for (int block = 1; block < widths.length - 1; block++) {
            boolean strided = block % 2 == 0 && left > 1;
            net.convolution("depthwise " + block, "depthwise 1 3x3" + (strided ? " by 2x2" : ""));
            net.convolution("pointwise " + block, "conv " + widths[block] + " 1x1");
            left = strided ? (left + 1) / 2 : left;
        }
        net.node("mean", "avg " + left + "x" + left);
        net.node("flat", "flatten");
        net.node("classes", "dense " + widths[widths.length - 1] + " softmax");
        Blueprint blueprint = new Blueprint(Map.of("x", Shape.of(channels, side, side)), net.nodes);
        return new Model(blueprint.model(none(blueprint)).net().drawn(seed), new Constraints());
    }

    private void convolution(String name, String words) {
        node(name, words + " same nobias");
        node(name + " norm", NORM);
        node(name + " relu", "activation relu");
    }

    private void node(String name, String words) {
        nodes.add(new Blueprint.Node(name, Op.parse(words), List.of(last)));
        last = name;
    }

    /** Zeros for all weights, which are drawn afterwards. */
    private static Map<String, Weights> none(Blueprint blueprint) {
        Map<String, Shape> shapes = blueprint.shapes();
        Map<String, Weights> none = new LinkedHashMap<>();
        for (Blueprint.Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            none.put(
                    node.name(),
                    new Weights(
                            size[0],
                            size[1],
                            new float[size[0] * size[1]],
                            new float[node.op().biased() ? size[1] : 0]));
        }
        return none;
    }
}
