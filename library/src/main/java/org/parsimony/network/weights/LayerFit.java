package org.parsimony.network.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Layers;
import org.parsimony.network.files.KerasOrder;
import org.parsimony.network.graph.Op;
import org.parsimony.network.weights.WeightsFit.Order;

/** What one layer takes of the arrays of a file, turned to our order. */
final class LayerFit {

    /** Names of the arrays of batch norm: scale, shift, mean, variance. */
    private static final List<Set<String>> NORM = List.of(
            Set.of("gamma", "weight", "scale", "0"),
            Set.of("beta", "bias", "shift", "1"),
            Set.of("moving_mean", "running_mean", "mean", "2"),
            Set.of("moving_variance", "running_var", "variance", "var", "3"));

    private final Op op;
    private final Shape in;
    private final Order order;
    private final KerasOrder inputs;
    private final int[] size;

    LayerFit(Op op, Shape in, Order order, KerasOrder inputs) {
        this.op = op;
        this.in = in;
        this.order = order;
        this.inputs = inputs;
        size = op.weights(List.of(in));
    }

    /** In words, for messages. */
    String wanted() {
        return "weights " + Arrays.toString(sides()) + (op.biased() ? " and " + size[1] + " biases" : "");
    }

    private Layers.Window window() {
        if (op instanceof Op.Depthwise depthwise) {
            return depthwise.window();
        }
        return op instanceof Op.Plain plain && plain.layer() instanceof Layers.Convolution conv ? conv.window() : null;
    }

    private boolean isNorm() {
        return op instanceof Op.Plain plain && plain.layer() instanceof Layers.BatchNorm;
    }

    /** The shape that the weights have in the file. */
    private int[] sides() {
        Layers.Window window = window();
        boolean keras = order == Order.KERAS;
        if (op instanceof Op.Depthwise depthwise) {
            return keras
                    ? new int[] {window.height(), window.width(), in.channels(), depthwise.multiplier()}
                    : new int[] {size[1], 1, window.height(), window.width()};
        } else if (window != null) {
            return keras
                    ? new int[] {window.height(), window.width(), in.channels(), size[1]}
                    : new int[] {size[1], in.channels(), window.height(), window.width()};
        } else if (op instanceof Op.Slopes || isNorm()) {
            return new int[] {size[1]};
        }
        return keras ? size.clone() : new int[] {size[1], size[0]};
    }

    /** The weights, or null if these arrays are not the layer's. */
    Weights take(List<NamedArray> arrays) {
        if (isNorm()) {
            return norm(arrays);
        }
        List<NamedArray> left = new ArrayList<>(arrays);
        NamedArray weights =
                left.stream().filter(array -> array.is(sides())).findFirst().orElse(null);
        left.remove(weights);
        if (weights == null
                || left.size() != (op.biased() ? 1 : 0)
                || op.biased() && !left.get(0).is(size[1])) {
            return null;
        }
        return new Weights(
                size[0],
                size[1],
                turned(weights.values()),
                op.biased() ? left.get(0).values() : new float[0]);
    }

    private Weights norm(List<NamedArray> arrays) {
        float[] rows = new float[4 * size[1]];
        for (int row = 0; row < 4; row++) {
            Set<String> names = NORM.get(row);
            NamedArray own = arrays.stream()
                    .filter(array -> names.contains(array.part()) && array.is(size[1]))
                    .findFirst()
                    .orElse(null);
            if (own == null || arrays.size() != 4) {
                return null;
            }
            for (int i = 0; i < size[1]; i++) {
                rows[row * size[1] + i] = own.values()[in.image() ? i : inputs.place(i)];
            }
        }
        boolean logarithm = ((Layers.BatchNorm) ((Op.Plain) op).layer()).logarithm();
        for (int i = 3 * size[1]; logarithm && i < rows.length; i++) {
            rows[i] = (float) (Math.log10(rows[i]) / 2);
        }
        return new Weights(4, size[1], rows, new float[0]);
    }

    /** Values of the file as {@link Weights} has them. */
    private float[] turned(float[] values) {
        float[] turned = new float[values.length];
        int cols = size[1];
        Layers.Window window = window();
        int area = window == null ? 1 : window.height() * window.width();
        for (int row = 0; row < size[0]; row++) {
            for (int col = 0; col < cols; col++) {
                int from;
                if (order == Order.TORCH) {
                    from = op instanceof Op.Slopes ? col : col * size[0] + row;
                } else if (window != null && !(op instanceof Op.Depthwise)) {
                    from = (row % area * in.channels() + row / area) * cols + col;
                } else if (window == null && !(op instanceof Op.Slopes)) {
                    from = inputs.place(row) * cols + col;
                } else {
                    from = row * cols + col;
                }
                turned[row * cols + col] = values[from];
            }
        }
        return turned;
    }
}
