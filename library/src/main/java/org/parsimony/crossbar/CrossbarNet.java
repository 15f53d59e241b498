package org.parsimony.crossbar;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;

/**
 * A network whose dense layers and convolutions are arrays. What lies between (functions, pooling, soft-max) is computed exactly.
 * Samples go through one by one.
 */
final class CrossbarNet {

    private final List<Stage> stages;
    private final List<Stage.Connections> arrays;
    private final List<LayerWeights> places;
    private final Periphery periphery;

    /** How the weights of one layer come onto an array. */
    @FunctionalInterface
    interface Maker {

        /**
         * @param number of the array, from 0
         * @param weights {@code [outputs × inputs]}, the biases in the last column
         * @param held where a mask holds a weight at zero
         */
        CrossArray make(int number, int outputs, int inputs, float[] weights, boolean[] held);
    }

    private CrossbarNet(
            List<Stage> stages, List<Stage.Connections> arrays, List<LayerWeights> places, Periphery periphery) {
        this.stages = stages;
        this.arrays = arrays;
        this.places = places;
        this.periphery = periphery;
    }

    /**
     * The chain of {@code model} on arrays.
     *
     * @param shape of a sample
     * @throws IllegalArgumentException if a layer cannot stand on an array; the message says which can
     */
    static CrossbarNet of(Model model, int[] shape, Periphery periphery, Pulses pulses, Maker maker) {
        Require.that(!model.isGraph(), "the network is a graph of layers, but only a chain can stand on arrays");
        Architecture architecture = Architecture.of(model);
        List<Architecture.Layer> layers = architecture.layers();
        List<Shape> shapes = architecture.shapes(model.takesImages() ? Shape.of(shape) : architecture.input());
        List<LayerWeights> places = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL);
        List<Stage> stages = new ArrayList<>();
        List<Stage.Connections> arrays = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            Architecture.Layer layer = layers.get(l);
            boolean last = l == layers.size() - 1;
            String function = Layers.IDENTITY;
            if (layer instanceof Layers.Dense || layer instanceof Layers.Convolution) {
                Patches patches = null;
                if (layer instanceof Layers.Convolution convolution) {
                    patches = new Patches(convolution.window(), shapes.get(l), shapes.get(l + 1));
                    function = convolution.activation();
                } else {
                    function = ((Layers.Dense) layer).activation();
                }
                CrossArray array = array(model, places.get(arrays.size()), arrays.size(), layer.biased(), maker);
                Stage.Connections connections = new Stage.Connections(array, patches, arrays.isEmpty(), pulses);
                stages.add(connections);
                arrays.add(connections);
            } else if (layer instanceof Layers.Pooling pooling && pooling.max()) {
                stages.add(new Stage.Pooling(
                        new Patches(pooling.window(), shapes.get(l), shapes.get(l + 1)),
                        shapes.get(l).channels()));
            } else if (layer instanceof Layers.Activate activate) {
                function = activate.activation();
            } else {
                Require.that(
                        layer instanceof Layers.Flatten,
                        "layer %d is \"%s\", but a chain on arrays has dense layers, convolutions, max pooling and"
                                + " flattening alone; take such a network, for example 784-256-128-10 or lenet5-16-32-128",
                        l,
                        layer.text());
            }
            Require.that(
                    last == function.equals("softmax"),
                    "layer %d is \"%s\", but the last layer, and it alone, must have a soft-max",
                    l,
                    layer.text());
            if (!last && !function.equals(Layers.IDENTITY)) {
                stages.add(new Stage.Function(kind(function, l)));
            }
        }
        return new CrossbarNet(List.copyOf(stages), List.copyOf(arrays), places, periphery);
    }

    private static Stage.Function.Kind kind(String function, int layer) {
        for (Stage.Function.Kind kind : Stage.Function.Kind.values()) {
            if (kind.name().equalsIgnoreCase(function)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("layer " + layer + " has the activation " + function
                + ", but must have tanh, relu, sigmoid or identity to stand between arrays");
    }

    private static CrossArray array(Model model, LayerWeights place, int number, boolean biased, Maker maker) {
        int inputs = place.inputs() + 1;
        float[] from = place.read(model);
        boolean[] masked = place.masked(model);
        float[] weights = new float[place.units() * inputs];
        boolean[] held = new boolean[weights.length];
        INDArray bias = model.net().layer(place.layer()).getParam("b");
        boolean free = biased && !model.constraints().zeroBiases().contains(place.layer());
        for (int i = 0; i < place.units(); i++) {
            System.arraycopy(from, i * place.inputs(), weights, i * inputs, place.inputs());
            System.arraycopy(masked, i * place.inputs(), held, i * inputs, place.inputs());
            weights[i * inputs + inputs - 1] = free ? bias.getFloat(i) : 0;
            held[i * inputs + inputs - 1] = !free;
        }
        return maker.make(number, place.units(), inputs, weights, held);
    }

    /** Sets weights and biases of {@code model}, which has the same layers, to what the arrays hold. */
    void write(Model model) {
        for (int a = 0; a < arrays.size(); a++) {
            CrossArray array = arrays.get(a).array();
            LayerWeights place = places.get(a);
            float[] values = new float[place.size()];
            float[] biases = new float[place.units()];
            for (int i = 0; i < place.units(); i++) {
                int from = i * array.inputs();
                System.arraycopy(array.weights(), from, values, i * place.inputs(), place.inputs());
                biases[i] = array.weights()[from + place.inputs()];
            }
            place.write(model, values);
            INDArray bias = model.net().layer(place.layer()).getParam("b");
            if (bias != null) {
                bias.assign(Nd4j.create(biases, bias.shape(), 'c'));
            }
        }
    }

    List<CrossArray> arrays() {
        return arrays.stream().map(Stage.Connections::array).toList();
    }

    /** Learns one sample; returns the cross-entropy in nats that it had before, as it was read. */
    double learn(float[] x, int label, Stage.Way way) {
        float[][] values = new float[stages.size() + 1][];
        values[0] = x;
        for (int s = 0; s < stages.size(); s++) {
            values[s + 1] = stages.get(s).forward(values[s], way);
        }
        float[] d = softmax(values[stages.size()]);
        double loss = -Math.log(Math.max(1e-30, d[label]));
        for (int c = 0; c < d.length; c++) {
            d[c] = (c == label ? 1 : 0) - d[c];
        }
        for (int s = stages.size() - 1; s >= 0 && d != null; s--) {
            d = stages.get(s).backward(values[s], values[s + 1], d, way);
        }
        return loss;
    }

    private static float[] softmax(float[] y) {
        float most = Float.NEGATIVE_INFINITY;
        for (float value : y) {
            most = Math.max(most, value);
        }
        double sum = 0;
        float[] p = new float[y.length];
        for (int c = 0; c < y.length; c++) {
            p[c] = (float) Math.exp(y[c] - most);
            sum += p[c];
        }
        for (int c = 0; c < y.length; c++) {
            p[c] /= (float) sum;
        }
        return p;
    }

    /** What the network says of samples; {@code saturated} reads were cut off, a sample. */
    record Answers(double accuracy, double saturated) {}

    /**
     * Reads samples through the arrays by this net's periphery.
     *
     * @param seed of the noise; each sample has its own
     * @param threads the result does not depend on them
     */
    Answers read(Samples samples, long seed, int threads, Progress progress) {
        return read(samples, periphery, seed, threads, progress);
    }

    /** The same by another periphery: {@link Periphery#IDEAL} is what the weights would do without noise or bounds. */
    Answers read(Samples samples, Periphery by, long seed, int threads, Progress progress) {
        AtomicInteger right = new AtomicInteger();
        AtomicInteger saturated = new AtomicInteger();
        int inputs = samples.inputs();
        IntStream range = IntStream.range(0, samples.size());
        Runnable work = () -> (threads > 1 ? range.parallel() : range).forEach(i -> {
            progress.checkCancelled();
            Stage.Way way = new Stage.Way(by, Draws.at(seed, i));
            float[] x = java.util.Arrays.copyOfRange(samples.features(), i * inputs, (i + 1) * inputs);
            for (Stage stage : stages) {
                x = stage.forward(x, way);
            }
            int best = 0;
            for (int c = 1; c < x.length; c++) {
                best = x[c] > x[best] ? c : best;
            }
            if (best == samples.labels()[i]) {
                right.incrementAndGet();
            }
            saturated.addAndGet(way.saturated);
        });
        if (threads == 1) {
            work.run();
        } else {
            var crew = new java.util.concurrent.ForkJoinPool(threads);
            try {
                crew.submit(work).join();
            } finally {
                crew.shutdownNow();
            }
        }
        return new Answers((double) right.get() / samples.size(), (double) saturated.get() / samples.size());
    }
}
