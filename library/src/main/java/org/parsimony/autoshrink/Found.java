package org.parsimony.autoshrink;

import org.parsimony.network.Architecture.Shape;

/**
 * What the authors released: the cell that their search found, and the network for ImageNet made of it, ShrinkCNN.
 */
public final class Found {

    private static final int SIDE = 224;
    private static final int CLASSES = 1001;
    private static final String CELL = "sep,sep,sep,conv: 0-1 0-2 0-3 1-3 0-4 2-4";

    private Found() {}

    /** Five nodes and six edges: three separable convolutions and a 1×1 convolution; the output are the last two nodes. */
    public static Cell cell() {
        return Cell.parse(CELL);
    }

    /** ShrinkCNN's size for images of 224 × 224 and 1001 classes; the paper states 3.6 million parameters and 384 million MACs. */
    public static Size imageNet() {
        return Size.of(CellNetwork.of(cell(), Layout.imageNet(), Shape.of(3, SIDE, SIDE), CLASSES));
    }
}
