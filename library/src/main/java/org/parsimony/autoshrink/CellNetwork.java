package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/** Networks of cells as blueprints. Nodes have the same names in networks of the same layout, whatever edges the cell has. */
final class CellNetwork {

    private static final String IMAGE = "x";
    private static final String NORM = "batchnorm 0.001 0.9";

    private final List<Blueprint.Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private CellNetwork() {}

    /**
     * A network of cells of one kind.
     *
     * @param in shape of the images
     * @param classes at least 2
     * @throws IllegalArgumentException if samples are no images, or smaller than the stages halve them
     */
    static Blueprint of(Cell cell, Layout layout, Shape in, int classes) {
        Require.that(
                in.image(), "cells are made of convolutions, but samples are vectors of %s; take data of images", in);
        CellNetwork net = new CellNetwork();
        net.shapes.put(IMAGE, in);
        String x = net.normed("stem", "conv " + layout.stem() + " 3x3" + by(layout.stemStep()) + " same", true, IMAGE);
        for (int s = 0; s < layout.widths().length; s++) {
            for (int c = 0; c < layout.cells()[s]; c++) {
                String name = "s" + (s + 1) + "c" + (c + 1);
                x = net.cell(name, cell, layout.widths()[s], c == 0 ? layout.pools()[s] : 1, layout.shortcut(), x);
            }
        }
        if (layout.head() > 0) {
            x = net.normed("head", "conv " + layout.head() + " 1x1", true, x);
        }
        Shape map = net.shapes.get(x);
        String mean = net.add("mean", "avg " + map.height() + "x" + map.width(), x);
        net.add("classes", "dense " + classes + " softmax", net.add("flat", "flatten", mean));
        return new Blueprint(Map.of(IMAGE, in), net.nodes);
    }

    private static String by(int step) {
        return step == 1 ? "" : " by " + step + "x" + step;
    }

    private String cell(String name, Cell cell, int width, int pool, Layout.Shortcut shortcut, String input) {
        Shape in = shapes.get(input);
        Require.that(
                pool == 1 || Math.min(in.height(), in.width()) >= pool,
                "images are %d × %d when they reach %s, which would halve them; take fewer stages or larger images",
                in.height(),
                in.width(),
                name);
        Map<Integer, String> made = new LinkedHashMap<>();
        made.put(0, pool == 1 ? input : add(name + " pool", "max " + pool + "x" + pool + by(pool), input));
        int[] leaves = cell.leaves();
        for (int node : cell.nodes()) {
            if (node > 0) {
                String reads = joined(name + " into " + node, cell.into(node), made);
                boolean leaf = IntStream.of(leaves).anyMatch(other -> other == node);
                boolean rectified = !leaf || shortcut == Layout.Shortcut.NONE;
                made.put(node, operation(name + " n" + node, cell.operations().get(node - 1), width, rectified, reads));
            }
        }
        String out = joined(name + " out", leaves, made);
        if (shortcut == Layout.Shortcut.NONE || out.equals(input)) {
            return out;
        }
        Shape shape = shapes.get(out);
        String past = shape.equals(in)
                ? input
                : normed(name + " short", "conv " + shape.channels() + " 1x1" + by(pool) + " same", false, input);
        return add(name + " sum", "add", out, past);
    }

    private String joined(String name, int[] from, Map<Integer, String> made) {
        String[] reads = Arrays.stream(from).mapToObj(made::get).toArray(String[]::new);
        return reads.length == 1 ? reads[0] : add(name, "concat", reads);
    }

    private String operation(String name, Cell.Operation operation, int width, boolean rectified, String from) {
        String reads = operation == Cell.Operation.SEPARABLE
                ? add(name + " depthwise", "depthwise 1 3x3 same nobias", from)
                : from;
        return normed(name, "conv " + width + " 1x1", rectified, reads);
    }

    /** A convolution without biases, batch norm, and ReLU or none. */
    private String normed(String name, String convolution, boolean rectified, String from) {
        String normed = add(name + " norm", NORM, add(name, convolution + " nobias", from));
        return rectified ? add(name + " relu", "activation relu", normed) : normed;
    }

    private String add(String name, String words, String... reads) {
        Blueprint.Node node = new Blueprint.Node(name, Op.parse(words), List.of(reads));
        shapes.put(name, node.op().out(Blueprint.reaching(node, shapes)));
        nodes.add(node);
        return name;
    }

    /**
     * Fresh weights: normal with variance 2/inputs as He et al. (2015) recommend for ReLU, biases and shifts at zero, scales and
     * variances at one.
     */
    static Map<String, Weights> fresh(Blueprint blueprint, SplittableRandom random) {
        Map<String, Shape> shapes = blueprint.shapes();
        Map<String, Weights> all = new LinkedHashMap<>();
        for (Blueprint.Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            float[] values = new float[size[0] * size[1]];
            if (node.op() instanceof Op.Plain plain && plain.layer() instanceof Layers.BatchNorm) {
                Arrays.fill(values, 0, size[1], 1);
                Arrays.fill(values, 3 * size[1], 4 * size[1], 1);
            } else {
                double spread = Math.sqrt(2.0 / size[0]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (spread * random.nextGaussian());
                }
            }
            all.put(
                    node.name(),
                    new Weights(size[0], size[1], values, new float[node.op().biased() ? size[1] : 0]));
        }
        return all;
    }
}
