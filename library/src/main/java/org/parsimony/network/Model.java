package org.parsimony.network;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j network with the masks that keep pruned weights at zero.
 *
 * <p>The network is shared, not copied: training changes it in place. {@link #copy()} makes an independent one.
 */
public final class Model {

    private final MultiLayerNetwork network;
    private final Map<Integer, INDArray> masks;

    /** A model without masks around an initialised network. */
    public Model(MultiLayerNetwork network) {
        this(network, Map.of());
    }

    /**
     * @param network an initialised network
     * @param masks by layer index, an array of zeros and ones of the shape of that layer's weights {@code "W"}
     */
    public Model(MultiLayerNetwork network, Map<Integer, INDArray> masks) {
        this.network = network;
        this.masks = new TreeMap<>(masks);
    }

    /** The Deeplearning4j network itself. */
    public MultiLayerNetwork network() {
        return network;
    }

    /** Masks by layer index, each of the shape of the layer's weights; layers without an entry are dense. */
    public Map<Integer, INDArray> masks() {
        return masks;
    }

    /** An independent copy: parameters, optimiser state and masks. */
    public Model copy() {
        Map<Integer, INDArray> m = new TreeMap<>();
        masks.forEach((layer, mask) -> m.put(layer, mask.dup()));
        return new Model(network.clone(), m);
    }
}
