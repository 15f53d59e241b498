package org.parsimony.coding;

import org.parsimony.base.Require;

/**
 * One layer of a {@link CodedNetwork}.
 *
 * @param name as the architecture calls it; at most 65,535 bytes of UTF-8
 * @param matrix weights {@code [inputs × outputs]}
 * @param bias one value for each output, or none
 */
public record CodedLayer(String name, CompressedMatrix matrix, float[] bias) {

    public CodedLayer {
        Require.text("name of the layer", name);
        Require.that(
                bias.length == 0 || bias.length == matrix.cols(),
                "layer %s has %d biases, but must have none or one for each of its %d outputs",
                name,
                bias.length,
                matrix.cols());
    }
}
