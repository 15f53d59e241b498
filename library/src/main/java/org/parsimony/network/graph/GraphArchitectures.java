package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;

/**
 * Networks with branches as the literature compresses them, for images of any size. Convolutions have no biases where batch
 * norm follows.
 *
 * <ul>
 *   <li>{@code resnetD}, D = 6n + 2: He et al. 2016, "Deep Residual Learning for Image Recognition", section 4.2: three stages
 *       of n blocks of two 3×3 convolutions, 16, 32 and 64 filters; projections (option B) where the size changes. {@code
 *       resnet20} has 272,474 parameters for CIFAR-10. {@code resnet8-4-8-16} has other widths.
 *   <li>{@code mobilenet}: as Howard et al. 2017, "MobileNets", a 3×3 convolution and depthwise separable ones with ReLU6, small
 *       enough for images of 28 to 32 pixels.
 *   <li>{@code inception}: as Szegedy et al. 2015, "Going Deeper with Convolutions", two modules of four concatenated branches
 *       behind a 3×3 convolution.
 * </ul>
 */
public final class GraphArchitectures {

    private static final Pattern RESNET = Pattern.compile("resnet(\\d{1,3})((?:-\\d{1,4}){3})?");
    private static final int[] RESNET_WIDTHS = {16, 32, 64};
    private static final int[][] MOBILENET = {{32, 1}, {64, 2}, {64, 1}, {128, 2}, {128, 1}};
    private static final int LEAST_SIDE = 8;
    private static final String NORM = "batchnorm 1e-5 0.9";
    private static final String RELU = "relu";

    private final List<Blueprint.Node> nodes = new ArrayList<>();

    private GraphArchitectures() {}

    /** Names for messages and completion; {@link #knows} knows other depths and widths too. */
    public static List<String> names() {
        return List.of("resnet20", "mobilenet", "inception");
    }

    /** Whether {@code name} is one of theirs. */
    public static boolean knows(String name) {
        return names().contains(name) || RESNET.matcher(name).matches();
    }

    /**
     * The network of this name.
     *
     * @param in shape of the images, sides of at least 8
     * @param classes at least 2
     * @throws IllegalArgumentException if there is none, or if samples are no such images
     */
    public static Blueprint of(String name, Shape in, int classes) {
        Require.that(
                in.image() && in.height() >= LEAST_SIDE && in.width() >= LEAST_SIDE,
                "network %s takes images of at least %d × %d, but samples are %s; take another network or data of images",
                name,
                LEAST_SIDE,
                LEAST_SIDE,
                in);
        Require.atLeast("number of classes", classes, 2);
        GraphArchitectures net = new GraphArchitectures();
        Matcher resnet = RESNET.matcher(name);
        String last;
        if (resnet.matches()) {
            int depth = Integer.parseInt(resnet.group(1));
            Require.that(
                    depth >= 8 && depth % 6 == 2, "network %s has depth %d, but must have 8, 14, 20, …", name, depth);
            int[] widths = resnet.group(2) == null
                    ? RESNET_WIDTHS
                    : Arrays.stream(resnet.group(2).substring(1).split("-"))
                            .mapToInt(Integer::parseInt)
                            .toArray();
            last = net.residual((depth - 2) / 6, widths);
        } else {
            Require.that(
                    names().contains(name), "there is no network \"%s\"; there are %s", name, String.join(", ", names()));
            last = name.equals("mobilenet") ? net.mobile() : net.inception();
        }
        return net.classified(in, last, classes);
    }

    private String add(String name, String words, String... reads) {
        nodes.add(new Blueprint.Node(name, Op.parse(words), List.of(reads)));
        return name;
    }

    /** A convolution without biases, batch norm, and an activation or none. */
    private String normed(String name, String convolution, String activation, String from) {
        String sums = add(name, convolution + " nobias", from);
        String normed = add(name + "_norm", NORM, sums);
        return activation.isEmpty() ? normed : add(name + "_" + activation, "activation " + activation, normed);
    }

    private String residual(int blocks, int[] widths) {
        String x = normed("stem", "conv " + widths[0] + " 3x3 pad 1x1", RELU, "image");
        for (int stage = 0; stage < widths.length; stage++) {
            for (int block = 0; block < blocks; block++) {
                String name = "s" + (stage + 1) + "b" + (block + 1);
                String step = stage > 0 && block == 0 ? " by 2x2" : "";
                String a = normed(name + "_a", "conv " + widths[stage] + " 3x3" + step + " pad 1x1", RELU, x);
                String b = normed(name + "_b", "conv " + widths[stage] + " 3x3 pad 1x1", "", a);
                String kept = step.isEmpty()
                        ? x
                        : normed(name + "_short", "conv " + widths[stage] + " 1x1" + step, "", x);
                x = add(name, "activation " + RELU, add(name + "_sum", "add", b, kept));
            }
        }
        return x;
    }

    private String mobile() {
        String relu6 = "relu6";
        String x = normed("stem", "conv 16 3x3 same", relu6, "image");
        for (int block = 0; block < MOBILENET.length; block++) {
            String step = MOBILENET[block][1] == 1 ? "" : " by 2x2";
            String depthwise = normed("depthwise" + (block + 1), "depthwise 1 3x3" + step + " same", relu6, x);
            x = normed("pointwise" + (block + 1), "conv " + MOBILENET[block][0] + " 1x1", relu6, depthwise);
        }
        return x;
    }

    private String inception() {
        String stem = normed("stem", "conv 16 3x3 same", RELU, "image");
        String first = module("m1", 1, stem);
        return module("m2", 2, add("reduce", "max 2x2 by 2x2", first));
    }

    /** Branches of 1×1, 3×3 and 5×5 convolutions and of pooling, the larger ones behind a 1×1 that narrows. */
    private String module(String name, int times, String from) {
        String one = normed(name + "_1x1", "conv " + 8 * times + " 1x1", RELU, from);
        String narrow3 = normed(name + "_3x3_narrow", "conv " + 8 * times + " 1x1", RELU, from);
        String three = normed(name + "_3x3", "conv " + 16 * times + " 3x3 same", RELU, narrow3);
        String narrow5 = normed(name + "_5x5_narrow", "conv " + 4 * times + " 1x1", RELU, from);
        String five = normed(name + "_5x5", "conv " + 8 * times + " 5x5 same", RELU, narrow5);
        String pooled = add(name + "_pool", "max 3x3 same", from);
        String pool = normed(name + "_pool_1x1", "conv " + 8 * times + " 1x1", RELU, pooled);
        return add(name, "concat", one, three, five, pool);
    }

    /** The mean of each channel and a dense layer of classes behind {@code last}. */
    private Blueprint classified(Shape in, String last, int classes) {
        Shape map = in;
        Map<String, Shape> shapes = new HashMap<>(Map.of("image", in));
        for (Blueprint.Node node : nodes) {
            map = node.op().out(Blueprint.reaching(node, shapes));
            shapes.put(node.name(), map);
        }
        String size = map.height() + "x" + map.width();
        String mean = add("mean", "avg " + size + " by " + size, last);
        add("classes", "dense " + classes + " softmax", add("flat", "flatten", mean));
        return new Blueprint(Map.of("image", in), nodes);
    }
}
