package org.parsimony.pruning;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;
import org.parsimony.network.training.Trainer;

/**
 * The loss's gradients of single training samples, drawn without replacement. With batch norm, where one sample alone has no
 * gradient, the mean of a batch of {@value #BATCH} takes a sample's place. Penalties of the network's configuration are no
 * part of them.
 *
 * <p>On the fused engine where that serves the network, else by Deeplearning4j. Complexity: a forward and a backward pass a
 * sample. Randomness: which samples, and dropout, by the context.
 */
public final class SampleGradients {

    /** Deeplearning4j's name of a layer's biases. */
    private static final String BIAS = "b";

    private static final int BATCH = 64;

    /** Who looks at them. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * One gradient of one layer.
         *
         * @param number of the gradient, from 0 to below {@link SampleGradients#count}
         * @param layer place in the list of layers, from 0
         * @param values where it stands, to be read only and only now
         * @param weights where those of the weights begin, in the order of {@link LayerWeights}
         * @param biases where those of the biases begin, −1 if the layer has none
         */
        void gradient(int number, int layer, float[] values, int weights, int biases);
    }

    private final Model model;
    private final Samples train;
    private final List<LayerWeights> layers;
    private final int[] order;
    private final int n;
    private final int batch;
    private final Context context;

    /**
     * Draws the samples.
     *
     * @param samples how many, at least 1; all training samples if there are fewer
     */
    public SampleGradients(Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
        this.train = model.fitted(data.train());
        this.layers = List.copyOf(layers);
        this.context = context;
        this.n = Math.min(Require.atLeast("samples", samples, 1), train.size());
        this.order = Seeds.permutation(train.size(), context.random("samples of scores"));
        this.batch = normalises(model) ? Math.min(BATCH, n) : 1;
        // gradients do not depend on the optimiser, but the fused engine does not serve all of them
        this.model = model.withOptimiser(new Sgd(1));
    }

    private static boolean normalises(Model model) {
        for (int l = 0; l < model.net().layers(); l++) {
            if (model.net().conf(l) instanceof BatchNormalization) {
                return true;
            }
        }
        return false;
    }

    /** How many gradients there are. */
    public int count() {
        return (n + batch - 1) / batch;
    }

    /** Whether each is of one sample rather than of a batch. */
    public boolean areSingle() {
        return batch == 1;
    }

    /**
     * Computes them, one after the other.
     *
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public void forEach(Visitor visitor) {
        if (Trainer.engine(model, train).equals("fused")) {
            fused(visitor);
        } else {
            plain(visitor);
        }
    }

    private void fused(Visitor visitor) {
        Hook reader = new Hook() {
            private int[][] offsets;
            private int number;

            @Override
            public void gradient(Training training) {
                if (offsets == null) {
                    List<Parameter> parameters = training.parameters();
                    offsets = layers.stream()
                            .map(layer -> new int[] {
                                offset(parameters, layer.layer(), LayerWeights.NAME),
                                offset(parameters, layer.layer(), BIAS)
                            })
                            .toArray(int[][]::new);
                }
                for (int l = 0; l < offsets.length; l++) {
                    visitor.gradient(number, l, training.gradients(), offsets[l][0], offsets[l][1]);
                }
                number++;
            }
        };
        Fused.Options options = new Fused.Options()
                .batchSize(batch)
                .threads(1)
                .seed(context.seed("dropout of scores"))
                .hook(reader);
        try (FusedNet net = Fused.net(model, options, train.shape())) {
            for (int from = 0; from < n; from += batch) {
                context.progress().checkCancelled();
                net.gradient(train, order, from, Math.min(n, from + batch));
            }
        }
    }

    private static int offset(List<Parameter> parameters, int layer, String name) {
        return parameters.stream()
                .filter(p -> p.layer() == layer && p.name().equals(name))
                .mapToInt(Parameter::offset)
                .findFirst()
                .orElse(-1);
    }

    private void plain(Visitor visitor) {
        for (int from = 0; from < n; from += batch) {
            context.progress().checkCancelled();
            int to = Math.min(n, from + batch);
            Samples some = train.rows(Arrays.copyOfRange(order, from, to));
            var gradients = model.net().gradients(some.x(0, to - from), some.y(0, to - from));
            for (int l = 0; l < layers.size(); l++) {
                LayerWeights layer = layers.get(l);
                // Deeplearning4j adds up over a batch, the engine averages
                INDArray w = gradients.get(model.net().key(layer.layer(), LayerWeights.NAME));
                INDArray b = gradients.get(model.net().key(layer.layer(), BIAS));
                float[] values = layer.flat(w.div(to - from));
                int biases = -1;
                if (b != null) {
                    biases = values.length;
                    float[] own = b.div(to - from).dup('c').data().asFloat();
                    values = Arrays.copyOf(values, biases + own.length);
                    System.arraycopy(own, 0, values, biases, own.length);
                }
                visitor.gradient(from / batch, l, values, 0, biases);
            }
        }
    }
}
