package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.parsimony.network.graph.Wiring.Node;

/**
 * The units of a network: which channels of which layers stand or fall together, and who reads them.
 *
 * <p>Every channel that a dense layer or a convolution gives begins as a unit of its own. An addition, a product, a largest
 * or mean value of two signals makes one unit of the two channels at each place; a concatenation puts units side by side;
 * batch norm, activation, pooling, padding, dropout, depthwise convolution hand each unit on; flattening makes a unit as
 * wide as its image. What reaches the network's output, comes from its input, is mixed with others by a soft-max, or passes
 * what this does not know, is held, with the reason. Complexity: the sum of all channels of all nodes.
 */
final class Units {

    /** Layers that hand each unit on, apart from the others. */
    private static final List<Class<?>> THROUGH = List.of(
            BatchNormalization.class,
            ActivationLayer.class,
            DropoutLayer.class,
            SubsamplingLayer.class,
            GlobalPoolingLayer.class,
            ZeroPaddingLayer.class,
            Cropping2D.class,
            Upsampling2D.class,
            PReLULayer.class,
            LossLayer.class);

    private final Wiring wiring;
    private final List<Integer> parent = new ArrayList<>();
    private final Map<Integer, String> held = new HashMap<>();
    /** By node, what it gives; null if that is not known. */
    private final List<List<Span>> gives = new ArrayList<>();
    /** By node, what reaches it, after flattening; null where not known or where it reads several. */
    private final List<List<Span>> takes = new ArrayList<>();

    private Units(Wiring wiring) {
        this.wiring = wiring;
    }

    static Units of(Wiring wiring) {
        Units units = new Units(wiring);
        for (int n = 0; n < wiring.nodes().size(); n++) {
            units.trace(n);
        }
        units.hold(
                units.gives.get(wiring.output()),
                "gives the network's output; its units are the classes and must stay");
        return units;
    }

    Wiring wiring() {
        return wiring;
    }

    /** What node {@code n} gives, its units by their final numbers; null if not known. */
    List<Span> gives(int n) {
        return resolved(gives.get(n));
    }

    /** What reaches node {@code n}, its units by their final numbers; null if not known. */
    List<Span> takes(int n) {
        return resolved(takes.get(n));
    }

    private List<Span> resolved(List<Span> spans) {
        return spans == null
                ? null
                : spans.stream()
                        .map(span -> new Span(find(span.unit()), span.width()))
                        .toList();
    }

    /** Why a unit must stay, as the end of a sentence about its layer; null if it may go. */
    String held(int unit) {
        return held.get(find(unit));
    }

    /** Units that may go, those that the same layers make together, in order. */
    List<Set<Integer>> groups() {
        Map<Integer, Set<Integer>> makers = new LinkedHashMap<>();
        for (int n = 0; n < wiring.nodes().size(); n++) {
            if (Wiring.makesUnits(wiring.nodes().get(n).conf())) {
                for (Span span : gives(n)) {
                    makers.computeIfAbsent(span.unit(), u -> new TreeSet<>())
                            .add(wiring.nodes().get(n).layer());
                }
            }
        }
        Map<Set<Integer>, Set<Integer>> groups = new LinkedHashMap<>();
        makers.forEach((unit, layers) -> {
            if (held(unit) == null) {
                groups.computeIfAbsent(layers, l -> new TreeSet<>()).add(unit);
            }
        });
        return List.copyOf(groups.values());
    }

    private void trace(int n) {
        Node node = wiring.nodes().get(n);
        List<List<Span>> all = node.reads().stream().map(gives::get).toList();
        if (n < wiring.inputs()) {
            int channels = channels(n);
            takes.add(null);
            gives.add(channels < 0 ? null : made(channels));
            hold(gives.get(n), "holds the network's input, which must stay");
            return;
        }
        List<Span> in = all.size() == 1 ? before(node, all.get(0)) : null;
        takes.add(in);
        gives.add(node.conf() != null ? layer(node, in) : vertex(node, in, all));
    }

    private List<Span> layer(Node node, List<Span> in) {
        Layer conf = node.conf();
        List<Span> out;
        if (in != null && !channelsFirst(conf)) {
            hold(in, "is read by " + node.text() + ", which has channels last, where surgery cannot follow its units");
        }
        if (Wiring.makesUnits(conf)) {
            out = made((int) ((FeedForwardLayer) conf).getNOut());
        } else if (conf instanceof DepthwiseConvolution2D depthwise) {
            out = in == null
                    ? null
                    : in.stream()
                            .map(span -> new Span(span.unit(), span.width() * depthwise.getDepthMultiplier()))
                            .toList();
        } else if (THROUGH.contains(conf.getClass())) {
            out = in;
        } else {
            hold(in, "is read by " + node.text() + ", through which surgery cannot follow its units");
            return null;
        }
        if (conf instanceof BaseLayer base && base.getActivationFn() instanceof ActivationSoftmax
                || conf instanceof ActivationLayer activation
                        && activation.getActivationFn() instanceof ActivationSoftmax) {
            hold(out, "passes the soft-max of " + node.text() + ", which mixes its units, so that they must stay");
        }
        return out;
    }

    private static boolean channelsFirst(Layer conf) {
        CNN2DFormat format = conf instanceof ConvolutionLayer c
                ? c.getCnn2dDataFormat()
                : conf instanceof SubsamplingLayer p
                        ? p.getCnn2dDataFormat()
                        : conf instanceof BatchNormalization b ? b.getCnn2DFormat() : null;
        return format != CNN2DFormat.NHWC;
    }

    private List<Span> vertex(Node node, List<Span> in, List<List<Span>> all) {
        Object vertex = node.vertex();
        if (vertex instanceof MergeVertex) {
            if (all.contains(null)) {
                all.forEach(spans -> hold(spans, unknown(node)));
                return null;
            }
            return all.stream().flatMap(List::stream).toList();
        } else if (vertex instanceof ElementWiseVertex || vertex instanceof StackVertex) {
            return together(node, all);
        } else if (vertex instanceof SubsetVertex subset && in != null) {
            return subset(node, in, subset.getFrom(), subset.getTo());
        } else if (vertex instanceof ScaleVertex
                || vertex instanceof ShiftVertex
                || vertex instanceof UnstackVertex
                || vertex instanceof PreprocessorVertex) {
            return in;
        } else if (vertex instanceof L2NormalizeVertex) {
            hold(in, "passes " + node.text() + ", which mixes its units, so that they must stay");
            return in;
        }
        all.forEach(spans -> hold(spans, unknown(node)));
        return null;
    }

    private static String unknown(Node node) {
        return "is read by " + node.text() + ", through which surgery cannot follow its units";
    }

    /** What reaches the node once its values are flattened. */
    private List<Span> before(Node node, List<Span> in) {
        boolean input = node.reads().get(0) < wiring.inputs();
        if (input && node.before() instanceof FeedForwardToCnnPreProcessor image) {
            List<Span> channels = made((int) image.getNumChannels());
            hold(channels, "holds the network's input, which must stay");
            return channels;
        }
        if (in == null || node.before() == null) {
            return in;
        }
        if (node.before() instanceof CnnToFeedForwardPreProcessor flatten) {
            int area = Math.toIntExact(flatten.getInputHeight() * flatten.getInputWidth());
            return in.stream()
                    .map(span -> new Span(span.unit(), span.width() * area))
                    .toList();
        }
        hold(
                in,
                "passes a " + node.before().getClass().getSimpleName() + " before " + node.text()
                        + ", through which surgery cannot follow its units");
        return null;
    }

    /** One unit of what stands at the same place in all; a signal of one channel is spread over the others' instead. */
    private List<Span> together(Node node, List<List<Span>> all) {
        List<Span> widest = null;
        for (List<Span> spans : all) {
            if (spans == null) {
                all.forEach(each -> hold(each, unknown(node)));
                return null;
            }
            widest = widest == null || Span.total(spans) > Span.total(widest) ? spans : widest;
        }
        int[] units = Span.units(widest);
        for (List<Span> spans : all) {
            int[] others = Span.units(spans);
            if (others.length == units.length) {
                for (int i = 0; i < units.length; i++) {
                    tie(units[i], others[i]);
                }
            } else if (others.length > 1) {
                all.forEach(each -> hold(each, unknown(node)));
            }
        }
        return widest;
    }

    private List<Span> subset(Node node, List<Span> in, int from, int to) {
        List<Span> cut = new ArrayList<>();
        int at = 0;
        for (Span span : in) {
            int end = at + span.width();
            if (at >= from && end <= to + 1) {
                cut.add(span);
            } else if (end > from && at <= to) {
                hold(in, "is cut within a unit by " + node.text() + ", so that its units must stay");
                return null;
            }
            at = end;
        }
        return cut;
    }

    private List<Span> made(int count) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spans.add(new Span(parent.size(), 1));
            parent.add(parent.size());
        }
        return spans;
    }

    /** Channels of an input as its readers tell, or −1. */
    private int channels(int place) {
        for (int n : wiring.readers(place)) {
            Node node = wiring.nodes().get(n);
            int channels = -1;
            if (node.before() instanceof CnnToFeedForwardPreProcessor flatten) {
                channels = (int) flatten.getNumChannels();
            } else if (node.before() == null && node.conf() instanceof FeedForwardLayer layer && layer.getNIn() > 0) {
                channels = (int) layer.getNIn();
            } else if (node.before() == null
                    && node.conf() != null
                    && THROUGH.contains(node.conf().getClass())) {
                channels = channels(n);
            }
            if (channels > 0) {
                return channels;
            }
        }
        return -1;
    }

    private void hold(List<Span> spans, String why) {
        if (spans != null) {
            spans.forEach(span -> held.put(find(span.unit()), why));
        }
    }

    private int find(int unit) {
        int root = unit;
        while (parent.get(root) != root) {
            root = parent.get(root);
        }
        for (int at = unit; at != root; ) {
            int next = parent.get(at);
            parent.set(at, root);
            at = next;
        }
        return root;
    }

    private void tie(int a, int b) {
        int one = find(a);
        int other = find(b);
        if (one != other) {
            int root = Math.min(one, other);
            int leaf = Math.max(one, other);
            parent.set(leaf, root);
            String why = held.remove(leaf);
            if (why != null) {
                held.putIfAbsent(root, why);
            }
        }
    }
}
