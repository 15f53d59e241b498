package org.parsimony.network.files;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/** One operator of an ONNX graph: its attributes by name, and its name in messages. */
final class OnnxNode {

    private final NodeProto proto;
    private final Map<String, AttributeProto> attributes = new HashMap<>();

    OnnxNode(NodeProto proto) {
        this.proto = proto;
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    }

    /** What it computes: {@code "Conv"}. */
    String kind() {
        return proto.getOpType();
    }

    /** As errors name it. */
    String full() {
        String name = proto.getName().isEmpty() ? proto.getOutputCount() > 0 ? output() : "" : proto.getName();
        return kind() + " \"" + name + "\"";
    }

    /** Name of its first output. */
    String output() {
        Require.that(proto.getOutputCount() > 0, "a node %s has no output", kind());
        return proto.getOutput(0);
    }

    /** Names of its outputs. */
    List<String> outputs() {
        return List.copyOf(proto.getOutputList());
    }

    /** Names of its inputs; an empty one is left out. */
    List<String> inputs() {
        return List.copyOf(proto.getInputList());
    }

    /** Name of input {@code i}, or null if it is left out. */
    String input(int i) {
        return i < proto.getInputCount() && !proto.getInput(i).isEmpty() ? proto.getInput(i) : null;
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    AttributeProto attribute(String name) {
        return attributes.get(name);
    }

    /** A whole number. */
    long whole(String name, long usual) {
        return has(name) ? attributes.get(name).getI() : usual;
    }

    /** A number. */
    double number(String name, double usual) {
        return has(name) ? attributes.get(name).getF() : usual;
    }

    /** A word. */
    String text(String name, String usual) {
        return has(name) ? attributes.get(name).getS().toStringUtf8() : usual;
    }

    /** Whole numbers; {@code usual} if they are not there. */
    int[] wholes(String name, int... usual) {
        return has(name)
                ? attributes.get(name).getIntsList().stream()
                        .mapToInt(Math::toIntExact)
                        .toArray()
                : usual;
    }

    IllegalArgumentException refused(String why, Object... values) {
        return new IllegalArgumentException(full() + " " + String.format(why, values));
    }

    /**
     * The window of a convolution or of pooling, and the zeros that must be put around the image before it.
     *
     * @param window with the padding that is the same on both sides
     * @param zeros top, bottom, left, right, or null if the window has all
     */
    record Windowing(Layers.Window window, int[] zeros) {}

    /** The windowing that the attributes tell, for kernels of this size. */
    Windowing window(Shape in, int height, int width) {
        int[] steps = wholes("strides", 1, 1);
        int[] dilation = wholes("dilations", 1, 1);
        int[] pads = wholes("pads", 0, 0, 0, 0);
        if (!in.image() || steps.length != 2 || dilation.length != 2 || pads.length != 4) {
            throw refused("works along other than two sides of images, which is not supported");
        }
        String mode = text("auto_pad", "NOTSET");
        if (whole("ceil_mode", 0) != 0) {
            throw refused("has ceil_mode, which is not supported; pad the image instead");
        }
        boolean same = mode.equals("SAME_UPPER");
        if (!same && !mode.equals("NOTSET") && !mode.equals("VALID")) {
            throw refused("has auto_pad %s, but must have NOTSET, VALID or SAME_UPPER", mode);
        }
        boolean none = same || mode.equals("VALID");
        boolean even = pads[0] == pads[2] && pads[1] == pads[3];
        Layers.Window window = new Layers.Window(
                height,
                width,
                steps[0],
                steps[1],
                none || !even ? 0 : pads[0],
                none || !even ? 0 : pads[1],
                dilation[0],
                dilation[1],
                same);
        return new Windowing(window, none || even ? null : new int[] {pads[0], pads[2], pads[1], pads[3]});
    }
}
