package org.parsimony.timing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.graph.Op;

/**
 * What is measured as one: a layer with its activation function, or another node of a graph, for one sample of a fixed shape.
 *
 * @param op what it computes
 * @param in shapes of what reaches it
 * @param stored of a coded network, how its weights lie in memory; null of a network that Deeplearning4j computes, where zeros
 *     are multiplied like other weights, so that a masked layer takes as long as a dense one
 */
public record Kernel(Op op, List<Shape> in, Stored stored) {

    /** Numbers of a layer that bear on training or on accuracy, not on time, are made alike. */
    private static final Op NORM = Op.parse("batchnorm 0.001 0.9");

    private static final Op DROPOUT = Op.parse("dropout 0.5");

    public Kernel {
        in = List.copyOf(in);
        op.out(in);
        if (op instanceof Op.Plain plain) {
            boolean norm = plain.layer() instanceof Layers.BatchNorm batch && !batch.logarithm();
            op = norm ? NORM : plain.layer() instanceof Layers.Dropout ? DROPOUT : op;
        }
    }

    /** A layer as words, on one input, in a network that is not coded. */
    public static Kernel of(String words, int... shape) {
        return new Kernel(Op.parse(words), List.of(Shape.of(shape)), null);
    }

    /** What it is called in the table's file: words, shapes and code. */
    public String key() {
        String shapes = in.stream()
                .map(shape -> Arrays.stream(shape.toArray())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("x")))
                .collect(Collectors.joining("+"));
        return op.text() + " < " + shapes + (stored == null ? "" : " : " + stored.text());
    }

    /** Its kind, by which kernels are alike but for their sizes: the words without numbers of units. */
    public String kind() {
        String words = op.text();
        if (op instanceof Op.Plain plain
                && (plain.layer() instanceof Layers.Dense || plain.layer() instanceof Layers.Convolution)) {
            words = words.replaceFirst(" \\d+", "");
        }
        return words + (stored == null ? "" : " : " + stored.code());
    }

    /**
     * The sizes along which the table is interpolated: inputs and units of a dense layer, channels and filters of a
     * convolution, channels of what keeps them; of a concatenation those of each input. None where there is nothing to vary.
     */
    public int[] widths() {
        Shape first = in.get(0);
        if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.Dense dense) {
            return new int[] {first.size(), dense.units()};
        } else if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.Convolution convolution) {
            return new int[] {first.channels(), convolution.filters()};
        } else if (op == Op.Join.CONCAT) {
            return in.stream().mapToInt(Shape::channels).toArray();
        }
        boolean alike = in.stream().allMatch(first::equals);
        boolean fixed = op instanceof Op.Subset || op instanceof Op.Embedding;
        return alike && !fixed ? new int[] {first.channels()} : new int[0];
    }

    /** The same kernel with other {@link #widths}. */
    Kernel with(int[] widths, Stored how) {
        int[] own = widths();
        Require.that(
                widths.length == own.length,
                "%d widths are given, but %s has %d",
                widths.length,
                op.text(),
                own.length);
        if (own.length == 0) {
            return new Kernel(op, in, how);
        }
        Op other = op;
        if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.Dense dense) {
            other = new Op.Plain(new Layers.Dense(widths[1], dense.activation(), dense.biased()));
        } else if (op instanceof Op.Plain plain && plain.layer() instanceof Layers.Convolution c) {
            other = new Op.Plain(new Layers.Convolution(widths[1], c.window(), c.activation(), c.biased()));
        }
        List<Shape> shapes = IntStream.range(0, in.size())
                .mapToObj(i -> {
                    Shape shape = in.get(i);
                    int channels = widths[op == Op.Join.CONCAT ? i : 0];
                    return new Shape(shape.image(), channels, shape.height(), shape.width());
                })
                .toList();
        return new Kernel(other, shapes, how);
    }

    /** Multiply-accumulates for one sample; of coded weights those that are not zero. */
    public double macs() {
        int[] size = op.weights(in);
        boolean multiplies = op instanceof Op.Depthwise
                || op instanceof Op.Plain plain
                        && (plain.layer() instanceof Layers.Dense || plain.layer() instanceof Layers.Convolution);
        double macs = multiplies ? (double) size[0] * size[1] * op.out(in).area() : 0;
        return stored == null ? macs : macs * stored.density();
    }

    /** What time is taken to grow with where nothing was measured: multiply-accumulates, and values read and written. */
    double work() {
        return macs() + in.stream().mapToDouble(Shape::size).sum() + op.out(in).size();
    }
}
