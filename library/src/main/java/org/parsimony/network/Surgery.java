package org.parsimony.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.network.graph.Groups;
import org.parsimony.network.graph.Groups.Group;
import org.parsimony.network.graph.Rebuilt;

/**
 * Exact surgery on the units of a layer: the neurons of a dense layer or the filters of a convolution.
 *
 * <p>Removing, keeping and duplicating are one operation: the new layer's unit {@code k} is a copy of the old layer's
 * unit {@code source[k]}, and what the layers that read the old unit read from it they read from the copy, times
 * {@code share[k]}. Everything between (batch norm, activation, pooling, dropout, depthwise convolution, flattening) is
 * carried along. In a graph a unit stands for all that is tied to it, the channels that are added to it, multiplied with
 * it, or shared ({@link Groups}), so that naming a unit of any of these layers names it in all. The function is exactly
 * the old one's if the shares of every old unit add up to 1, and exactly the masked one's where a unit is left out.
 *
 * <p>{@link #mask} and {@link #compact} are two verbs: the first makes units powerless and keeps the shape, the second
 * removes what is powerless. For every network and input |masked(x) − compact(x)| &lt; 1e-5.
 *
 * <p>Every method returns a new model and leaves its argument as it was. The optimiser starts afresh, but where a removal in
 * the middle of a training asks for its state to be carried along. Nothing is random.
 * Cost: one copy of the parameters.
 */
public final class Surgery {

    private Surgery() {}

    /**
     * The layers whose units can be removed or duplicated: those with weights, but for the last. Of layers of a graph whose
     * units are tied only the first is listed; it stands for all.
     */
    public static int[] layers(Model model) {
        return Groups.of(model.net()).layers();
    }

    /** Units that the same layers make, all that may go. */
    public static List<Group> groups(Model model) {
        return Groups.of(model.net()).all();
    }

    /** Layers that make the units of {@code layer}, itself among them. */
    public static int[] tied(Model model, int layer) {
        return Groups.of(model.net()).tied(layer);
    }

    /** For each value that the layer {@code reader} takes, the unit of {@code layer} that it belongs to, or −1. */
    public static int[] unitsTaken(Model model, int layer, int reader) {
        return Groups.of(model.net()).unitsTaken(layer, reader);
    }

    /** For each unit of {@code layer}, the unit of {@code other} that is tied to it, or −1. */
    public static int[] counterparts(Model model, int layer, int other) {
        return Groups.of(model.net()).counterparts(layer, other);
    }

    /**
     * The layers with weights that read the units of {@code layer}, in order.
     *
     * @throws IllegalArgumentException if its units must stay; the message says why
     */
    public static int[] readers(Model model, int layer) {
        return Groups.of(model.net()).readers(layer);
    }

    /**
     * The one layer with weights that reads the units of {@code layer}.
     *
     * @throws IllegalArgumentException if there is none, or there are several, or a layer between mixes the units
     */
    public static int nextWithUnits(Model model, int layer) {
        int[] readers = readers(model, layer);
        Require.that(
                readers.length == 1,
                "%s is read by %d layers, %s, but this needs a layer that one layer reads",
                model.net().name(layer),
                readers.length,
                Arrays.stream(readers).mapToObj(model.net()::name).toList());
        return readers[0];
    }

    /**
     * For every unit of {@code layer}, the Euclidean norm of all weights that read it; infinite where the unit must stay.
     */
    public static double[] readNorms(Model model, int layer) {
        return Groups.of(model.net()).readNorms(layer);
    }

    /** Number of units of a layer. */
    public static int units(Model model, int layer) {
        return Groups.of(model.net()).count(layer);
    }

    /** The model with only these units of {@code layer}, in this order; at least one, none twice. */
    public static Model keep(Model model, int layer, int... kept) {
        return keep(model, layer, Model.OptimiserState.LEFT_OUT, kept);
    }

    /**
     * The same in the middle of a training: with {@link Model.OptimiserState#KEPT} the next update of what is kept is that
     * of the network in which the others are masked.
     */
    public static Model keep(Model model, int layer, Model.OptimiserState state, int... kept) {
        Require.that(
                Arrays.stream(kept).distinct().count() == kept.length,
                "units to keep name one twice: %s; to duplicate a unit use Surgery.duplicate",
                Arrays.toString(kept));
        double[] whole = new double[kept.length];
        Arrays.fill(whole, 1);
        return rebuild(model, layer, kept, whole, state);
    }

    /** The model without these units of {@code layer}; at least one must be left. */
    public static Model remove(Model model, int layer, int... removed) {
        return remove(model, layer, Model.OptimiserState.LEFT_OUT, removed);
    }

    /** The same in the middle of a training, as {@link #keep(Model, int, Model.OptimiserState, int...)}. */
    public static Model remove(Model model, int layer, Model.OptimiserState state, int... removed) {
        int units = units(model, layer);
        for (int unit : removed) {
            Require.between("unit to remove from layer " + layer, unit, 0, units - 1);
        }
        Groups groups = Groups.of(model.net());
        int[] gone = Arrays.stream(removed)
                .flatMap(unit -> Arrays.stream(groups.same(layer, unit)))
                .toArray();
        int[] kept = IntStream.range(0, units)
                .filter(unit -> Arrays.stream(gone).noneMatch(r -> r == unit))
                .toArray();
        return keep(model, layer, state, kept);
    }

    /**
     * The model without these units; at least one of every layer must be left.
     *
     * @param removed units by layer
     */
    public static Model remove(Model model, Map<Integer, int[]> removed) {
        Groups groups = Groups.of(model.net());
        requireUnits(model, groups, "remove from", removed);
        return with(model.constraints(), groups.without(removed));
    }

    private static void requireUnits(Model model, Groups groups, String verb, Map<Integer, int[]> units) {
        units.forEach((layer, chosen) -> {
            groups.readers(layer);
            for (int unit : chosen) {
                Require.between("unit to " + verb + " " + model.net().name(layer), unit, 0, groups.count(layer) - 1);
            }
        });
    }

    /**
     * The model with a copy of {@code unit} appended to {@code layer}; the next layer reads {@code share} from the
     * original and {@code 1 - share} from the copy, so that the function stays the same. Where units have places to keep
     * (a subset takes them by place, or some must stay), the copy stands beside its original instead.
     */
    public static Model duplicate(Model model, int layer, int unit, double share) {
        int units = units(model, layer);
        Require.between("unit to duplicate in layer " + layer, unit, 0, units - 1);
        int[] source =
                IntStream.range(0, units + 1).map(k -> k < units ? k : unit).toArray();
        double[] shares = new double[units + 1];
        Arrays.fill(shares, 1);
        shares[unit] = share;
        shares[units] = 1 - share;
        return rebuild(model, layer, source, shares);
    }

    /**
     * The general operation.
     *
     * @param source for every new unit, the old unit it copies; at least one entry
     * @param share for every new unit, the factor on what is read from it
     */
    public static Model rebuild(Model model, int layer, int[] source, double[] share) {
        return rebuild(model, layer, source, share, Model.OptimiserState.LEFT_OUT);
    }

    /**
     * The general operation, with what becomes of the optimiser.
     *
     * @param state whether the optimiser goes on where it stands: its state (momentum, Adam's moments) cut and copied as the
     *     parameters are, its updates and epochs counted on; else it starts afresh
     */
    public static Model rebuild(Model model, int layer, int[] source, double[] share, Model.OptimiserState state) {
        Groups groups = Groups.of(model.net());
        int units = groups.count(layer);
        groups.readers(layer);
        Require.that(
                source.length >= 1,
                "%s would have width 0, but must keep at least 1 unit; its widths now are %s",
                model.net().name(layer),
                Architectures.text(Architectures.widths(model)));
        Require.that(
                source.length == share.length,
                "there are %d units but %d shares for them",
                source.length,
                share.length);
        for (int unit : source) {
            Require.between("unit of " + model.net().name(layer), unit, 0, units - 1);
        }
        Rebuilt rebuilt = groups.rebuild(layer, source, share);
        if (state == Model.OptimiserState.KEPT) {
            UpdaterState.carry(model.net(), rebuilt);
        }
        return with(model.constraints(), rebuilt);
    }

    /** The rebuilt network with what is left of the old one's constraints. */
    private static Model with(Constraints before, Rebuilt rebuilt) {
        Map<Integer, INDArray> masks = new TreeMap<>(before.masks());
        masks.replaceAll((l, mask) -> rebuilt.weights(l, mask).dup());
        Map<Integer, INDArray> ties = new TreeMap<>(before.ties());
        // what reads a share of a unit is no longer equal to what reads a whole one
        ties.replaceAll((l, numbers) ->
                rebuilt.whole(l, rebuilt.weights(l, numbers).add(1)).sub(1));
        return new Model(rebuilt.net(), new Constraints(masks, ties, before.zeroBiases()));
    }

    /**
     * The model with these units of {@code layer} made powerless, and masks that keep them so: the weights into them,
     * their biases and every weight that reads from them are zero. The shape stays.
     */
    public static Model mask(Model model, int layer, int... masked) {
        return mask(model, Map.of(layer, masked));
    }

    /**
     * The same for units of several layers.
     *
     * @param masked units by layer
     */
    public static Model mask(Model model, Map<Integer, int[]> masked) {
        Groups groups = Groups.of(model.net());
        requireUnits(model, groups, "mask in", masked);
        Model copy = model.copy();
        groups.touched(masked).forEach((l, touched) -> {
            copy.mask(l, touched.without(maskOf(copy, l)));
            INDArray bias = copy.net().layer(l).getParam(Anatomy.BIAS);
            if (bias != null) {
                copy.net().layer(l).setParam(Anatomy.BIAS, touched.bias(bias));
            }
        });
        return copy;
    }

    private static INDArray maskOf(Model model, int layer) {
        INDArray mask = model.masks().get(layer);
        return mask != null
                ? mask
                : model.net().layer(layer).getParam(Anatomy.WEIGHTS).like().assign(1);
    }

    /**
     * The model without every unit that no layer reads: all its outgoing weights are zero. A layer of which nothing is
     * read keeps its first unit. Returns an equal copy where there is none.
     */
    public static Model compact(Model model) {
        Groups groups = Groups.of(model.net());
        Map<Integer, int[]> unread = new TreeMap<>();
        List<Integer> idle = new ArrayList<>();
        for (int layer : groups.layers()) {
            double[] norms = groups.readNorms(layer);
            boolean[] stays = new boolean[norms.length];
            if (Arrays.stream(norms).allMatch(norm -> norm == 0)) {
                idle.add(layer);
            }
            for (int other : idle) {
                int[] places = groups.counterparts(layer, other);
                for (int unit = 0; unit < places.length; unit++) {
                    stays[unit] |= places[unit] == 0;
                }
            }
            unread.put(
                    layer,
                    IntStream.range(0, norms.length)
                            .filter(unit -> norms[unit] == 0 && !stays[unit])
                            .toArray());
        }
        boolean allRead = unread.values().stream().allMatch(units -> units.length == 0);
        return allRead ? model.copy() : with(model.constraints(), groups.without(unread));
    }
}
