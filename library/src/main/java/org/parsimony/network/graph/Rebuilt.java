package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.network.Net;
import org.parsimony.network.graph.Span.Choice;
import org.parsimony.network.graph.Span.Share;
import org.parsimony.network.graph.Wiring.Node;

/** A network after surgery, and how arrays of the old one's layers become arrays of the new one's. */
public final class Rebuilt {

    private final Net old;
    private Net net;
    private final Map<Integer, Choice> gives = new TreeMap<>();
    private final Map<Integer, Choice> takes = new TreeMap<>();

    private Rebuilt(Net old) {
        this.old = old;
    }

    static Rebuilt of(Net old, Units units, List<Share> order, Set<Integer> touched) {
        Rebuilt rebuilt = new Rebuilt(old);
        Wiring wiring = units.wiring();
        List<Choice> gives = new ArrayList<>();
        List<Choice> takes = new ArrayList<>();
        for (int n = 0; n < wiring.nodes().size(); n++) {
            gives.add(choice(units.gives(n), order, touched));
            takes.add(choice(units.takes(n), order, touched));
            Node node = wiring.nodes().get(n);
            Require.that(
                    gives.get(n) == null || gives.get(n).source().length >= 1,
                    "%s would have width 0, but must keep at least 1 unit",
                    node.name());
            if (node.layer() >= 0) {
                rebuilt.gives.put(node.layer(), gives.get(n));
                rebuilt.takes.put(node.layer(), takes.get(n));
            }
        }
        sameOrder(wiring, gives);
        rebuilt.net = Resized.of(old, wiring, new Resized.Widths() {
            @Override
            public int channels(int n) {
                return width(gives.get(wiring.nodes().get(n).reads().get(0)));
            }

            @Override
            public int takes(int n) {
                return width(takes.get(n));
            }

            @Override
            public int gives(int n) {
                return width(gives.get(n));
            }

            @Override
            public int[] range(int n) {
                Choice all = gives.get(wiring.nodes().get(n).reads().get(0));
                SubsetVertex subset = (SubsetVertex) wiring.nodes().get(n).vertex();
                if (all == null || gives.get(n) == null) {
                    return null;
                }
                int from = (int) Arrays.stream(all.source())
                        .filter(place -> place < subset.getFrom())
                        .count();
                return new int[] {from, from + gives.get(n).source().length - 1};
            }
        });
        for (int l = 0; l < old.layers(); l++) {
            for (var entry : old.layer(l).paramTable().entrySet()) {
                rebuilt.net.layer(l).setParam(entry.getKey(), rebuilt.array(l, entry.getKey(), entry.getValue(), true));
            }
        }
        return rebuilt;
    }

    private static Choice choice(List<Span> spans, List<Share> order, Set<Integer> touched) {
        return spans == null ? null : Span.arrange(spans, order, touched);
    }

    private static int width(Choice choice) {
        return choice == null ? -1 : choice.source().length;
    }

    /** What is added place by place must have its units in the same order still. */
    private static void sameOrder(Wiring wiring, List<Choice> gives) {
        for (Node node : wiring.nodes()) {
            if (node.vertex() instanceof ElementWiseVertex) {
                int[] first = null;
                for (int read : node.reads()) {
                    if (gives.get(read) != null && gives.get(read).source().length > 1) {
                        int[] next = Span.units(gives.get(read).spans());
                        Require.that(
                                first == null || Arrays.equals(first, next),
                                "units that %s puts together would stand in different orders; keep the order they have",
                                node.text());
                        first = next;
                    }
                }
            }
        }
    }

    /** The network, with the old one's parameters. */
    public Net net() {
        return net;
    }

    /** An array of the shape of the weights of layer {@code l}, as the new layer has them; shares are left out. */
    public INDArray weights(int l, INDArray array) {
        return array(l, Axes.WEIGHTS, array, false);
    }

    /**
     * An array of what an optimiser remembers of parameter {@code key} of layer {@code l}, as the new layer has it: what leads
     * into a unit times a power of the share that is read of it, zeros where nothing is.
     */
    public INDArray moments(int l, String key, INDArray array, int power) {
        INDArray value = array(l, key, array, false);
        int given = Axes.given(old.conf(l), key, array);
        if (given >= 0 && gives.get(l) != null) {
            value = Axes.scaled(value, given, powers(gives.get(l).factor(), power));
        }
        int taken = Axes.taken(old.conf(l), key, array);
        if (taken >= 0 && takes.get(l) != null) {
            boolean reads = Wiring.makesUnits(old.conf(l));
            value = Axes.scaled(value, taken, powers(takes.get(l).factor(), reads ? 0 : power));
        }
        return value;
    }

    private static double[] powers(double[] factors, int power) {
        return Arrays.stream(factors)
                .map(factor -> factor == 0 ? 0 : Math.pow(factor, power))
                .toArray();
    }

    /** For each value that layer {@code l} takes now, the factor on what it reads; null if it is the same as before. */
    public double[] factors(int l) {
        return takes.get(l) == null ? null : takes.get(l).factor();
    }

    /** A copy of {@code array}, of the shape of the weights of layer {@code l}, with zeros where it reads shares. */
    public INDArray whole(int l, INDArray array) {
        double[] factors = factors(l);
        if (factors == null || Arrays.stream(factors).allMatch(factor -> factor == 1)) {
            return array;
        }
        boolean[] shared = new boolean[factors.length];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = factors[i] != 1;
        }
        return Axes.without(array, Axes.taken(old.conf(l), Axes.WEIGHTS, array), shared);
    }

    private INDArray array(int l, String key, INDArray array, boolean shares) {
        INDArray value = array;
        int given = Axes.given(old.conf(l), key, array);
        if (given >= 0 && gives.get(l) != null) {
            value = Axes.select(value, given, gives.get(l).source(), null);
        }
        int taken = Axes.taken(old.conf(l), key, array);
        if (taken >= 0 && takes.get(l) != null) {
            boolean reads = shares && Wiring.makesUnits(old.conf(l));
            value = Axes.select(
                    value, taken, takes.get(l).source(), reads ? takes.get(l).factor() : null);
        }
        return value;
    }
}
