package org.parsimony.export.onnx;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.export.Turned;

/**
 * Weights coded, and the operators that decode them. Nonzero weights of all arrays with many zeros stand at places of one
 * long row, which gaps of a byte tell; what they are, tables tell by indices of 1, 2, 4 or 8 bits, or they stand as floats.
 * Arrays without zeros but with few values have an index for each value; all others stand as they are. Of these forms each
 * array has the smallest.
 *
 * <pre>
 * places  = Compress(CumSum(gaps), gaps &lt; 255)        255 goes 255 places on without a weight
 * indices = bytes / (1, 2^b, 2^2b, …) mod 2^b
 * row     = ScatterElements(0, places, Gather(table, indices))
 * </pre>
 */
final class CodedTensors implements OnnxTensors {

    private static final int ESCAPE = 255;
    private static final int[] WIDTHS = {1, 2, 4, 8};
    /** Rough bytes of the nodes that one array needs more in a coded form. */
    private static final int NODES = 90;

    private final OnnxWriter writer;
    private final List<Tensor> tensors = new ArrayList<>();

    CodedTensors(OnnxWriter writer) {
        this.writer = writer;
    }

    /** How an array stands. */
    private enum Form {
        PLAIN,
        /** An index for each value. */
        INDEXED,
        /** Gaps between nonzeros, and their indices. */
        SPARSE_INDEXED,
        /** Gaps between nonzeros, and their values. */
        SPARSE
    }

    /**
     * An array.
     *
     * @param places of its nonzeros
     * @param table its distinct values, without zero where the form is sparse; empty if there are more than 256
     */
    private record Tensor(String name, float[] values, int[] sides, Form form, int[] places, float[] table) {

        boolean sparse() {
            return form == Form.SPARSE || form == Form.SPARSE_INDEXED;
        }

        boolean indexed() {
            return form == Form.INDEXED || form == Form.SPARSE_INDEXED;
        }

        int width() {
            return CodedTensors.width(table.length);
        }

        int entries() {
            return sparse() ? places.length : values.length;
        }

        float entry(int i) {
            return values[sparse() ? places[i] : i];
        }
    }

    @Override
    public String put(String name, float[] values, int... sides) {
        int[] places = places(values);
        float[] all = table(values, true);
        float[] nonzero = table(values, false);
        long gaps = gapBytes(places, 0);
        long[] bytes = {
            4L * values.length,
            all.length == 0 ? Long.MAX_VALUE : packed(values.length, all.length) + 4L * all.length + NODES,
            nonzero.length == 0
                    ? Long.MAX_VALUE
                    : gaps + packed(places.length, nonzero.length) + 4L * nonzero.length + NODES,
            gaps + 4L * places.length + NODES
        };
        int best = 0;
        for (int form = 1; form < bytes.length; form++) {
            best = bytes[form] < bytes[best] ? form : best;
        }
        Form form = Form.values()[best];
        if (form == Form.PLAIN || places.length == 0 && form != Form.INDEXED) {
            return writer.floats(name, values, sides);
        }
        float[] table = form == Form.INDEXED ? all : form == Form.SPARSE_INDEXED ? nonzero : new float[0];
        tensors.add(new Tensor(name, values, sides, form, places, table));
        return name;
    }

    @Override
    public boolean smallerTurned(float[] values, int rows, int cols) {
        float[] turned = Turned.transposed(values, rows, cols);
        return gapBytes(places(turned), 0) < gapBytes(places(values), 0);
    }

    private static int[] places(float[] values) {
        int[] places = new int[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                places[n++] = i;
            }
        }
        return Arrays.copyOf(places, n);
    }

    /** Distinct values by their bits, sorted; none if they are more than 256. */
    private static float[] table(float[] values, boolean withZero) {
        Map<Integer, Float> distinct = new TreeMap<>();
        for (float value : values) {
            if (withZero || value != 0) {
                distinct.put(Float.floatToRawIntBits(value), value);
                if (distinct.size() > 256) {
                    return new float[0];
                }
            }
        }
        float[] table = new float[distinct.size()];
        int next = 0;
        for (float value : distinct.values()) {
            table[next++] = value;
        }
        Arrays.sort(table);
        return table;
    }

    private static int width(int values) {
        return Arrays.stream(WIDTHS)
                .filter(bits -> values <= 1 << bits)
                .findFirst()
                .orElse(8);
    }

    private static long packed(long entries, int values) {
        return (entries * width(values) + 7) / 8;
    }

    private static long gapBytes(int[] places, int from) {
        long bytes = 0;
        int at = from;
        for (int place : places) {
            bytes += (place - at) / ESCAPE + 1;
            at = place;
        }
        return bytes;
    }

    @Override
    public void finish() {
        writer.beginDecoding();
        Map<Tensor, String> values = new HashMap<>();
        for (int width : WIDTHS) {
            indexed(
                    tensors.stream()
                            .filter(tensor -> tensor.indexed() && tensor.width() == width)
                            .toList(),
                    width,
                    values);
        }
        for (Tensor tensor : tensors) {
            if (tensor.form() == Form.SPARSE) {
                float[] entries = new float[tensor.entries()];
                for (int i = 0; i < entries.length; i++) {
                    entries[i] = tensor.entry(i);
                }
                values.put(tensor, writer.floats(writer.name(tensor.name() + ".values"), entries, entries.length));
            } else if (tensor.form() == Form.INDEXED) {
                shaped(tensor, values.get(tensor));
            }
        }
        List<Tensor> sparse = tensors.stream().filter(Tensor::sparse).toList();
        if (!sparse.isEmpty()) {
            scattered(sparse, values);
        }
    }

    private void shaped(Tensor tensor, String values) {
        String shape = writer.wholes(writer.name(tensor.name() + ".shape"), tensor.sides());
        writer.node("Reshape", tensor.name(), List.of(values, shape));
    }

    /** Unpacks the indices of all arrays of one width, and takes their values from their tables. */
    private void indexed(List<Tensor> group, int width, Map<Tensor, String> values) {
        if (group.isEmpty()) {
            return;
        }
        int entries = group.stream().mapToInt(Tensor::entries).reduce(0, Math::addExact);
        int perByte = 8 / width;
        byte[] packed = new byte[(entries + perByte - 1) / perByte];
        int next = 0;
        for (Tensor tensor : group) {
            for (int i = 0; i < tensor.entries(); i++) {
                int index = Arrays.binarySearch(tensor.table(), tensor.entry(i));
                packed[next / perByte] |= (byte) (index << next % perByte * width);
                next++;
            }
        }
        String name = "indices" + width;
        String all =
                node("Cast", name + ".whole", List.of(writer.bytes(writer.name(name), packed)), "to", OnnxWriter.INT32);
        if (perByte > 1) {
            int[] steps = new int[perByte];
            Arrays.setAll(steps, i -> 1 << i * width);
            all = node("Reshape", name + ".column", List.of(all, writer.wholes(writer.name(name + ".sides"), -1, 1)));
            all = node("Div", name + ".shifted", List.of(all, writer.wholes32(writer.name(name + ".steps"), steps)));
            all = node("Mod", name + ".cut", List.of(all, writer.whole(writer.name(name + ".values"), 1 << width)));
            all = node("Reshape", name + ".row", List.of(all, writer.wholes(writer.name(name + ".flat"), -1)));
        }
        List<Integer> lengths =
                new ArrayList<>(group.stream().map(Tensor::entries).toList());
        lengths.add(packed.length * perByte - entries);
        List<String> parts = split(name, all, lengths);
        for (int t = 0; t < group.size(); t++) {
            Tensor tensor = group.get(t);
            String table = writer.floats(writer.name(tensor.name() + ".table"), tensor.table(), tensor.table().length);
            values.put(tensor, node("Gather", tensor.name() + ".shared", List.of(table, parts.get(t))));
        }
    }

    /** Puts the nonzeros of all sparse arrays to their places in one row, and cuts it. */
    private void scattered(List<Tensor> sparse, Map<Tensor, String> values) {
        ByteArrayOutputStream gaps = new ByteArrayOutputStream();
        int start = 0;
        int at = 0;
        for (Tensor tensor : sparse) {
            for (int place : tensor.places()) {
                int gap = start + place - at;
                for (; gap >= ESCAPE; gap -= ESCAPE) {
                    gaps.write(ESCAPE);
                }
                gaps.write(gap);
                at = start + place;
            }
            start = Math.addExact(start, tensor.values().length);
        }
        String bytes = writer.bytes(writer.name("gaps"), gaps.toByteArray());
        String wide = node("Cast", "gaps.whole", List.of(bytes), "to", OnnxWriter.INT32);
        String sums = node("CumSum", "places.all", List.of(wide, writer.whole(writer.name("first"), 0)));
        String real = node("Less", "gaps.real", List.of(wide, writer.whole(writer.name("escape"), ESCAPE)));
        String places = node("Compress", "places", List.of(sums, real));
        List<String> parts = sparse.stream().map(values::get).toList();
        String nonzeros = parts.size() == 1 ? parts.get(0) : node("Concat", "nonzeros", parts, "axis", 0);
        String zeros = node("ConstantOfShape", "zeros", List.of(writer.wholes(writer.name("zeros.shape"), start)));
        String row = node("ScatterElements", "weights", List.of(zeros, places, nonzeros));
        List<String> cut = split(
                "weights",
                row,
                sparse.stream().map(tensor -> tensor.values().length).toList());
        for (int t = 0; t < sparse.size(); t++) {
            shaped(sparse.get(t), cut.get(t));
        }
    }

    private String node(String kind, String wanted, List<String> inputs, Object... attributes) {
        return writer.node(kind, writer.name(wanted), inputs, attributes);
    }

    /** The parts of these lengths; an empty last one is left out. */
    private List<String> split(String name, String all, List<Integer> lengths) {
        List<Integer> parts = new ArrayList<>(lengths);
        if (parts.get(parts.size() - 1) == 0) {
            parts.remove(parts.size() - 1);
        }
        if (parts.size() == 1) {
            return List.of(all);
        }
        List<String> outputs = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            outputs.add(writer.name(name + "." + p));
        }
        String sizes = writer.wholes(
                writer.name(name + ".lengths"),
                parts.stream().mapToInt(Integer::intValue).toArray());
        writer.nodes("Split", outputs, List.of(all, sizes), "axis", 0);
        return outputs;
    }
}
