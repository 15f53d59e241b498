package org.parsimony.timing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.parsimony.base.Seeds;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * A network that is measured as a whole. {@link #of} draws one at random, to fit or to judge predictions by: perceptrons; convolutions with batch norm, pooling and dense
 * layers; as graphs also depthwise convolutions and shortcuts; coded ones with zeros and shared values.
 *
 * @param container what runs it
 * @param shape of a sample
 * @param model that Deeplearning4j runs, null of a coded network
 * @param coded null of one that is not
 */
public record TimedNet(Container container, Shape shape, Model model, CodedNetwork coded) {

    /** Number {@code index} of a series of networks in {@code container}. */
    public static TimedNet of(Container container, String series, int index) {
        SplittableRandom random = Seeds.random(index, series + " " + container);
        boolean images = container == Container.GRAPH || index % 2 == 0;
        Shape in = images
                ? Shape.of(random.nextInt(2) == 0 ? 1 : 3, 8 + 4 * random.nextInt(6), 8 + 4 * random.nextInt(6))
                : Shape.of(32 + random.nextInt(769));
        List<String[]> words = images ? images(container, in, random) : new ArrayList<>();
        int dense = images ? random.nextInt(2) : 1 + random.nextInt(4);
        for (int l = 0; l < dense; l++) {
            words.add(new String[] {"dense " + (8 + random.nextInt(images ? 121 : 505)) + " relu"});
            if (random.nextInt(3) == 0) {
                words.add(new String[] {"batchnorm 0.001 0.9"});
            }
        }
        words.add(new String[] {"dense 10 softmax"});
        Blueprint blueprint = blueprint(in, words);
        if (container == Container.CODED) {
            Map<String, Weights> weights = weights(blueprint, random, random.nextDouble(), 4 << random.nextInt(5));
            Model model = blueprint.model(weights);
            return new TimedNet(container, in, null, CodedNetwork.encode(model, new CodedNetwork.Options()));
        }
        return new TimedNet(container, in, blueprint.model(weights(blueprint, random, 0, 0)), null);
    }

    private static List<String[]> images(Container container, Shape in, SplittableRandom random) {
        List<String[]> words = new ArrayList<>();
        int channels = in.channels();
        int least = Math.min(in.height(), in.width());
        int blocks = 1 + random.nextInt(3);
        for (int b = 0; b < blocks; b++) {
            int filters = 4 + random.nextInt(29);
            int kind = random.nextInt(container == Container.GRAPH ? 4 : 2);
            if (kind == 0) {
                words.add(new String[] {"conv " + filters + " 3x3 same relu"});
            } else if (kind == 1) {
                words.add(new String[] {"conv " + filters + " 5x5 same nobias"});
                words.add(new String[] {"batchnorm 0.001 0.9"});
                words.add(new String[] {"activation relu"});
            } else {
                words.add(new String[] {"depthwise 1 3x3 same nobias"});
                words.add(new String[] {"batchnorm 0.001 0.9"});
                words.add(new String[] {"activation relu"});
                words.add(new String[] {"conv " + filters + " 1x1 relu"});
            }
            channels = filters;
            if (kind == 3) { // a shortcut around one more convolution
                words.add(new String[] {"conv " + channels + " 3x3 same", "add"});
            }
            if (least >= 8) {
                words.add(new String[] {(random.nextInt(2) == 0 ? "max" : "avg") + " 2x2 by 2x2"});
                least /= 2;
            }
        }
        words.add(new String[] {"flatten"});
        return words;
    }

    /** Each entry reads the one before it; a second word joins what it gives with what it read. */
    private static Blueprint blueprint(Shape in, List<String[]> words) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        inputs.put("input", in);
        List<Blueprint.Node> nodes = new ArrayList<>();
        String before = "input";
        for (String[] entry : words) {
            String name = "node " + nodes.size();
            nodes.add(new Blueprint.Node(name, Op.parse(entry[0]), List.of(before)));
            if (entry.length > 1) {
                nodes.add(new Blueprint.Node(name + " " + entry[1], Op.parse(entry[1]), List.of(name, before)));
                name += " " + entry[1];
            }
            before = name;
        }
        return new Blueprint(inputs, nodes);
    }

    /** @param values distinct ones, 0 for weights that stand alone */
    private static Map<String, Weights> weights(
            Blueprint blueprint, SplittableRandom random, double zeros, int values) {
        Map<String, Shape> shapes = blueprint.shapes();
        Map<String, Weights> all = new LinkedHashMap<>();
        for (Blueprint.Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            float[] w = new float[size[0] * size[1]];
            for (int i = 0; i < w.length; i++) {
                double value = values == 0 ? random.nextDouble() : (1.0 + random.nextInt(values)) / values;
                w[i] = random.nextDouble() < zeros ? 0 : (float) (0.01 + 0.1 * value);
            }
            float[] bias = node.op().biased() ? new float[size[1]] : new float[0];
            all.put(node.name(), new Weights(size[0], size[1], w, bias));
        }
        return all;
    }

    /** Its kernels. */
    public Kernels kernels() {
        return coded == null ? Kernels.of(model, shape.toArray()) : Kernels.of(coded);
    }

    /** A forward pass of one sample. */
    Runnable pass() {
        return coded == null ? MachineMeter.pass(model, shape) : MachineMeter.pass(coded);
    }
}
