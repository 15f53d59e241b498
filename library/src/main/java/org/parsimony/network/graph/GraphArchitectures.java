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
 *   <li>{@code mobilenet-8-16-16-32}: in the form of Howard et al. 2017, "MobileNets", table 1: a 3×3 convolution of stride 2,
 *       then blocks of a depthwise 3×3 and a pointwise 1×1 convolution, every second with stride 2. The numbers are filters of
 *       the first convolution and of the pointwise ones; {@code mobilenet} alone is {@code mobilenet-16-32-64-64-128-128}.
 *   <li>{@code inception}: as Szegedy et al. 2015, "Going Deeper with Convolutions", two modules of four concatenated branches
 *       behind a 3×3 convolution.
 * </ul>
 */
public final class GraphArchitectures {

    private static final Pattern RESNET = Pattern.compile("resnet(\\d{1,3})((?:-\\d{1,4}){3})?");
    private static final int[] RESNET_WIDTHS = {16, 32, 64};
    private static final Pattern MOBILENET = Pattern.compile("mobilenet((?:-\\d{1,4}){2,})?");
    private static final int[] MOBILENET_WIDTHS = {16, 32, 64, 64, 128, 128};
    private static final int LEAST_SIDE = 4;
    private static final String NORM = "batchnorm 0.001 0.9";
    private static final String RELU = "relu";
    private static final String INCEPTION = "inception";
    private static final String IMAGE = "x";

    private final List<Blueprint.Node> nodes = new ArrayList<>();

    private GraphArchitectures() {}

    /** Names for messages and completion; {@link #knows} knows other depths and widths too. */
    public static List<String> names() {
        return List.of("resnet20", "mobilenet", INCEPTION);
    }

    /** Whether {@code name} is one of theirs. */
    public static boolean knows(String name) {
        return name.equals(INCEPTION)
                || RESNET.matcher(name).matches()
                || MOBILENET.matcher(name).matches();
    }

    /**
     * The network of this name.
     *
     * @param in shape of the images, sides of at least 4
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
            last = net.residual((depth - 2) / 6, widths(resnet.group(2), RESNET_WIDTHS));
        } else {
            Matcher mobilenet = MOBILENET.matcher(name);
            Require.that(
                    mobilenet.matches() || name.equals(INCEPTION),
                    "there is no network \"%s\"; there are %s",
                    name,
                    String.join(", ", names()));
            last = mobilenet.matches() ? net.mobile(in, widths(mobilenet.group(1), MOBILENET_WIDTHS)) : net.inception();
        }
        return net.classified(in, last, classes);
    }

    private static int[] widths(String text, int[] usual) {
        int[] widths = text == null
                ? usual
                : Arrays.stream(text.substring(1).split("-"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        for (int width : widths) {
            Require.atLeast("width", width, 1);
        }
        return widths;
    }

    private String add(String name, String words, String... reads) {
        nodes.add(new Blueprint.Node(name, Op.parse(words), List.of(reads)));
        return name;
    }

    /** A convolution without biases, batch norm, and an activation or none. */
    private String normed(String name, String convolution, String activation, String from) {
        String sums = add(name, convolution + " nobias", from);
        String normed = add(name + " norm", NORM, sums);
        return activation.isEmpty() ? normed : add(name + " relu", "activation " + activation, normed);
    }

    private String residual(int blocks, int[] widths) {
        String x = normed("stem", "conv " + widths[0] + " 3x3 pad 1x1", RELU, IMAGE);
        for (int stage = 0; stage < widths.length; stage++) {
            for (int block = 0; block < blocks; block++) {
                String name = "s" + (stage + 1) + "b" + (block + 1);
                String step = stage > 0 && block == 0 ? " by 2x2" : "";
                String a = normed(name + " a", "conv " + widths[stage] + " 3x3" + step + " pad 1x1", RELU, x);
                String b = normed(name + " b", "conv " + widths[stage] + " 3x3 pad 1x1", "", a);
                String kept =
                        step.isEmpty() ? x : normed(name + " short", "conv " + widths[stage] + " 1x1" + step, "", x);
                x = add(name, "activation " + RELU, add(name + " sum", "add", b, kept));
            }
        }
        return x;
    }

    private String mobile(Shape in, int[] widths) {
        String x = normed("stem", "conv " + widths[0] + " 3x3 by 2x2 same", RELU, IMAGE);
        int least = (Math.min(in.height(), in.width()) + 1) / 2;
        for (int block = 1; block < widths.length; block++) {
            boolean strided = block % 2 == 0 && least > 1;
            least = strided ? (least + 1) / 2 : least;
            String step = strided ? " by 2x2" : "";
            String depthwise = normed("depthwise " + block, "depthwise 1 3x3" + step + " same", RELU, x);
            x = normed("pointwise " + block, "conv " + widths[block] + " 1x1 same", RELU, depthwise);
        }
        return x;
    }

    private String inception() {
        String stem = normed("stem", "conv 16 3x3 same", RELU, IMAGE);
        String first = module("m1", 1, stem);
        return module("m2", 2, add("reduce", "max 2x2 by 2x2", first));
    }

    /** Branches of 1×1, 3×3 and 5×5 convolutions and of pooling, the larger ones behind a 1×1 that narrows. */
    private String module(String name, int times, String from) {
        String one = normed(name + " 1x1", "conv " + 8 * times + " 1x1", RELU, from);
        String narrow3 = normed(name + " 3x3 narrow", "conv " + 8 * times + " 1x1", RELU, from);
        String three = normed(name + " 3x3", "conv " + 16 * times + " 3x3 same", RELU, narrow3);
        String narrow5 = normed(name + " 5x5 narrow", "conv " + 4 * times + " 1x1", RELU, from);
        String five = normed(name + " 5x5", "conv " + 8 * times + " 5x5 same", RELU, narrow5);
        String pooled = add(name + " pool", "max 3x3 same", from);
        String pool = normed(name + " pool 1x1", "conv " + 8 * times + " 1x1", RELU, pooled);
        return add(name, "concat", one, three, five, pool);
    }

    /** The mean of each channel and a dense layer of classes behind {@code last}. */
    private Blueprint classified(Shape in, String last, int classes) {
        Shape map = in;
        Map<String, Shape> shapes = new HashMap<>(Map.of(IMAGE, in));
        for (Blueprint.Node node : nodes) {
            map = node.op().out(Blueprint.reaching(node, shapes));
            shapes.put(node.name(), map);
        }
        String mean = add("mean", "avg " + map.height() + "x" + map.width(), last);
        add("classes", "dense " + classes + " softmax", add("flat", "flatten", mean));
        return new Blueprint(Map.of(IMAGE, in), nodes);
    }
}
