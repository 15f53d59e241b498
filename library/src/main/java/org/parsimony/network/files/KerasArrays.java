package org.parsimony.network.files;

import java.util.Arrays;
import java.util.Map;
import org.parsimony.base.Require;

/** Arrays of one Keras layer, checked. */
final class KerasArrays {

    private KerasArrays() {}

    /** The layer's bias, or nothing if it has none. */
    static float[] bias(KerasConfig layer, Map<String, KerasFormat.Array> arrays, int units, boolean biased) {
        Require.that(
                biased || !arrays.containsKey("bias"),
                "%s says \"use_bias\": false, but the file has a bias for it; save the network anew with the one that is meant",
                layer.full());
        return biased ? array(layer, arrays, "bias", units) : new float[0];
    }

    /**
     * An array of this shape.
     *
     * @throws IllegalArgumentException if it is not there, has another shape, or a value that is no finite number
     */
    static float[] array(KerasConfig layer, Map<String, KerasFormat.Array> arrays, String name, int... shape) {
        KerasFormat.Array array = arrays.get(name);
        Require.that(
                array != null,
                "%s has no %s among its arrays %s; save the whole network again",
                layer.full(),
                name,
                arrays.keySet());
        Require.that(
                Arrays.equals(array.shape(), shape),
                "%s has a %s of shape %s, but must have %s",
                layer.full(),
                name,
                Arrays.toString(array.shape()),
                Arrays.toString(shape));
        for (int i = 0; i < array.values().length; i++) {
            Require.that(
                    Float.isFinite(array.values()[i]),
                    "%s has a %s whose value %d is %s, but must be a finite number of 32 bits; train the network again",
                    layer.full(),
                    name,
                    i,
                    array.values()[i]);
        }
        return array.values();
    }
}
