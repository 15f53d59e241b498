package org.parsimony.network.fused.compute;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Floats outside the heap, where OpenBLAS reads and writes. Java's loops over such memory are not vectorised (a factor of
 * four to ten on JDK 17 and 25), so the passes between the matrix products work on heap arrays and blocks are copied
 * across here.
 */
public final class OffHeap {

    private final FloatPointer memory;
    private final FloatBuffer buffer;
    private final FloatPointer[] cursors;

    /** Fresh memory, zeroed; {@link Memory} hands it out and frees it. */
    private OffHeap(int length) {
        this(new FloatPointer(Math.max(1, length)), Math.max(1, length));
        FloatPointer.memset(memory, 0, (long) Float.BYTES * Math.max(1, length));
    }

    /** The memory of a contiguous array itself, not a copy. */
    public OffHeap(INDArray array) {
        this(new FloatPointer(array.data().addressPointer()), Math.toIntExact(array.length()));
    }

    /**
     * The memory of one engine, outside the heap and on it, so that closing it gives everything back at once and its bytes
     * are counted where they are taken.
     */
    public static final class Memory implements AutoCloseable {

        private final List<OffHeap> taken = new ArrayList<>();
        private long bytes;

        /** {@code length} zeros. */
        public OffHeap take(int length) {
            OffHeap fresh = new OffHeap(length);
            taken.add(fresh);
            bytes += (long) Float.BYTES * Math.max(1, length);
            return fresh;
        }

        /** The memory of an array of the network, which stays its own but is held while the engine lives. */
        public OffHeap of(INDArray array) {
            bytes += Float.BYTES * array.length();
            return new OffHeap(array);
        }

        /** {@code length} zeros on the heap. */
        public float[] floats(int length) {
            bytes += (long) Float.BYTES * length;
            return new float[length];
        }

        /** {@code length} zeros on the heap. */
        public double[] doubles(int length) {
            bytes += (long) Double.BYTES * length;
            return new double[length];
        }

        /** {@code length} zeros on the heap. */
        public int[] ints(int length) {
            bytes += (long) Integer.BYTES * length;
            return new int[length];
        }

        /** Bytes that were taken. */
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            taken.forEach(block -> block.memory.close());
            taken.clear();
        }
    }

    private OffHeap(FloatPointer memory, int length) {
        this.memory = memory.capacity(length).limit(length);
        buffer = this.memory.asBuffer();
        cursors = new FloatPointer[Schedule.LANES * Blas.OPERANDS];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new FloatPointer(this.memory);
        }
    }

    /** Where OpenBLAS finds element {@code offset}; {@code operand} (0, 1, 2) keeps operands of one call apart. */
    public FloatPointer at(int lane, int operand, long offset) {
        return cursors[lane * Blas.OPERANDS + operand].position(offset);
    }

    /** Copies {@code [from, to)} to the same place of {@code heap}. */
    public void read(float[] heap, int from, int to) {
        buffer.get(from, heap, from, to - from);
    }

    /** Copies {@code [from, to)} from the same place of {@code heap}. */
    public void write(float[] heap, int from, int to) {
        buffer.put(from, heap, from, to - from);
    }

    /** Copies {@code n} values at {@code offset} here to {@code heap} at {@code from}. */
    public void read(int offset, float[] heap, int from, int n) {
        buffer.get(offset, heap, from, n);
    }

    /** Copies {@code n} values from {@code heap} at {@code from} to {@code offset} here. */
    public void write(int offset, float[] heap, int from, int n) {
        buffer.put(offset, heap, from, n);
    }
}
