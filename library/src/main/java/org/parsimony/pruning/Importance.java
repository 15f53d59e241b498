package org.parsimony.pruning;

import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.network.Model;

/** How important weights are: what has the least score is removed first. Scores are compared, never added to a loss. */
public interface Importance {

    /**
     * Scores of the weights of some layers.
     *
     * @param samples training samples that a score may look at, at least 1
     * @return for each layer a score a weight in the order of {@link LayerWeights}; finite, the larger the rather to keep
     */
    List<float[]> scores(Model model, Dataset data, List<LayerWeights> layers, int samples, Context context);

    /**
     * The score of one unit from those of the weights that lead into it, {@code scores[from]} to before {@code scores[to]}:
     * their sum, where a choice does not say otherwise.
     */
    default double unit(float[] scores, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += scores[i];
        }
        return sum;
    }

    /**
     * Changes weights that stay, so that they make up for single weights that go; asked before those are masked. By default
     * nothing changes.
     *
     * @param model whose weights are changed
     * @param out for each layer which weights will be out, those that are out already among them
     * @param samples training samples that may be looked at, at least 1
     * @param context that of {@link #scores}, so that the same samples are drawn
     */
    default void makeUp(
            Model model, Dataset data, List<LayerWeights> layers, List<boolean[]> out, int samples, Context context) {}

    /**
     * Magnitude |w|; of a unit the Euclidean norm of the weights that lead into it. Looks at no sample.
     *
     * <p>S. Han and others, Learning both weights and connections for efficient neural networks, NeurIPS 2015; H. Li and
     * others, Pruning filters for efficient ConvNets, ICLR 2017 (there the sum, here the norm).
     */
    Importance MAGNITUDE = new Importance() {
        @Override
        public List<float[]> scores(
                Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
            return layers.stream()
                    .map(layer -> {
                        float[] w = layer.read(model);
                        for (int i = 0; i < w.length; i++) {
                            w[i] = Math.abs(w[i]);
                        }
                        return w;
                    })
                    .toList();
        }

        @Override
        public double unit(float[] scores, int from, int to) {
            double squares = 0;
            for (int i = from; i < to; i++) {
                squares += (double) scores[i] * scores[i];
            }
            return Math.sqrt(squares);
        }
    };

    /** Chance: each weight's score, and each unit's, is a uniform draw. The floor of every comparison. */
    Importance RANDOM = new Importance() {
        @Override
        public List<float[]> scores(
                Model model, Dataset data, List<LayerWeights> layers, int samples, Context context) {
            SplittableRandom random = context.random("scores");
            return layers.stream()
                    .map(layer -> {
                        float[] scores = new float[layer.size()];
                        for (int i = 0; i < scores.length; i++) {
                            scores[i] = (float) random.nextDouble();
                        }
                        return scores;
                    })
                    .toList();
        }

        @Override
        public double unit(float[] scores, int from, int to) {
            return scores[from];
        }
    };

    /**
     * Sensitivity |w · ∂L/∂w|, averaged over training samples: to first order how much the loss of one sample changes if
     * the weight is removed. Of a unit the sum.
     *
     * <p>N. Lee and others, SNIP, ICLR 2019, equation 5, and P. Molchanov and others, ICLR 2017, equation 7, whose average
     * over samples of absolute values it is: the gradient of the mean loss vanishes where training has ended.
     */
    Importance GRADIENT = new Sensitivity(Sensitivity.Moment.ABSOLUTE);

    /**
     * Saliency w² · h / 2: to second order how much the mean loss rises if the weight is removed, h the diagonal of the
     * empirical Fisher information (mean of squared gradients of single samples), which stands in for the Hessian's. Of a
     * unit the sum.
     *
     * <p>Y. LeCun, J. Denker and S. Solla, Optimal brain damage, NeurIPS 1990, equation 4.
     */
    Importance HESSIAN = new Sensitivity(Sensitivity.Moment.SQUARE);
}
