package org.parsimony.annealing.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Removal;

/**
 * The elements that a mask is over, numbered from 0 layer by layer, and where their weights lie. An element that an
 * earlier mask has emptied is not among the candidates.
 */
public final class Elements {

    /**
     * The elements of one layer.
     *
     * @param layer whose elements they are
     * @param target whose weights a removed element sets to zero: the layer itself or, for units, the next one
     * @param shape of the target's weights
     * @param first number of the first element
     * @param owner for every weight of the target, row-major, the element it belongs to, counted from {@code first}
     * @param rows for every element the unit or filter it feeds, or null where that has no meaning
     */
    record Part(int layer, int target, long[] shape, int first, int count, int[] owner, int[] rows) {}

    private final Element kind;
    private final List<Part> parts;
    private final int size;

    private Elements(Element kind, List<Part> parts) {
        this.kind = kind;
        this.parts = parts;
        Part last = parts.get(parts.size() - 1);
        this.size = last.first + last.count;
    }

    /**
     * @param layers with weights; none for the last hidden layer
     * @throws IllegalArgumentException if a layer does not exist or has no such elements, or if none is hidden
     */
    public static Elements of(Model model, Element kind, int... layers) {
        int[] hidden = Surgery.layers(model);
        Require.that(
                hidden.length > 0,
                "network %s has no hidden layer, but the search is over a hidden layer's connections; give it at least "
                        + "one",
                Architectures.text(Architectures.widths(model)));
        int[] chosen = layers.length == 0 ? new int[] {hidden[hidden.length - 1]} : layers;
        chosen = IntStream.of(chosen).sorted().distinct().toArray();
        List<Part> parts = new ArrayList<>();
        int first = 0;
        for (int layer : chosen) {
            Part part = part(model, kind, layer, first);
            parts.add(part);
            first += part.count;
        }
        return new Elements(kind, parts);
    }

    private static Part part(Model model, Element kind, int layer, int first) {
        int units = Surgery.units(model, layer);
        int target = kind == Element.UNIT ? Surgery.nextWithUnits(model, layer) : layer;
        INDArray weights = model.network().getLayer(target).getParam("W");
        boolean convolution = weights.rank() == 4;
        int length = (int) weights.length();
        int[] owner = new int[length];
        int[] rows = null;
        int count;
        if (kind == Element.WEIGHT) {
            count = length;
            Arrays.setAll(owner, i -> i);
            rows = IntStream.range(0, length)
                    .map(i -> convolution ? i / (length / units) : i % units)
                    .toArray();
        } else if (kind == Element.KERNEL) {
            Require.that(
                    convolution,
                    "layer %d is dense, but kernels are elements of convolutions; search its weights or its units",
                    layer);
            int area = (int) (weights.size(2) * weights.size(3));
            int channels = (int) weights.size(1);
            count = units * channels;
            Arrays.setAll(owner, i -> i / area);
            rows = IntStream.range(0, count).map(e -> e / channels).toArray();
        } else {
            count = units;
            int stride = (int) (convolution ? weights.size(2) * weights.size(3) : weights.size(1));
            int readers = (int) (convolution ? 1 : weights.size(0) / units);
            Arrays.setAll(owner, i -> i / stride / readers % units);
        }
        return new Part(layer, target, weights.shape(), first, count, owner, rows);
    }

    Element kind() {
        return kind;
    }

    List<Part> parts() {
        return parts;
    }

    /** Number of elements. */
    public int size() {
        return size;
    }

    /** The layers searched, in order. */
    public int[] layers() {
        return parts.stream().mapToInt(Part::layer).toArray();
    }

    /** For every element the row it lies in, counted through all layers; null if all lie in one. */
    public int[] rows() {
        if (kind == Element.UNIT) {
            return null;
        }
        int[] rows = new int[size];
        int from = 0;
        for (Part part : parts) {
            for (int e = 0; e < part.count; e++) {
                rows[part.first + e] = from + part.rows[e];
            }
            from += Arrays.stream(part.rows).max().orElse(0) + 1;
        }
        return rows;
    }

    /** Mean |w| of every element's weights. */
    public double[] magnitudes(Model model) {
        double[] sums = new double[size];
        int[] counts = new int[size];
        for (Part part : parts) {
            float[] w = Stage.values(model.network().getLayer(part.target).getParam("W"));
            for (int i = 0; i < w.length; i++) {
                sums[part.first + part.owner[i]] += Math.abs(w[i]);
                counts[part.first + part.owner[i]]++;
            }
        }
        for (int e = 0; e < size; e++) {
            sums[e] /= counts[e];
        }
        return sums;
    }

    /** The elements of which the model's own masks leave something. */
    public boolean[] candidates(Model model) {
        boolean[] candidates = new boolean[size];
        for (Part part : parts) {
            INDArray mask = model.masks().get(part.target);
            float[] m = mask == null ? null : Stage.values(mask);
            for (int i = 0; i < part.owner.length; i++) {
                candidates[part.first + part.owner[i]] |= m == null || m[i] != 0;
            }
        }
        return candidates;
    }

    /** By target layer, zeros and ones of the shape of its weights, row-major. */
    public Map<Integer, float[]> masks(boolean[] kept) {
        Map<Integer, float[]> masks = new TreeMap<>();
        for (Part part : parts) {
            float[] mask = new float[part.owner.length];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = kept[part.first + part.owner[i]] ? 1 : 0;
            }
            masks.put(part.target, mask);
        }
        return masks;
    }

    /**
     * A copy of the model with the removed elements masked, beside what its own constraints already hold; what is masked is no
     * shared value any more.
     */
    public Model masked(Model model, boolean[] kept) {
        Model result = model.copy();
        for (Part part : parts) {
            LayerWeights layer = weights(model, part.layer);
            if (kind == Element.UNIT) {
                boolean[] out = new boolean[part.count];
                for (int e = 0; e < out.length; e++) {
                    out[e] = !kept[part.first + e];
                }
                result = Removal.Of.UNIT.without(result, layer, out);
            } else {
                float[] mask = layer.flat(Nd4j.create(masks(kept).get(part.target), part.shape, 'c'));
                boolean[] out = new boolean[mask.length];
                for (int i = 0; i < out.length; i++) {
                    out[i] = mask[i] == 0;
                }
                layer.mask(result, out);
            }
        }
        return result;
    }

    private static LayerWeights weights(Model model, int layer) {
        return LayerWeights.chosen(model, new int[] {layer}, LayerWeights.Kinds.ALL)
                .get(0);
    }
}
