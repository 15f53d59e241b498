package org.parsimony.export.onnx;

import org.parsimony.export.Parts;

/** A network as {@code .onnx}, opset 13. */
public final class OnnxExport {

    private OnnxExport() {}

    /**
     * The file, weights as they are.
     *
     * @throws IllegalArgumentException if a layer has no operator in ONNX, by name
     */
    public static byte[] plain(Parts parts) {
        OnnxWriter writer = new OnnxWriter(false);
        return file(parts, writer, new OnnxTensors.Plain(writer));
    }

    /** The file, each array of weights in the smallest form, decoded by operators of the graph; the same weights, bit for bit. */
    public static byte[] compressed(Parts parts) {
        OnnxWriter writer = new OnnxWriter(true);
        return file(parts, writer, new CodedTensors(writer));
    }

    private static byte[] file(Parts parts, OnnxWriter writer, OnnxTensors tensors) {
        new OnnxLayers(parts, writer, tensors).add();
        tensors.finish();
        return writer.file();
    }
}
