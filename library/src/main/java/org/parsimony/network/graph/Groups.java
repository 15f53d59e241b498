package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.network.Net;
import org.parsimony.network.graph.Span.Share;
import org.parsimony.network.graph.Wiring.Node;

/**
 * The units of a network's layers that hang together, and what becomes of its arrays when units go, stay or double.
 *
 * <p>A layer's unit stands for all that is tied to it: the same channel of the layers it is added to, its batch norms and
 * depthwise kernels, every weight that reads it. Units of the network's input and output are held.
 */
public final class Groups {

    private final Net net;
    private final Units units;
    private final Map<Integer, Integer> nodes = new TreeMap<>();

    private Groups(Net net) {
        this.net = net;
        units = Units.of(net.wiring());
        List<Node> all = units.wiring().nodes();
        for (int n = 0; n < all.size(); n++) {
            if (all.get(n).layer() >= 0) {
                nodes.put(all.get(n).layer(), n);
            }
        }
    }

    /** The groups of {@code net}. */
    public static Groups of(Net net) {
        return new Groups(net);
    }

    /**
     * Units that the same layers make, so that they are chosen together.
     *
     * @param layers that make them, in order
     * @param readers layers that read them, in order
     * @param units how many there are
     */
    public record Group(List<Integer> layers, List<Integer> readers, int units) {}

    /** All groups whose units may go, in the order of their first layers. */
    public List<Group> all() {
        return units.groups().stream()
                .map(group -> new Group(makers(group), readers(group), group.size()))
                .toList();
    }

    private List<Integer> makers(Set<Integer> group) {
        return nodes.keySet().stream()
                .filter(l -> makes(l) && touches(units.gives(nodes.get(l)), group))
                .toList();
    }

    private List<Integer> readers(Set<Integer> group) {
        return nodes.keySet().stream()
                .filter(l -> makes(l) && touches(units.takes(nodes.get(l)), group))
                .toList();
    }

    private static boolean touches(List<Span> spans, Set<Integer> group) {
        return spans != null && spans.stream().anyMatch(span -> group.contains(span.unit()));
    }

    /** Whether layer {@code l} makes units: a dense layer or a convolution. */
    public boolean makes(int l) {
        return Wiring.makesUnits(net.conf(l));
    }

    /** Layers that stand for all units that may go: each unit is one of theirs, of as few layers as come first. */
    public int[] layers() {
        Set<Integer> covered = new HashSet<>();
        List<Integer> layers = new ArrayList<>();
        for (int l : nodes.keySet()) {
            if (makes(l)) {
                List<Integer> free = units(l).stream()
                        .filter(unit -> units.held(unit) == null)
                        .toList();
                if (!free.isEmpty() && !covered.containsAll(free)) {
                    layers.add(l);
                    covered.addAll(free);
                }
            }
        }
        return layers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Number of units that layer {@code l} makes. Throws IllegalArgumentException if it makes none. */
    public int count(int l) {
        requireUnits(l);
        return (int) ((FeedForwardLayer) net.conf(l)).getNOut();
    }

    private void requireUnits(int l) {
        Require.between("layer", l, 0, net.layers() - 1);
        Require.that(
                makes(l),
                "%s is a %s, which has no units of its own; layers with units are dense layers and convolutions",
                net.name(l),
                net.conf(l).getClass().getSimpleName());
    }

    /** The units of layer {@code l}, one for each of its channels. */
    private List<Integer> units(int l) {
        return units.gives(nodes.get(l)).stream().map(Span::unit).toList();
    }

    /** Layers that read units of layer {@code l}, in order. Throws IllegalArgumentException if none may go. */
    public int[] readers(int l) {
        requireUnits(l);
        List<Integer> own = units(l);
        if (own.stream().allMatch(unit -> units.held(unit) != null)) {
            throw new IllegalArgumentException(net.name(l) + " " + units.held(own.get(0)));
        }
        return readers(new HashSet<>(own)).stream().mapToInt(Integer::intValue).toArray();
    }

    /** Layers that make units of layer {@code l}, itself among them, in order. */
    public int[] tied(int l) {
        requireUnits(l);
        return makers(new HashSet<>(units(l))).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** For each unit of layer {@code l}, the Euclidean norm of all weights that read it; infinite where it is held. */
    public double[] readNorms(int l) {
        Map<Integer, Double> squares = new LinkedHashMap<>();
        for (int reader : readers(l)) {
            INDArray weights = net.layer(reader).getParam(Axes.WEIGHTS);
            double[] each = Axes.squares(weights, Axes.taken(net.conf(reader), Axes.WEIGHTS, weights));
            int[] of = Span.units(units.takes(nodes.get(reader)));
            for (int i = 0; i < of.length; i++) {
                squares.merge(of[i], each[i], Double::sum);
            }
        }
        return units(l).stream()
                .mapToDouble(unit -> units.held(unit) != null
                        ? Double.POSITIVE_INFINITY
                        : Math.sqrt(squares.getOrDefault(unit, 0.0)))
                .toArray();
    }

    /**
     * For each value that layer {@code reader} takes (a channel, or one of its pixels where images are flattened), the unit of
     * layer {@code l} that it belongs to, or −1.
     */
    public int[] unitsTaken(int l, int reader) {
        requireUnits(reader);
        List<Integer> own = units(l);
        return Arrays.stream(Span.units(units.takes(nodes.get(reader))))
                .map(own::indexOf)
                .toArray();
    }

    /** For each unit of layer {@code l}, the unit of layer {@code other} that is tied to it, or −1. */
    public int[] counterparts(int l, int other) {
        requireUnits(other);
        List<Integer> theirs = units(other);
        return units(l).stream().mapToInt(theirs::indexOf).toArray();
    }

    /** The same unit as channel {@code unit} of layer {@code l}, among them itself. */
    public int[] same(int l, int unit) {
        List<Integer> own = units(l);
        return IntStream.range(0, own.size())
                .filter(k -> own.get(k).equals(own.get(unit)))
                .toArray();
    }

    private void requireFree(int l, int unit) {
        String why = units.held(units(l).get(unit));
        if (why != null) {
            throw new IllegalArgumentException("unit " + unit + " of " + net.name(l) + " must stay: it " + why);
        }
    }

    /**
     * Where these units and what reads them lie: for each layer that makes or reads them, which of the values that it
     * gives, and which of those that it takes.
     *
     * @param chosen units by layer, none of them held
     */
    public Map<Integer, Touched> touched(Map<Integer, int[]> chosen) {
        Set<Integer> out = free(chosen);
        Map<Integer, Touched> touched = new TreeMap<>();
        for (int layer : nodes.keySet()) {
            if (makes(layer)) {
                boolean[] gives = marks(units.gives(nodes.get(layer)), out);
                boolean[] takes = marks(units.takes(nodes.get(layer)), out);
                if (any(gives) || any(takes)) {
                    touched.put(layer, new Touched(net.conf(layer), gives, takes));
                }
            }
        }
        return touched;
    }

    /** The units that these are channels of. Throws IllegalArgumentException if one must stay. */
    private Set<Integer> free(Map<Integer, int[]> chosen) {
        Set<Integer> free = new HashSet<>();
        chosen.forEach((l, channels) -> {
            List<Integer> own = units(l);
            for (int channel : channels) {
                requireFree(l, channel);
                free.add(own.get(channel));
            }
        });
        return free;
    }

    private static boolean[] marks(List<Span> spans, Set<Integer> out) {
        if (spans == null) {
            return new boolean[0];
        }
        int[] of = Span.units(spans);
        boolean[] marks = new boolean[of.length];
        for (int i = 0; i < of.length; i++) {
            marks[i] = out.contains(of[i]);
        }
        return marks;
    }

    private static boolean any(boolean[] marks) {
        for (boolean mark : marks) {
            if (mark) {
                return true;
            }
        }
        return false;
    }

    /**
     * What of a layer belongs to chosen units.
     *
     * @param conf of the layer
     * @param gives marks those of the values that it gives
     * @param takes marks those of the values that it takes
     */
    public record Touched(org.deeplearning4j.nn.conf.layers.Layer conf, boolean[] gives, boolean[] takes) {

        /** A copy of the layer's weights, or of an array of their shape, with zeros where they make or read the units. */
        public INDArray without(INDArray weights) {
            INDArray left = weights;
            if (any(gives)) {
                left = Axes.without(left, Axes.given(conf, Axes.WEIGHTS, left), gives);
            }
            return any(takes) ? Axes.without(left, Axes.taken(conf, Axes.WEIGHTS, left), takes) : left;
        }

        /** A copy of the layer's bias with zeros where it belongs to the units. */
        public INDArray bias(INDArray bias) {
            return any(gives) ? Axes.without(bias, Axes.given(conf, Axes.BIAS, bias), gives) : bias;
        }
    }

    /**
     * The network whose layer {@code l} has other units, with all that is tied to them.
     *
     * @param source for every new unit, the old one it copies
     * @param share for every new unit, the factor on what is read from it
     */
    public Rebuilt rebuild(int l, int[] source, double[] share) {
        List<Integer> own = units(l);
        List<Share> order = new ArrayList<>();
        for (int k = 0; k < source.length; k++) {
            order.add(new Share(own.get(source[k]), share[k]));
        }
        Set<Integer> gone = new HashSet<>(own);
        order.forEach(each -> gone.remove(each.unit()));
        boolean copies = order.stream().map(Share::unit).distinct().count() != order.size();
        boolean tiedWithin = new HashSet<>(own).size() != own.size();
        if (tiedWithin) {
            Require.that(
                    !copies
                            || Arrays.equals(
                                    share,
                                    IntStream.range(0, share.length)
                                            .mapToDouble(k -> 1)
                                            .toArray()),
                    "%s has channels that are one unit, which cannot be doubled",
                    net.name(l));
            order = order.stream().distinct().toList();
        }
        Set<Integer> touched = new HashSet<>(own);
        boolean moved = copies || !order.stream().map(Share::unit).toList().equals(own);
        for (int unit = 0; unit < own.size(); unit++) {
            if (gone.contains(own.get(unit))) {
                requireFree(l, unit);
            }
        }
        if (moved && (own.stream().anyMatch(unit -> units.held(unit) != null) || isCut(touched))) {
            order = inPlace(order, own);
        }
        return Rebuilt.of(net, units, order, touched);
    }

    /**
     * The network without some units; of every layer at least one must be left.
     *
     * @param removed units by layer, none of them held
     */
    public Rebuilt without(Map<Integer, int[]> removed) {
        return Rebuilt.of(net, units, List.of(), free(removed));
    }

    /** Whether a subset takes some of these units by their places, so that a copy must stand beside its original. */
    private boolean isCut(Set<Integer> own) {
        List<Node> all = units.wiring().nodes();
        return IntStream.range(0, all.size())
                .anyMatch(n -> all.get(n).vertex() instanceof SubsetVertex && touches(units.gives(n), own));
    }

    /** The order of the old units, copies beside their originals, for layers whose units have places to keep. */
    private static List<Share> inPlace(List<Share> order, List<Integer> own) {
        return order.stream()
                .sorted(java.util.Comparator.comparingInt(each -> own.indexOf(each.unit())))
                .toList();
    }
}
