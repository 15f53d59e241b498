package org.parsimony.coding;

import org.parsimony.base.Require;

/**
 * The parameters of one layer of a {@link CodedNetwork}.
 *
 * @param matrix weights {@code [inputs × outputs]}; of a convolution {@code [channels·height·width × filters]}; of batch
 *     norm {@code [4 × channels]}
 * @param bias one value for each output, or none
 */
public record CodedLayer(CompressedMatrix matrix, float[] bias) {

    public CodedLayer {
        Require.that(
                bias.length == 0 || bias.length == matrix.cols(),
                "the layer has %d biases, but must have none or one for each of its %d outputs",
                bias.length,
                matrix.cols());
    }

    /** Bytes that the layer takes in a file, biases included. */
    public int sizeInBytes() {
        return LayerFormat.size(this);
    }
}
