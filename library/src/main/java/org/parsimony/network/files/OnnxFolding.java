package org.parsimony.network.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Operators on constants that decode weights, as compressed networks have them: places from gaps, indices from bits, values
 * from tables. Each is read as far as decoding needs it: lists, and a column beside a list.
 */
final class OnnxFolding {

    private final long room;

    /** @param room values that a result may have */
    OnnxFolding(long room) {
        this.room = room;
    }

    /** What a node makes of these constants, or null if it is none of these operators. */
    OnnxTensor fold(OnnxNode node, List<OnnxTensor> in) {
        return switch (node.kind()) {
            case "CumSum" -> sums(node, in);
            case "Less" -> pairwise(node, in, (a, b) -> a < b ? 1 : 0);
            case "Div" -> pairwise(node, in, (a, b) -> Math.floor(a / b));
            case "Mod" -> pairwise(node, in, (a, b) -> a - b * Math.floor(a / b));
            case "Compress" -> compressed(node, in);
            case "Reshape" -> reshaped(node, in);
            case "ConstantOfShape" -> zeros(node, in);
            case "ScatterElements" -> scattered(node, in);
            default -> null;
        };
    }

    private static void requireList(OnnxNode node, OnnxTensor tensor) {
        if (tensor.shape().length != 1 || node.whole("axis", 0) != 0) {
            throw node.refused(
                    "works on a constant %s along axis %d, but only lists are decoded",
                    Arrays.toString(tensor.shape()), node.whole("axis", 0));
        }
    }

    private static void requireInputs(OnnxNode node, List<OnnxTensor> in, int count) {
        if (in.size() != count) {
            throw node.refused("has %d inputs, but must have %d", in.size(), count);
        }
    }

    private static OnnxTensor sums(OnnxNode node, List<OnnxTensor> in) {
        requireInputs(node, in, 2);
        requireList(node, in.get(0));
        if (node.whole("exclusive", 0) != 0
                || node.whole("reverse", 0) != 0
                || in.get(1).values()[0] != 0) {
            throw node.refused("sums other than from the first value on, which is not supported");
        }
        double[] sums = in.get(0).values().clone();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        return OnnxTensor.list(sums);
    }

    /** Of a list or a column {@code [n × 1]} with a number or a list. */
    private OnnxTensor pairwise(OnnxNode node, List<OnnxTensor> in, DoubleBinaryOperator operator) {
        requireInputs(node, in, 2);
        OnnxTensor a = in.get(0);
        OnnxTensor b = in.get(1);
        boolean column = a.shape().length == 2 && a.shape()[1] == 1 && b.shape().length == 1;
        if (!column && !b.isScalar()) {
            throw node.refused(
                    "computes with constants %s and %s, but only with a list and a number, or a column and a list",
                    Arrays.toString(a.shape()), Arrays.toString(b.shape()));
        }
        int wide = b.values().length;
        requireRoom(node, (long) a.values().length * wide);
        double[] values = new double[a.values().length * wide];
        for (int i = 0; i < values.length; i++) {
            values[i] = operator.applyAsDouble(a.values()[i / wide], b.values()[i % wide]);
        }
        return new OnnxTensor(column ? new int[] {a.shape()[0], wide} : a.shape(), values);
    }

    private static OnnxTensor compressed(OnnxNode node, List<OnnxTensor> in) {
        requireInputs(node, in, 2);
        requireList(node, in.get(0));
        double[] values = in.get(0).values();
        double[] real = in.get(1).values();
        if (real.length > values.length) {
            throw node.refused("chooses of %d values by %d", values.length, real.length);
        }
        double[] kept = new double[values.length];
        int n = 0;
        for (int i = 0; i < real.length; i++) {
            if (real[i] != 0) {
                kept[n++] = values[i];
            }
        }
        return OnnxTensor.list(Arrays.copyOf(kept, n));
    }

    private static OnnxTensor reshaped(OnnxNode node, List<OnnxTensor> in) {
        requireInputs(node, in, 2);
        int[] sides = in.get(1).whole();
        long product = 1;
        int open = -1;
        for (int d = 0; d < sides.length; d++) {
            if (sides[d] == -1 && open < 0) {
                open = d;
            } else if (sides[d] >= 1) {
                product = Math.multiplyExact(product, sides[d]);
            } else {
                throw node.refused("makes a constant of sides %s", Arrays.toString(sides));
            }
        }
        int length = in.get(0).values().length;
        if (open >= 0) {
            sides[open] = (int) (length / product);
            product *= sides[open];
        }
        if (product != length) {
            throw node.refused("makes %s of %d values", Arrays.toString(sides), length);
        }
        return new OnnxTensor(sides, in.get(0).values());
    }

    private OnnxTensor zeros(OnnxNode node, List<OnnxTensor> in) {
        requireInputs(node, in, 1);
        int[] sides = in.get(0).whole();
        if (sides.length != 1 || sides[0] < 0 || node.has("value")) {
            throw node.refused("makes other than a list of zeros, which is not supported");
        }
        requireRoom(node, sides[0]);
        return OnnxTensor.list(new double[sides[0]]);
    }

    private void requireRoom(OnnxNode node, long values) {
        if (values > room) {
            throw node.refused("makes %d values, more than a file of this size holds; copy it again", values);
        }
    }

    private static OnnxTensor scattered(OnnxNode node, List<OnnxTensor> in) {
        requireInputs(node, in, 3);
        requireList(node, in.get(0));
        double[] values = in.get(0).values().clone();
        double[] places = in.get(1).values();
        double[] given = in.get(2).values();
        if (places.length != given.length) {
            throw node.refused("puts %d values to %d places", given.length, places.length);
        }
        for (int i = 0; i < places.length; i++) {
            if (!(places[i] >= 0 && places[i] < values.length)) {
                throw node.refused("puts a value to place %s of %d", places[i], values.length);
            }
            values[(int) places[i]] = given[i];
        }
        return OnnxTensor.list(values);
    }

    /** The parts of a list. */
    static List<OnnxTensor> split(OnnxNode node, OnnxTensor all, OnnxTensor lengths) {
        requireList(node, all);
        List<OnnxTensor> parts = new ArrayList<>();
        int[] sizes = lengths == null ? node.wholes("split") : lengths.whole();
        int from = 0;
        for (int size : sizes) {
            if (size < 0 || size > all.values().length - from) {
                throw node.refused("splits %d values into %s", all.values().length, Arrays.toString(sizes));
            }
            parts.add(OnnxTensor.list(Arrays.copyOfRange(all.values(), from, from + size)));
            from += size;
        }
        if (parts.size() != node.outputs().size() || from != all.values().length) {
            throw node.refused(
                    "splits %d values into %s, for %d outputs",
                    all.values().length, Arrays.toString(sizes), node.outputs().size());
        }
        return parts;
    }
}
