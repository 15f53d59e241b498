package org.parsimony.network.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.files.KerasOrder;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;

/**
 * Gives arrays to the layers of a network: in order, each layer the first that are left and that it can take. Which order
 * the sides of matrices and kernels have, that of Keras ({@code [inputs × outputs]}, channels last) or of PyTorch
 * ({@code [outputs × inputs]}, channels first), is the file's usual one unless only the other fits.
 */
final class WeightsFit {

    /** In which order sides stand. */
    enum Order {
        KERAS,
        TORCH
    }

    private final String file;
    private final Blueprint blueprint;
    private final Map<String, Shape> shapes;

    WeightsFit(String file, Model fresh, int... shape) {
        this(file, Blueprint.of(fresh, shape));
    }

    private WeightsFit(String file, Blueprint blueprint) {
        this.file = file;
        this.blueprint = blueprint;
        shapes = blueprint.shapes();
    }

    /** Arrays that have the names of nodes, {@code NODE.weight}, in PyTorch's order. */
    static Model byName(Blueprint blueprint, List<NamedArray> arrays) {
        WeightsFit fit = new WeightsFit("it", blueprint);
        Map<String, Weights> weights = new HashMap<>();
        for (Node node : blueprint.parametrised()) {
            List<NamedArray> own = arrays.stream()
                    .filter(array -> array.name().equals(node.name() + "." + array.part()))
                    .toList();
            Weights taken = fit.layer(node, Order.TORCH).take(own);
            Require.that(taken != null, "node %s cannot take the arrays %s", node.text(), own);
            weights.put(node.name(), taken);
        }
        return blueprint.model(weights);
    }

    /** All parameters one after the other: of each layer its weights {@code [inputs × outputs]}, then its biases. */
    Model flat(INDArray all) {
        float[] values = all.dup('c').data().asFloat();
        Map<String, Weights> weights = new HashMap<>();
        int at = 0;
        for (Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            int biases = node.op().biased() ? size[1] : 0;
            int end = at + size[0] * size[1] + biases;
            Require.that(
                    end <= values.length,
                    "%s has %d numbers, too few for layer %s and those before it, which have %d",
                    file,
                    values.length,
                    node.text(),
                    end);
            float[] own = new NamedArray(file, new int[0], Arrays.copyOfRange(values, at, end)).values();
            float[] matrix = Arrays.copyOf(own, size[0] * size[1]);
            weights.put(
                    node.name(),
                    new Weights(size[0], size[1], matrix, Arrays.copyOfRange(own, matrix.length, own.length)));
            at = end;
        }
        Require.that(
                at == values.length,
                "%s has %d numbers, but the architecture has %d parameters",
                file,
                values.length,
                at);
        return blueprint.model(weights);
    }

    /** Throws IllegalArgumentException, naming the layer that no arrays fit, or the arrays that are left. */
    Model of(List<NamedArray> arrays, Order usual) {
        try {
            return fitted(arrays, usual);
        } catch (IllegalArgumentException e) {
            try {
                return fitted(arrays, usual == Order.KERAS ? Order.TORCH : Order.KERAS);
            } catch (IllegalArgumentException other) {
                throw e;
            }
        }
    }

    private Model fitted(List<NamedArray> arrays, Order order) {
        List<List<NamedArray>> groups = groups(arrays);
        Map<String, Weights> weights = new HashMap<>();
        for (Node node : blueprint.parametrised()) {
            LayerFit layer = layer(node, order);
            Weights taken = null;
            for (int g = 0; g < groups.size() && taken == null; g++) {
                taken = layer.take(groups.get(g));
                if (taken != null) {
                    groups.remove(g);
                }
            }
            Require.that(
                    taken != null,
                    "layer %s takes %s, but of %s only %s is left",
                    node.text(),
                    layer.wanted(),
                    file,
                    groups);
            weights.put(node.name(), taken);
        }
        Require.that(groups.isEmpty(), "%s has arrays %s, for which the architecture has no layer", file, groups);
        return blueprint.model(weights);
    }

    private LayerFit layer(Node node, Order order) {
        return new LayerFit(node.op(), Blueprint.reaching(node, shapes).get(0), order, flattened(node, order));
    }

    /** The order that values have which reach a layer behind a flattened image, through what keeps it; else ours. */
    private KerasOrder flattened(Node node, Order order) {
        Map<String, Node> nodes = new HashMap<>();
        blueprint.nodes().forEach(each -> nodes.put(each.name(), each));
        Node at = nodes.get(node.reads().get(0));
        while (order == Order.KERAS && at != null && !shapes.get(at.name()).image()) {
            Shape in = shapes.get(at.reads().get(0));
            boolean one = at.reads().size() == 1
                    && (at.op().weights(List.of(in)).length == 0
                            || shapes.get(at.name()).size() == in.size()
                                    && !at.op().biased());
            if (!one) {
                break;
            }
            if (in.image()) {
                return KerasOrder.flattened(in);
            }
            at = nodes.get(at.reads().get(0));
        }
        return KerasOrder.same(shapes.get(node.reads().get(0)).size());
    }

    /** The arrays of each layer together, in the order of the layers as far as names tell. */
    private static List<List<NamedArray>> groups(List<NamedArray> arrays) {
        boolean paths = arrays.stream().anyMatch(array -> array.name().matches(".+[./].+"));
        boolean numbered = arrays.stream().allMatch(array -> array.name().matches("\\D+\\d+"))
                && arrays.stream()
                                .map(array -> array.name().replaceAll("\\d", ""))
                                .distinct()
                                .count()
                        > 1;
        Map<String, List<NamedArray>> groups = new LinkedHashMap<>();
        String last = "";
        for (NamedArray array : arrays) {
            String name = array.name();
            if (paths) {
                last = name.substring(
                        0, Math.max(0, name.length() - array.part().length()));
            } else if (numbered) {
                last = name.replaceAll("\\D", "");
            } else if (array.shape().length > 1 || last.isEmpty()) {
                last = name;
            }
            groups.computeIfAbsent(last, key -> new ArrayList<>()).add(array);
        }
        List<String> keys = new ArrayList<>(groups.keySet());
        keys.sort(WeightsFit::natural);
        return new ArrayList<>(keys.stream().map(groups::get).toList());
    }

    /** Texts with their numbers as numbers: fc2 before fc10. */
    static int natural(String a, String b) {
        String[] as = a.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
        String[] bs = b.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
        for (int i = 0; i < Math.min(as.length, bs.length); i++) {
            boolean numbers = as[i].matches("\\d{1,18}") && bs[i].matches("\\d{1,18}");
            int order = numbers ? Long.compare(Long.parseLong(as[i]), Long.parseLong(bs[i])) : as[i].compareTo(bs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(as.length, bs.length);
    }
}
