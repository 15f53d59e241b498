package org.parsimony.annealing.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
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
     * @param target whose weights a removed element sets to zero: the layer itself or, for units, one that reads them;
     *     where several do, each has a part, of the same elements
     * @param shape of the target's weights
     * @param first number of the first element
     * @param owner for every weight of the target, row-major, the element it belongs to, counted from {@code first}, or −1
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
            Require.between("layer", layer, 0, model.net().layers() - 1);
            List<Part> own = kind == Element.UNIT
                    ? units(model, layer, first)
                    : List.of(kind == Element.KERNEL ? kernels(model, layer, first) : weights(model, layer, first));
            parts.addAll(own);
            first += own.get(0).count;
        }
        return new Elements(kind, parts);
    }

    private static INDArray weightsOf(Model model, int layer) {
        return model.net().layer(layer).getParam("W");
    }

    private static Part weights(Model model, int layer, int first) {
        if (!(model.net().conf(layer) instanceof DepthwiseConvolution2D)) {
            Surgery.units(model, layer); // says what a layer without any is
        }
        LayerWeights own = LayerWeights.chosen(model, new int[] {layer}, LayerWeights.Kinds.ALL)
                .get(0);
        INDArray weights = weightsOf(model, layer);
        int length = own.size();
        int[] owner = IntStream.range(0, length).toArray();
        int[] rows = weights.rank() == 4 && !own.depthwise()
                ? IntStream.range(0, length).map(i -> i / own.inputs()).toArray()
                : IntStream.range(0, length).map(i -> i % own.units()).toArray();
        return new Part(layer, layer, weights.shape(), first, length, owner, rows);
    }

    private static Part kernels(Model model, int layer, int first) {
        int units = Surgery.units(model, layer);
        INDArray weights = weightsOf(model, layer);
        Require.that(
                weights.rank() == 4,
                "layer %d is dense, but kernels are elements of convolutions; search its weights or its units",
                layer);
        int area = (int) (weights.size(2) * weights.size(3));
        int channels = (int) weights.size(1);
        int count = units * channels;
        int[] owner =
                IntStream.range(0, (int) weights.length()).map(i -> i / area).toArray();
        int[] rows = IntStream.range(0, count).map(e -> e / channels).toArray();
        return new Part(layer, layer, weights.shape(), first, count, owner, rows);
    }

    /** A part for each layer that reads the units. */
    private static List<Part> units(Model model, int layer, int first) {
        int units = Surgery.units(model, layer);
        List<Part> parts = new ArrayList<>();
        for (int target : Surgery.readers(model, layer)) {
            INDArray weights = weightsOf(model, target);
            int[] taken = Surgery.unitsTaken(model, layer, target);
            int stride = (int) (weights.rank() == 4 ? weights.size(2) * weights.size(3) : weights.size(1));
            int[] owner = IntStream.range(0, (int) weights.length())
                    .map(i -> taken[i / stride % taken.length])
                    .toArray();
            parts.add(new Part(layer, target, weights.shape(), first, units, owner, null));
        }
        return parts;
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
        return parts.stream().mapToInt(Part::layer).distinct().toArray();
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
            float[] w = Stage.values(weightsOf(model, part.target));
            for (int i = 0; i < w.length; i++) {
                if (part.owner[i] >= 0) {
                    sums[part.first + part.owner[i]] += Math.abs(w[i]);
                    counts[part.first + part.owner[i]]++;
                }
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
                if (part.owner[i] >= 0) {
                    candidates[part.first + part.owner[i]] |= m == null || m[i] != 0;
                }
            }
        }
        return candidates;
    }

    /** By target layer, zeros and ones of the shape of its weights, row-major. */
    public Map<Integer, float[]> masks(boolean[] kept) {
        Map<Integer, float[]> masks = new TreeMap<>();
        for (Part part : parts) {
            float[] mask = masks.computeIfAbsent(part.target, target -> {
                float[] ones = new float[part.owner.length];
                Arrays.fill(ones, 1);
                return ones;
            });
            for (int i = 0; i < mask.length; i++) {
                if (part.owner[i] >= 0 && !kept[part.first + part.owner[i]]) {
                    mask[i] = 0;
                }
            }
        }
        return masks;
    }

    /**
     * A copy of the model with the removed elements masked, beside what its own constraints already hold; what is masked is no
     * shared value any more.
     */
    public Model masked(Model model, boolean[] kept) {
        Model result = model.copy();
        Set<Integer> done = new HashSet<>();
        for (Part part : parts) {
            LayerWeights layer = LayerWeights.chosen(model, new int[] {part.layer}, LayerWeights.Kinds.ALL)
                    .get(0);
            if (!done.add(part.layer)) {
                continue;
            }
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
}
