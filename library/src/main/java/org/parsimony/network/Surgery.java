package org.parsimony.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;

/**
 * Exact surgery on the units of a layer: the neurons of a dense layer or the filters of a convolution.
 *
 * <p>Removing, keeping and duplicating are one operation: the new layer's unit {@code k} is a copy of the old layer's
 * unit {@code source[k]}, and what the next layer with weights read from the old unit it reads from the copy, times
 * {@code share[k]}. Everything between the two layers (batch norm, activation, pooling, dropout, flattening) is carried
 * along. The function is exactly the old one's if the shares of every old unit add up to 1, and exactly the masked
 * one's where a unit is left out.
 *
 * <p>{@link #mask} and {@link #compact} are two verbs: the first makes units powerless and keeps the shape, the second
 * removes what is powerless. For every network and input |masked(x) − compact(x)| &lt; 1e-5.
 *
 * <p>Every method returns a new model and leaves its argument as it was. The optimiser starts afresh; nothing is random.
 * Cost: one copy of the parameters.
 */
public final class Surgery {

    private Surgery() {}

    /** The layers whose units can be removed or duplicated: those with weights, but for the last. */
    public static int[] layers(Model model) {
        int[] weighted = IntStream.range(0, model.network().getnLayers())
                .filter(l -> Anatomy.hasUnits(model.network(), l))
                .toArray();
        return Arrays.copyOf(weighted, weighted.length - 1);
    }

    /**
     * The layer with weights that reads the units of {@code layer}.
     *
     * @throws IllegalArgumentException if there is none, or if a layer between mixes the units
     */
    public static int nextWithUnits(Model model, int layer) {
        return Anatomy.nextWithUnits(model.network(), layer);
    }

    /** For every unit of {@code layer}, the Euclidean norm of all weights of the next layer that read it. */
    public static double[] readNorms(Model model, int layer) {
        int next = nextWithUnits(model, layer);
        int area = Anatomy.readersOfOneUnit(model.network(), layer, next);
        return Anatomy.readNorms(model.network().getLayer(next).getParam(Anatomy.WEIGHTS), area);
    }

    /** Number of units of a layer. */
    public static int units(Model model, int layer) {
        Anatomy.requireUnits(model.network(), layer);
        return (int) ((FeedForwardLayer) model.network().getLayer(layer).conf().getLayer()).getNOut();
    }

    /** The model with only these units of {@code layer}, in this order; at least one, none twice. */
    public static Model keep(Model model, int layer, int... kept) {
        Require.that(
                Arrays.stream(kept).distinct().count() == kept.length,
                "units to keep name one twice: %s; to duplicate a unit use Surgery.duplicate",
                Arrays.toString(kept));
        double[] whole = new double[kept.length];
        Arrays.fill(whole, 1);
        return rebuild(model, layer, kept, whole);
    }

    /** The model without these units of {@code layer}; at least one must be left. */
    public static Model remove(Model model, int layer, int... removed) {
        int units = units(model, layer);
        for (int unit : removed) {
            Require.between("unit to remove from layer " + layer, unit, 0, units - 1);
        }
        int[] kept = IntStream.range(0, units)
                .filter(unit -> Arrays.stream(removed).noneMatch(r -> r == unit))
                .toArray();
        return keep(model, layer, kept);
    }

    /**
     * The model with a copy of {@code unit} appended to {@code layer}; the next layer reads {@code share} from the
     * original and {@code 1 - share} from the copy, so that the function stays the same.
     */
    public static Model duplicate(Model model, int layer, int unit, double share) {
        int units = units(model, layer);
        Require.between("unit to duplicate in layer " + layer, unit, 0, units - 1);
        int[] source =
                IntStream.range(0, units + 1).map(k -> k < units ? k : unit).toArray();
        double[] shares = new double[units + 1];
        Arrays.fill(shares, 1);
        shares[unit] = share;
        shares[units] = 1 - share;
        return rebuild(model, layer, source, shares);
    }

    /**
     * The general operation.
     *
     * @param source for every new unit, the old unit it copies; at least one entry
     * @param share for every new unit, the factor on what the next layer reads from it
     */
    public static Model rebuild(Model model, int layer, int[] source, double[] share) {
        MultiLayerNetwork old = model.network();
        int units = units(model, layer);
        int next = Anatomy.nextWithUnits(old, layer);
        Require.that(
                source.length >= 1,
                "layer %d would have width 0, but must keep at least 1 unit; its widths now are %s",
                layer,
                Architectures.text(Architectures.widths(model)));
        Require.that(
                source.length == share.length,
                "there are %d units but %d shares for them",
                source.length,
                share.length);
        for (int unit : source) {
            Require.between("unit of layer " + layer, unit, 0, units - 1);
        }
        int area = Anatomy.readersOfOneUnit(old, layer, next);
        int[] readers = IntStream.range(0, source.length * area)
                .map(k -> source[k / area] * area + k % area)
                .toArray();
        double[] factors = IntStream.range(0, readers.length)
                .mapToDouble(k -> share[k / area])
                .toArray();

        MultiLayerNetwork fresh = withWidth(old, layer, next, source.length);
        for (int l = 0; l < old.getnLayers(); l++) {
            Map<String, INDArray> parameters = old.getLayer(l).paramTable();
            for (var entry : parameters.entrySet()) {
                INDArray value = entry.getValue();
                if (l >= layer && l < next) {
                    value = Anatomy.selectUnits(value, entry.getKey(), source);
                } else if (l == next && entry.getKey().equals(Anatomy.WEIGHTS)) {
                    value = Anatomy.selectInputs(value, readers, factors);
                }
                fresh.getLayer(l).setParam(entry.getKey(), value);
            }
        }
        Constraints before = model.constraints();
        return new Model(
                fresh,
                new Constraints(
                        rebuilt(before.masks(), layer, next, source, readers),
                        untied(rebuilt(before.ties(), layer, next, source, readers), next, factors),
                        before.zeroBiases()));
    }

    /** What reads a share of a unit is no longer equal to what reads a whole one. */
    private static Map<Integer, INDArray> untied(Map<Integer, INDArray> ties, int next, double[] factors) {
        if (Arrays.stream(factors).anyMatch(factor -> factor != 1)) {
            int[] all = IntStream.range(0, factors.length).toArray();
            double[] whole =
                    Arrays.stream(factors).map(factor -> factor == 1 ? 1 : 0).toArray();
            ties.computeIfPresent(next, (l, numbers) -> Anatomy.selectInputs(numbers.add(1), all, whole)
                    .subi(1));
        }
        return ties;
    }

    private static Map<Integer, INDArray> rebuilt(
            Map<Integer, INDArray> arrays, int layer, int next, int[] source, int[] readers) {
        Map<Integer, INDArray> own = new TreeMap<>(arrays);
        own.computeIfPresent(layer, (l, array) -> Anatomy.selectUnits(array, Anatomy.WEIGHTS, source));
        own.computeIfPresent(next, (l, array) -> Anatomy.selectInputs(array, readers, null));
        own.replaceAll((l, array) -> array.dup());
        return own;
    }

    /**
     * The model with these units of {@code layer} made powerless, and masks that keep them so: the weights into them,
     * their biases and every weight that reads from them are zero. The shape stays.
     */
    public static Model mask(Model model, int layer, int... masked) {
        Model copy = model.copy();
        MultiLayerNetwork network = copy.network();
        int units = units(model, layer);
        int next = Anatomy.nextWithUnits(network, layer);
        int area = Anatomy.readersOfOneUnit(network, layer, next);
        for (int unit : masked) {
            Require.between("unit to mask in layer " + layer, unit, 0, units - 1);
        }
        int[] readers = Arrays.stream(masked)
                .flatMap(unit -> IntStream.range(unit * area, (unit + 1) * area))
                .toArray();
        Map<Integer, INDArray> masks = new TreeMap<>(copy.masks());
        masks.put(layer, Anatomy.withoutUnits(maskOf(copy, layer), Anatomy.WEIGHTS, masked));
        masks.put(next, Anatomy.withoutInputs(maskOf(copy, next), readers));
        INDArray bias = network.getLayer(layer).getParam(Anatomy.BIAS);
        if (bias != null) {
            network.getLayer(layer).setParam(Anatomy.BIAS, Anatomy.withoutUnits(bias, Anatomy.BIAS, masked));
        }
        Model result = new Model(
                network,
                new Constraints(
                        masks, copy.constraints().ties(), copy.constraints().zeroBiases()));
        result.applyMasks();
        return result;
    }

    private static INDArray maskOf(Model model, int layer) {
        INDArray mask = model.masks().get(layer);
        return mask != null
                ? mask
                : model.network()
                        .getLayer(layer)
                        .getParam(Anatomy.WEIGHTS)
                        .like()
                        .assign(1);
    }

    /**
     * The model without every unit that the next layer does not read: all its outgoing weights are zero. A layer of
     * which nothing is read keeps its first unit. Returns an equal copy where there is none.
     */
    public static Model compact(Model model) {
        Model result = model;
        for (int layer : layers(model)) {
            int next = Anatomy.nextWithUnits(result.network(), layer);
            int area = Anatomy.readersOfOneUnit(result.network(), layer, next);
            boolean[] inputRead =
                    Anatomy.readInputs(result.network().getLayer(next).getParam(Anatomy.WEIGHTS));
            int[] read = IntStream.range(0, units(result, layer))
                    .filter(unit ->
                            IntStream.range(unit * area, (unit + 1) * area).anyMatch(i -> inputRead[i]))
                    .toArray();
            if (read.length < units(result, layer)) {
                result = keep(result, layer, read.length == 0 ? new int[] {0} : read);
            }
        }
        return result == model ? model.copy() : result;
    }

    /** A fresh network of the same configuration in which {@code layer} has {@code width} units. */
    private static MultiLayerNetwork withWidth(MultiLayerNetwork old, int layer, int next, int width) {
        MultiLayerConfiguration configuration = old.getLayerWiseConfigurations().clone();
        int area = Anatomy.readersOfOneUnit(old, layer, next);
        for (int l = layer; l <= next; l++) {
            var conf = configuration.getConf(l).getLayer();
            if (configuration.getInputPreProcess(l) instanceof CnnToFeedForwardPreProcessor flatten && l > layer) {
                configuration
                        .getInputPreProcessors()
                        .put(
                                l,
                                new CnnToFeedForwardPreProcessor(
                                        flatten.getInputHeight(), flatten.getInputWidth(), width));
            }
            if (conf instanceof FeedForwardLayer layerConf) {
                if (l < next) {
                    layerConf.setNOut(width);
                }
                if (l > layer) {
                    layerConf.setNIn(l == next ? (long) width * area : width);
                }
            }
        }
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        for (var conf : List.copyOf(configuration.getConfs())) {
            conf.setIterationCount(0);
            conf.setEpochCount(0);
        }
        MultiLayerNetwork fresh = new MultiLayerNetwork(configuration);
        fresh.init();
        return fresh;
    }
}
