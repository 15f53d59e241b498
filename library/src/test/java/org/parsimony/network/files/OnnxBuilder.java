package org.parsimony.network.files;

import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Writes small ONNX networks by hand. */
final class OnnxBuilder {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    private final SplittableRandom random = new SplittableRandom(7);
    private final int version;

    OnnxBuilder(int version, long... input) {
        this.version = version;
        graph.addInput(value("x", input));
    }

    private static ValueInfoProto value(String name, long... sides) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"));
        for (long side : sides) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }

    /** Random weights between −0.5 and 0.5. */
    OnnxBuilder weights(String name, long... shape) {
        return values(name, -0.5, 0.5, shape);
    }

    /** Random values of this range. */
    OnnxBuilder values(String name, double least, double most, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        long n = 1;
        for (long side : shape) {
            tensor.addDims(side);
            n *= side;
        }
        for (long i = 0; i < n; i++) {
            tensor.addFloatData((float) (least + (most - least) * random.nextDouble()));
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** Weights that lie in a file beside this one. */
    OnnxBuilder external(String name, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("net.onnx.data"));
        for (long side : shape) {
            tensor.addDims(side);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** One number. */
    OnnxBuilder number(String name, double value) {
        graph.addInitializer(
                TensorProto.newBuilder().setName(name).setDataType(FLOAT).addFloatData((float) value));
        return this;
    }

    /** Whole numbers, packed. */
    OnnxBuilder wholes(String name, long... values) {
        java.nio.ByteBuffer raw =
                java.nio.ByteBuffer.allocate(8 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(INT64)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(raw.array())));
        return this;
    }

    /** {@code "Conv x w b -> y"} with attributes, each {@code name, value}. */
    OnnxBuilder node(String text, Object... attributes) {
        String[] sides = text.split(" -> ");
        String[] words = sides[0].split(" ");
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(words[0]).setName("n" + graph.getNodeCount());
        for (int i = 1; i < words.length; i++) {
            node.addInput(words[i].equals("_") ? "" : words[i]);
        }
        for (String output : sides[1].split(" ")) {
            node.addOutput(output);
        }
        for (int i = 0; i < attributes.length; i += 2) {
            AttributeProto.Builder attribute = AttributeProto.newBuilder().setName((String) attributes[i]);
            Object value = attributes[i + 1];
            if (value instanceof long[] wholes) {
                attribute.setType(AttributeProto.AttributeType.INTS);
                for (long whole : wholes) {
                    attribute.addInts(whole);
                }
            } else if (value instanceof Double number) {
                attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number.floatValue());
            } else if (value instanceof String word) {
                attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(word));
            } else {
                attribute.setType(AttributeProto.AttributeType.INT).setI(((Number) value).longValue());
            }
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return this;
    }

    /** The file of the network whose output is {@code y}. */
    byte[] bytes(int outputs) {
        graph.addOutput(value("y", outputs));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
