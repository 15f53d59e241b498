package org.parsimony.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;
import org.parsimony.timing.Container;
import org.parsimony.timing.Kernels;

/**
 * The networks that are searched: a 3×3 convolution, blocks with an {@link Operator} each, 2×2 max pooling after half of them,
 * the mean of each channel, and a soft-max layer. A path is an operator's number for each block.
 *
 * @param in shape of the images
 * @param classes at least 2
 * @param blocks at least 2
 * @param channels of every block
 */
record Space(Shape in, int classes, int blocks, int channels) {

    private static final String NORM = "batchnorm 0.001 0.9";
    private static final String RELU = "activation relu";

    Space {
        Require.that(
                in.image() && in.height() >= 4 && in.width() >= 4,
                "samples have shape %s, but the search takes images of at least 4 × 4; use data of images",
                in);
        Require.atLeast("classes", classes, 2);
        Require.atLeast("blocks", blocks, 2);
        Require.atLeast("channels", channels, 1);
    }

    /** Operators to choose from in each block. */
    static int choices() {
        return Operator.values().length;
    }

    /** The network of a path. */
    Blueprint blueprint(int[] path) {
        return new Building().of(path);
    }

    /**
     * For each node with weights, in order, what its weights are called in the super-net: paths with the same operator in a block
     * share them.
     */
    List<String> shared(int[] path) {
        Building building = new Building();
        building.of(path);
        return building.shared;
    }

    /** Its kernels, as the network runs. */
    Kernels kernels(int[] path) {
        Blueprint blueprint = blueprint(path);
        return Kernels.of(blueprint, blueprint.isChain() ? Container.CHAIN : Container.GRAPH);
    }

    /** Fresh weights as He et al. (2015) recommend, each drawn by what it is called. */
    Map<String, Weights> fresh(int[] path, long seed) {
        Blueprint blueprint = blueprint(path);
        Map<String, Shape> shapes = blueprint.shapes();
        List<String> names = shared(path);
        Map<String, Weights> weights = new LinkedHashMap<>();
        List<Blueprint.Node> nodes = blueprint.parametrised();
        for (int n = 0; n < nodes.size(); n++) {
            Op op = nodes.get(n).op();
            int[] size = op.weights(Blueprint.reaching(nodes.get(n), shapes));
            float[] values = new float[size[0] * size[1]];
            if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.BatchNorm) {
                Arrays.fill(values, 0, size[1], 1); // scale, shift, mean, variance
                Arrays.fill(values, 3 * size[1], 4 * size[1], 1);
            } else {
                var random = Seeds.random(seed, names.get(n));
                double deviation = Math.sqrt(2.0 / size[0]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * random.nextGaussian());
                }
            }
            weights.put(
                    nodes.get(n).name(), new Weights(size[0], size[1], values, new float[op.biased() ? size[1] : 0]));
        }
        return weights;
    }

    /** A path in words. */
    static String text(int[] path) {
        return Arrays.stream(path).mapToObj(o -> Operator.values()[o].text()).collect(Collectors.joining(" "));
    }

    private final class Building {

        private final List<Blueprint.Node> nodes = new ArrayList<>();
        private final List<String> shared = new ArrayList<>();
        private String before = "input";
        private Shape shape = in;
        private int layer;

        Blueprint of(int[] path) {
            Require.that(
                    path.length == blocks, "a path has %d operators, but there are %d blocks", path.length, blocks);
            add("stem", "conv " + channels + " 3x3 same nobias", NORM, RELU);
            for (int b = 0; b < blocks; b++) {
                Operator operator = Operator.values()[path[b]];
                List<String> words = new ArrayList<>(operator.words(channels));
                words.addAll(List.of(NORM, RELU));
                add("block " + b + " " + operator.text(), words.toArray(String[]::new));
                if (b + 1 == (blocks + 1) / 2) {
                    add("pool", "max 2x2 by 2x2");
                }
            }
            String side = shape.height() + "x" + shape.width();
            add("head", "avg " + side + " by " + side, "flatten", "dense " + classes + " softmax");
            return new Blueprint(Map.of("input", in), nodes);
        }

        private void add(String part, String... words) {
            for (int w = 0; w < words.length; w++) {
                Op op = Op.parse(words[w]);
                if (op.weights(List.of(shape)).length > 0) {
                    shared.add(part + " " + w);
                }
                boolean flatten = words[w].equals("flatten");
                String name = flatten ? "flatten" : "layer " + layer++;
                nodes.add(new Blueprint.Node(name, op, List.of(before)));
                shape = op.out(List.of(shape));
                before = name;
            }
        }
    }
}
