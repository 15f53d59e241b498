package org.parsimony.timing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;

/**
 * The kernels of a network, in the order in which they are computed. A layer and its activation function are one; flattening,
 * which moves nothing, is none.
 *
 * @param container what runs them
 * @param named by name of the layer or node
 */
public record Kernels(Container container, Map<String, Kernel> named) {

    public Kernels {
        named = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /**
     * Of a network as Deeplearning4j runs it.
     *
     * @param shape of a sample: {@code {inputs}} or {@code {channels, height, width}}
     * @throws IllegalArgumentException if it has a layer for which there are no words, by name
     */
    public static Kernels of(Model model, int... shape) {
        int[] images = model.takesImages() ? shape : new int[0]; // vectors are as long as the network says itself
        return of(Blueprint.of(model, images), model.isGraph() ? Container.GRAPH : Container.CHAIN, images);
    }

    /** Of a network that is not built yet. */
    public static Kernels of(Blueprint blueprint, Container container, int... shape) {
        Map<String, Shape> inputs = blueprint.inputs();
        if (inputs.size() == 1 && shape.length == 3) {
            Map.Entry<String, Shape> only = inputs.entrySet().iterator().next();
            Shape given = Shape.of(shape);
            inputs = only.getValue().image() == given.image() ? Map.of(only.getKey(), given) : inputs;
        }
        Map<String, Shape> shapes = blueprint.shapes(inputs);
        Map<String, Kernel> named = new LinkedHashMap<>();
        for (Blueprint.Node node : blueprint.nodes()) {
            if (!isFlatten(node.op())) {
                named.put(node.name(), new Kernel(node.op(), Blueprint.reaching(node, shapes), null));
            }
        }
        return new Kernels(container, named);
    }

    /** Of a coded network as it runs on its code. Each layer is decoded once to see what its weights are like. */
    public static Kernels of(CodedNetwork network) {
        Blueprint blueprint = network.blueprint();
        Map<String, Shape> shapes = blueprint.shapes();
        List<CodedLayer> layers = new ArrayList<>(network.layers());
        Map<String, Kernel> named = new LinkedHashMap<>();
        for (Blueprint.Node node : blueprint.nodes()) {
            List<Shape> in = Blueprint.reaching(node, shapes);
            Stored stored = Stored.PLAIN;
            if (node.op().weights(in).length > 0) {
                CodedLayer layer = layers.remove(0);
                boolean multiplies = node.op() instanceof Op.Plain plain
                        && (plain.layer() instanceof Layers.Dense || plain.layer() instanceof Layers.Convolution);
                stored = multiplies ? Stored.of(layer.matrix()) : stored;
            }
            if (!isFlatten(node.op())) {
                named.put(node.name(), new Kernel(node.op(), in, stored));
            }
        }
        return new Kernels(Container.CODED, named);
    }

    private static boolean isFlatten(Op op) {
        return op instanceof Op.Plain plain && plain.layer() instanceof Layers.Flatten;
    }

    /** The kernel of this name. Throws IllegalArgumentException if there is none. */
    public Kernel get(String name) {
        Kernel kernel = named.get(name);
        Require.that(kernel != null, "there is no layer \"%s\"; there are %s", name, named.keySet());
        return kernel;
    }

    /** In order. */
    public List<Kernel> list() {
        return List.copyOf(named.values());
    }
}
