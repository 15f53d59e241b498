package org.parsimony.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;
import org.parsimony.network.Architecture.Shape;

/** An ONNX graph under construction: nodes and initialisers in the order in which they are added. */
final class OnnxWriter {

    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT32 = 6;
    static final int INT64 = 7;

    /** Opset 13 came with format version 7; everything written here is in it. */
    private static final int IR_VERSION = 7;

    private static final int OPSET = 13;

    /** Opset in which AveragePool learned dilation, and its format version. */
    private static final int[] DILATED = {19, 9};

    private static final String SAMPLES = "n";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    /** What decodes weights, which must stand before what reads them. */
    private final List<NodeProto> decoding = new ArrayList<>();

    private final List<NodeProto> layers = new ArrayList<>();
    private final boolean shortNames;
    private boolean dilatedMeans;
    private boolean beforeLayers;
    private final Set<String> taken = new HashSet<>();
    private int names;

    /** @param shortNames whether intermediate values have numbers for names, which take fewer bytes */
    OnnxWriter(boolean shortNames) {
        this.shortNames = shortNames;
    }

    /** {@code wanted}, or one much like it or a short one that nothing else has. */
    String name(String wanted) {
        String name;
        int n = 1;
        do {
            name = shortNames ? Integer.toString(names++, Character.MAX_RADIX) : n == 1 ? wanted : wanted + "_" + n;
            n++;
        } while (!taken.add(name));
        return name;
    }

    /** An input of samples of this shape. */
    void input(String name, Shape shape) {
        taken.add(name);
        graph.addInput(value(name, shape));
    }

    /** The output. */
    void output(String name, Shape shape) {
        graph.addOutput(value(name, shape));
    }

    private static ValueInfoProto value(String name, Shape shape) {
        TensorShapeProto.Builder sides = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(SAMPLES));
        for (int side : shape.toArray()) {
            sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(sides)))
                .build();
    }

    /** The operators that follow decode weights. */
    void beginDecoding() {
        beforeLayers = true;
    }

    /** Average pooling with dilation is used, which needs a newer opset. */
    void useDilatedMeans() {
        dilatedMeans = true;
    }

    /**
     * Adds an operator with one output.
     *
     * @param attributes each {@code name, value}: a float, a whole number, an array of these, or a word
     * @return the output's name
     */
    String node(String kind, String output, List<String> inputs, Object... attributes) {
        return nodes(kind, List.of(output), inputs, attributes);
    }

    /** An operator with several outputs; gives the first. */
    String nodes(String kind, List<String> outputs, List<String> inputs, Object... attributes) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(kind).addAllInput(inputs).addAllOutput(outputs);
        if (!shortNames) {
            node.setName(outputs.get(0));
        }
        for (int i = 0; i < attributes.length; i += 2) {
            node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
        }
        (beforeLayers ? decoding : layers).add(node.build());
        return outputs.get(0);
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof int[] wholes) {
            attribute.setType(AttributeProto.AttributeType.INTS);
            Arrays.stream(wholes).forEach(attribute::addInts);
        } else if (value instanceof Integer whole) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(whole);
        } else if (value instanceof String word) {
            attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(word));
        } else {
            attribute.setType(AttributeProto.AttributeType.FLOAT).setF((Float) value);
        }
        return attribute.build();
    }

    /** Adds a constant of floats; no sides for a single number. */
    String floats(String name, float[] values, int... sides) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return constant(name, FLOAT, raw.array(), sides);
    }

    /** Adds a list of bytes without sign. */
    String bytes(String name, byte[] values) {
        return constant(name, UINT8, values, values.length);
    }

    /** Adds a list of whole numbers of 64 bits. */
    String wholes(String name, int... values) {
        return constant(name, INT64, longs(values), values.length);
    }

    /** Adds a single whole number of 32 bits. */
    String whole(String name, int value) {
        byte[] raw = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        return constant(name, INT32, raw);
    }

    /** Adds a list of whole numbers of 32 bits. */
    String wholes32(String name, int... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(raw::putInt);
        return constant(name, INT32, raw.array(), values.length);
    }

    private static byte[] longs(int... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(raw::putLong);
        return raw.array();
    }

    private String constant(String name, int type, byte[] raw, int... sides) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(raw));
        Arrays.stream(sides).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    /** The whole file. */
    byte[] file() {
        return ModelProto.newBuilder()
                .setIrVersion(dilatedMeans ? DILATED[1] : IR_VERSION)
                .setProducerName("Parsimony")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(dilatedMeans ? DILATED[0] : OPSET))
                .setGraph(graph.clone().addAllNode(decoding).addAllNode(layers))
                .build()
                .toByteArray();
    }
}
