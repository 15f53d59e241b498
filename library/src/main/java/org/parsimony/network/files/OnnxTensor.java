package org.parsimony.network.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.parsimony.base.Require;

/**
 * A constant of an ONNX graph.
 *
 * @param shape its sides; none for a single number
 * @param values row-major; whole numbers are exact up to 2^53
 */
record OnnxTensor(int[] shape, double[] values) {

    private static final int FLOAT = 1;
    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int INT32 = 6;
    private static final int INT64 = 7;
    private static final int FLOAT16 = 10;
    private static final int DOUBLE = 11;

    /** One number. */
    static OnnxTensor of(double value) {
        return new OnnxTensor(new int[0], new double[] {value});
    }

    /** A list of numbers. */
    static OnnxTensor of(List<Long> values) {
        return new OnnxTensor(
                new int[] {values.size()},
                values.stream().mapToDouble(Long::doubleValue).toArray());
    }

    /**
     * Reads what the file holds; as many values as its sides say, no more are allocated than there are.
     *
     * @throws IllegalArgumentException naming the tensor that is cut, lies in another file, or is of another type
     */
    static OnnxTensor of(TensorProto proto) {
        String name = proto.getName().isEmpty() ? "a constant" : "tensor \"" + proto.getName() + "\"";
        Require.that(
                proto.getDataLocation() == TensorProto.DataLocation.DEFAULT && proto.getExternalDataCount() == 0,
                "%s lies in another file; export the network into one file",
                name);
        int[] shape = new int[proto.getDimsCount()];
        long length = 1;
        for (int d = 0; d < shape.length; d++) {
            long side = proto.getDims(d);
            Require.that(side >= 0 && side <= Integer.MAX_VALUE, "%s has a side of %d", name, side);
            shape[d] = (int) side;
            length = Math.multiplyExact(length, side);
        }
        ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long there =
                switch (proto.getDataType()) {
                    case FLOAT -> raw.remaining() / 4 + proto.getFloatDataCount();
                    case DOUBLE -> raw.remaining() / 8 + proto.getDoubleDataCount();
                    case INT64 -> raw.remaining() / 8 + proto.getInt64DataCount();
                    case INT32 -> raw.remaining() / 4 + proto.getInt32DataCount();
                    case FLOAT16 -> raw.remaining() / 2 + proto.getInt32DataCount();
                    case UINT8, INT8 -> raw.remaining() + proto.getInt32DataCount();
                    default ->
                        throw new IllegalArgumentException(name + " is of ONNX's type " + proto.getDataType()
                                + ", but must be of floats of 16, 32 or 64 bits or integers of 8, 32 or 64");
                };
        Require.that(there == length, "%s must have %d values, but has %d; copy the file again", name, length, there);
        double[] values = new double[(int) length];
        boolean packed = raw.hasRemaining();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (proto.getDataType()) {
                case FLOAT -> packed ? raw.getFloat() : proto.getFloatData(i);
                case DOUBLE -> packed ? raw.getDouble() : proto.getDoubleData(i);
                case INT64 -> packed ? raw.getLong() : proto.getInt64Data(i);
                case INT32 -> packed ? raw.getInt() : proto.getInt32Data(i);
                case UINT8 -> packed ? raw.get() & 0xff : proto.getInt32Data(i);
                case INT8 -> packed ? raw.get() : proto.getInt32Data(i);
                default -> half(packed ? raw.getShort() : (short) proto.getInt32Data(i));
            };
        }
        return new OnnxTensor(shape, values);
    }

    /** The value of a float of 16 bits. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 0x1f
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb(1 + fraction / 1024.0, exponent - 15);
        return bits < 0 ? -size : size;
    }

    /** A list of numbers. */
    static OnnxTensor list(double[] values) {
        return new OnnxTensor(new int[] {values.length}, values);
    }

    /** Whether it is a single number. */
    boolean isScalar() {
        return values.length == 1;
    }

    /** The whole numbers. */
    int[] whole() {
        return Arrays.stream(values)
                .mapToInt(value -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)))
                .toArray();
    }

    /** As floats. */
    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
