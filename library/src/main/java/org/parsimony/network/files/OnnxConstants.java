package org.parsimony.network.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.parsimony.network.Architecture.Shape;

/**
 * What is known of an ONNX graph without computing it on samples: its initialisers and constants, and what exporters make of
 * shapes. The number of samples, which a shape has first, stands as −1.
 */
final class OnnxConstants {

    /** The number of samples in a shape. */
    private static final double SAMPLES = -1;

    private final Map<String, OnnxTensor> known = new HashMap<>();

    private final OnnxFolding folding;

    /** @param room values that a constant may have which follows from others */
    OnnxConstants(List<TensorProto> initialisers, long room) {
        folding = new OnnxFolding(room);
        initialisers.forEach(tensor -> known.put(tensor.getName(), OnnxTensor.of(tensor)));
    }

    /** The constant of this name, or null if it is none. */
    OnnxTensor get(String name) {
        return name == null ? null : known.get(name);
    }

    boolean has(String name) {
        return known.containsKey(name);
    }

    /**
     * Computes {@code node} if it is a constant or follows from constants.
     *
     * @param shape of its first input, or null if that is no signal
     * @return whether it did
     */
    boolean fold(OnnxNode node, Shape shape) {
        OnnxTensor first = get(node.input(0));
        if (node.kind().equals("Split") && first != null) {
            List<OnnxTensor> parts = OnnxFolding.split(node, first, get(node.input(1)));
            for (int p = 0; p < parts.size(); p++) {
                known.put(node.outputs().get(p), parts.get(p));
            }
            return true;
        }
        OnnxTensor result =
                switch (node.kind()) {
                    case "Constant" -> constant(node);
                    case "Shape" -> shape == null ? null : shape(shape);
                    case "Identity", "Cast" -> first;
                    case "Gather" -> first == null ? null : gather(node, first, get(node.input(1)));
                    case "Unsqueeze", "Squeeze" ->
                        first == null || first.values().length != 1 && first.shape().length != 1
                                ? null
                                : new OnnxTensor(new int[] {first.values().length}, first.values());
                    case "Concat" -> concat(node);
                    default -> decoded(node);
                };
        if (result != null) {
            known.put(node.output(), result);
        }
        return result != null;
    }

    /** Of operators that only decode weights, if all that it reads is known. */
    private OnnxTensor decoded(OnnxNode node) {
        List<OnnxTensor> in = new ArrayList<>();
        for (String input : node.inputs()) {
            OnnxTensor constant = get(input);
            if (constant == null) {
                return null;
            }
            in.add(constant);
        }
        return folding.fold(node, in);
    }

    private static OnnxTensor constant(OnnxNode node) {
        if (node.has("value")) {
            return OnnxTensor.of(node.attribute("value").getT());
        } else if (node.has("value_float")) {
            return OnnxTensor.of(node.number("value_float", 0));
        } else if (node.has("value_int")) {
            return OnnxTensor.of(node.whole("value_int", 0));
        } else if (node.has("value_ints")) {
            return OnnxTensor.of(node.attribute("value_ints").getIntsList());
        }
        throw node.refused("has a value that is no tensor of numbers");
    }

    private static OnnxTensor shape(Shape shape) {
        double[] sides = shape.image()
                ? new double[] {SAMPLES, shape.channels(), shape.height(), shape.width()}
                : new double[] {SAMPLES, shape.channels()};
        return new OnnxTensor(new int[] {sides.length}, sides);
    }

    private static OnnxTensor gather(OnnxNode node, OnnxTensor from, OnnxTensor places) {
        if (places == null || from.shape().length != 1) {
            return null;
        }
        double[] values = new double[places.values().length];
        for (int i = 0; i < values.length; i++) {
            int place = (int) places.values()[i];
            place = place < 0 ? place + from.values().length : place;
            if (place < 0 || place >= from.values().length) {
                throw node.refused("takes place %d of %d values", place, from.values().length);
            }
            values[i] = from.values()[place];
        }
        return new OnnxTensor(places.shape(), values);
    }

    private OnnxTensor concat(OnnxNode node) {
        double[] all = new double[0];
        for (String input : node.inputs()) {
            OnnxTensor part = get(input);
            if (part == null || part.shape().length > 1) {
                return null;
            }
            int start = all.length;
            all = Arrays.copyOf(all, start + part.values().length);
            System.arraycopy(part.values(), 0, all, start, part.values().length);
        }
        return new OnnxTensor(new int[] {all.length}, all);
    }
}
