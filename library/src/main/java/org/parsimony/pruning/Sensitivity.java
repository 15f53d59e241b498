package org.parsimony.pruning;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.learning.config.Sgd;
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
 * Scores from the gradients of single training samples, drawn without replacement. With batch norm, where one sample alone
 * has no gradient, batches of {@value #BATCH} take a sample's place: that scales all scores alike as far as the samples of
 * a batch are independent. Penalties of the network's configuration are no part of it.
 *
 * <p>On the fused engine where that serves the network, else by Deeplearning4j. Complexity: a forward and a backward pass
 * a sample; memory: twice the weights.
 */
final class Sensitivity implements Importance {

    private static final int BATCH = 64;

    /** Which mean of the gradients. */
    enum Moment {
        /** |w| · mean |g|. */
        ABSOLUTE,
        /** w² / 2 · mean g². */
        SQUARE
    }

    private final Moment moment;

    Sensitivity(Moment moment) {
        this.moment = moment;
    }

    @Override
    public List<float[]> scores(Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
        Samples train = model.fitted(data.train());
        int n = Math.min(samples, train.size());
        int[] order = Seeds.permutation(train.size(), context.random("samples of scores"));
        int batch = normalises(model) ? Math.min(BATCH, n) : 1;
        double[][] sums = new double[layers.size()][];
        for (int l = 0; l < sums.length; l++) {
            sums[l] = new double[layers.get(l).size()];
        }
        // gradients do not depend on the optimiser, but the fused engine does not serve all of them
        Model own = model.withOptimiser(new Sgd(1));
        if (Trainer.engine(own, train).equals("fused")) {
            fused(own, train, order, n, batch, layers, sums, context);
        } else {
            plain(own, train, order, n, batch, layers, sums, context);
        }
        List<float[]> scores = new ArrayList<>();
        int gradients = (n + batch - 1) / batch;
        for (int l = 0; l < sums.length; l++) {
            float[] w = layers.get(l).read(model);
            for (int i = 0; i < w.length; i++) {
                double mean = sums[l][i] / gradients;
                w[i] = (float) (moment == Moment.SQUARE ? (double) w[i] * w[i] * mean / 2 : Math.abs(w[i]) * mean);
            }
            scores.add(w);
        }
        return scores;
    }

    private static boolean normalises(Model model) {
        for (int l = 0; l < model.net().layers(); l++) {
            if (model.net().conf(l) instanceof BatchNormalization) {
                return true;
            }
        }
        return false;
    }

    private void add(double[] sum, float[] gradients, int offset) {
        if (moment == Moment.SQUARE) {
            for (int i = 0; i < sum.length; i++) {
                double g = gradients[offset + i];
                sum[i] += g * g;
            }
        } else {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Math.abs(gradients[offset + i]);
            }
        }
    }

    private void fused(
            Model model,
            Samples train,
            int[] order,
            int n,
            int batch,
            List<LayerWeights> layers,
            double[][] sums,
            Context context) {
        Hook adder = new Hook() {
            private int[] offsets;

            @Override
            public void gradient(Training training) {
                if (offsets == null) {
                    List<Parameter> parameters = training.parameters();
                    offsets = layers.stream()
                            .mapToInt(layer -> parameters.stream()
                                    .filter(p -> p.layer() == layer.layer()
                                            && p.name().equals(LayerWeights.NAME))
                                    .findFirst()
                                    .orElseThrow()
                                    .offset())
                            .toArray();
                }
                for (int l = 0; l < sums.length; l++) {
                    add(sums[l], training.gradients(), offsets[l]);
                }
            }
        };
        Fused.Options options = new Fused.Options()
                .batchSize(batch)
                .threads(1)
                .seed(context.seed("dropout of scores"))
                .hook(adder);
        try (FusedNet net = Fused.net(model, options, train.shape())) {
            for (int from = 0; from < n; from += batch) {
                context.progress().checkCancelled();
                net.gradient(train, order, from, Math.min(n, from + batch));
            }
        }
    }

    private void plain(
            Model model,
            Samples train,
            int[] order,
            int n,
            int batch,
            List<LayerWeights> layers,
            double[][] sums,
            Context context) {
        for (int from = 0; from < n; from += batch) {
            context.progress().checkCancelled();
            int to = Math.min(n, from + batch);
            Samples some = train.rows(java.util.Arrays.copyOfRange(order, from, to));
            var gradients = model.net().gradients(some.x(0, to - from), some.y(0, to - from));
            for (int l = 0; l < sums.length; l++) {
                LayerWeights layer = layers.get(l);
                var g = gradients.get(model.net().key(layer.layer(), LayerWeights.NAME));
                // Deeplearning4j adds up over a batch, the engine averages
                add(sums[l], layer.flat(g.div(to - from)), 0);
            }
        }
    }
}
