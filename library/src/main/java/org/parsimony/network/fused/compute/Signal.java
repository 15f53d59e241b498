package org.parsimony.network.fused.compute;

/**
 * What flows from one layer to the next: activations and, in the backward pass, the loss's derivatives with respect to
 * them. Both are matrices {@code [units × columns]} with one column for each sample and position: {@code samples} columns
 * behind a dense layer, {@code samples · height · width} behind a convolution, whose units are its channels. So bias,
 * batch norm and activation treat a unit as one contiguous run. The signal of the data itself, and of a flattened
 * convolution, is {@link #sampleMajor}: {@code [samples × units · height · width]}.
 *
 * <p>Layers pass each other the heap arrays; what a matrix product reads or writes is outside the heap.
 */
public final class Signal {

    private static final int THIN = 64;

    /** Where room outside the heap comes from. */
    public final OffHeap.Memory memory;
    /** Neurons or channels. */
    public final int units;
    /** Height and width of a unit; 1 × 1 for a neuron. */
    public final int height;

    /** Width of a unit. */
    public final int width;
    /** Whether samples are rows rather than columns. */
    public final boolean sampleMajor;
    /** Activations and derivatives where Java's loops work; derivatives once there is a backward pass. */
    public final float[] value;

    /** Derivatives of the loss by {@link #value}; null until {@link #learn}. */
    public float[] delta;

    private OffHeap valueOut;
    private OffHeap deltaOut;

    /**
     * @param maxSamples of a batch
     * @param sampleMajor whether samples are rows
     */
    public Signal(OffHeap.Memory memory, int units, int height, int width, int maxSamples, boolean sampleMajor) {
        this.memory = memory;
        this.units = units;
        this.height = height;
        this.width = width;
        this.sampleMajor = sampleMajor;
        int size = Math.multiplyExact(units, Math.multiplyExact(height * width, maxSamples));
        value = memory.floats(size);
    }

    /** Activations where OpenBLAS works; to be asked for when a layer is built. */
    public OffHeap valueOut() {
        valueOut = valueOut == null ? memory.take(value.length) : valueOut;
        return valueOut;
    }

    /** Derivatives where OpenBLAS works; to be asked for when a backward pass is built. */
    public OffHeap deltaOut() {
        deltaOut = deltaOut == null ? memory.take(value.length) : deltaOut;
        return deltaOut;
    }

    /** Makes room for derivatives. */
    public void learn() {
        delta = delta == null ? memory.floats(value.length) : delta;
    }

    /** Values of one sample. */
    public int perSample() {
        return units * height * width;
    }

    /** Columns of a batch. */
    public int columns(int samples) {
        return samples * height * width;
    }

    /** The distance between rows of a batch. */
    public int stride(int samples) {
        return sampleMajor ? perSample() : columns(samples);
    }

    /**
     * Whether its units are too few to be shared among lanes: each share would prepare the whole input for a product that
     * is hardly larger than that.
     */
    public boolean thin() {
        return units < THIN && height * width == 1;
    }

    /** The first unit of a lane; its last is before the next lane's first. The first lane has all units of a thin layer. */
    public int unit(int lane) {
        return thin() ? Math.min(lane, 1) * units : Schedule.share(units, lane);
    }

    /** Where the share of a lane starts: rows are shared, that is units, or samples if {@link #sampleMajor}. */
    public int start(int samples, int lane) {
        return (sampleMajor ? Schedule.share(samples, lane) : unit(lane)) * stride(samples);
    }
}
