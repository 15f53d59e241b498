package org.parsimony.coding.network;

import java.util.List;
import java.util.Map;
import org.parsimony.coding.CodedLayer;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.graph.Op;

/** What a forward pass does where signals come together, are cut apart, padded or shifted: nothing that is coded. */
final class Joins {

    private Joins() {}

    /** The columns of each input. */
    static void split(float[] x, int n, Map<String, Shape> inputs, Map<String, float[]> values) {
        int all = inputs.values().stream().mapToInt(Shape::size).sum();
        int from = 0;
        for (Map.Entry<String, Shape> input : inputs.entrySet()) {
            int size = input.getValue().size();
            float[] part = new float[n * size];
            for (int s = 0; s < n; s++) {
                System.arraycopy(x, s * all + from, part, s * size, size);
            }
            values.put(input.getKey(), part);
            from += size;
        }
    }

    static float[] compute(Op op, List<Shape> in, Shape out, List<float[]> x, int n) {
        if (op instanceof Op.Linear linear) {
            float[] y = x.get(0);
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) (y[i] * linear.factor() + linear.amount());
            }
            return y;
        } else if (op instanceof Op.Zeros zeros) {
            return zeros(zeros, in.get(0), out, x.get(0), n);
        } else if (op instanceof Op.Subset subset) {
            float[] y = new float[n * out.size()];
            int first = subset.from() * out.area();
            for (int s = 0; s < n; s++) {
                System.arraycopy(x.get(0), s * in.get(0).size() + first, y, s * out.size(), out.size());
            }
            return y;
        }
        return op == Op.Join.CONCAT ? concat(in, out, x, n) : elementwise((Op.Join) op, in, out, x, n);
    }

    private static float[] zeros(Op.Zeros zeros, Shape in, Shape out, float[] x, int n) {
        float[] y = new float[n * out.size()];
        for (int row = 0; row < n * in.channels() * in.height(); row++) {
            int plane = row / in.height();
            int to = plane * out.area() + (row % in.height() + zeros.top()) * out.width() + zeros.left();
            System.arraycopy(x, row * in.width(), y, to, in.width());
        }
        return y;
    }

    private static float[] concat(List<Shape> in, Shape out, List<float[]> x, int n) {
        float[] y = new float[n * out.size()];
        int from = 0;
        for (int i = 0; i < x.size(); i++) {
            int size = in.get(i).size();
            for (int s = 0; s < n; s++) {
                System.arraycopy(x.get(i), s * size, y, s * out.size() + from, size);
            }
            from += size;
        }
        return y;
    }

    /** Place by place; a signal of one channel or one pixel is spread over the others'. */
    private static float[] elementwise(Op.Join join, List<Shape> in, Shape out, List<float[]> x, int n) {
        float[] y = new float[n * out.size()];
        for (int i = 0; i < x.size(); i++) {
            Shape shape = in.get(i);
            float[] value = x.get(i);
            for (int k = 0; k < y.length; k++) {
                int channel = shape.channels() == 1 ? 0 : k / out.area() % out.channels();
                int pixel = shape.area() == 1 ? 0 : k % out.area();
                float v = value[(k / out.size() * shape.channels() + channel) * shape.area() + pixel];
                y[k] = i == 0
                        ? v
                        : switch (join) {
                            case SUBTRACT -> y[k] - v;
                            case MULTIPLY -> y[k] * v;
                            case LARGEST -> Math.max(y[k], v);
                            default -> y[k] + v;
                        };
            }
        }
        if (join == Op.Join.AVERAGE) {
            for (int k = 0; k < y.length; k++) {
                y[k] /= x.size();
            }
        }
        return y;
    }

    /** In place. */
    static float[] slopes(Op.Slopes op, CodedLayer layer, Shape shape, float[] x) {
        float[] slopes = layer.matrix().toDense().values();
        for (int i = 0; i < x.length; i++) {
            int slope = op.eachChannel() ? i / shape.area() % shape.channels() : i % shape.size();
            x[i] *= x[i] < 0 ? slopes[slope] : 1;
        }
        return x;
    }
}
