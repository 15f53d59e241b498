package org.parsimony.annealing.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.graph.Pass;

/**
 * The loss of any network under a mask: Deeplearning4j's own forward pass from the lowest layer that the mask changes up.
 * For graphs, convolutions, whole units, and whatever {@link IncrementalCost} does not know. One network serves all trials, and its
 * layers keep what passes through them, so trials are evaluated one at a time.
 */
final class NetworkCost implements MaskCost {

    private static final int BATCH = 1000;

    private final Model model;
    private final Elements elements;
    private final Pass pass;
    private final int lowest;
    /** What the nodes below the lowest give, batch by batch. */
    private final List<Map<Integer, INDArray>> below = new ArrayList<>();

    private final int batch;
    private final int[] labels;
    private final int classes;
    private final Map<Integer, float[]> weights = new TreeMap<>();
    private boolean[] kept;
    private double total;

    /** @param model is copied */
    NetworkCost(Model model, Elements elements, Samples images, Statistics statistics) {
        this.model = model.copy();
        this.elements = elements;
        this.pass = new Pass(this.model.net(), statistics);
        this.lowest = elements.parts().stream()
                .mapToInt(part -> pass.place(part.target()))
                .min()
                .orElseThrow();
        this.labels = images.labels();
        this.classes = images.classes();
        boolean batchwise = statistics == Statistics.BATCH;
        Samples x = this.model.fitted(images);
        int first = batchwise && pass.normalises(pass.first(), pass.end()) ? x.size() : BATCH;
        this.batch = Math.max(1, Math.min(first, x.size()));
        for (int from = 0; from < x.size(); from += batch) {
            INDArray part = x.x(from, Math.min(x.size(), from + batch));
            below.add(pass.through(pass.input(part), pass.first(), lowest));
        }
        for (Elements.Part part : elements.parts()) {
            weights.put(
                    part.target(), Stage.values(model.net().layer(part.target()).getParam("W")));
        }
    }

    @Override
    public String engine() {
        return "deeplearning4j";
    }

    @Override
    public boolean isParallel() {
        return false;
    }

    @Override
    public int images() {
        return labels.length;
    }

    @Override
    public void arrange(boolean[] mask) {
        compute(mask);
    }

    @Override
    public void compute(boolean[] mask) {
        kept = mask.clone();
        total = loss(kept, Double.POSITIVE_INFINITY);
    }

    @Override
    public double total() {
        return total;
    }

    @Override
    public int movesPerRefresh() {
        return Integer.MAX_VALUE;
    }

    private double loss(boolean[] mask, double limit) {
        elements.masks(mask).forEach((target, m) -> {
            float[] w = weights.get(target).clone();
            for (int i = 0; i < w.length; i++) {
                w[i] *= m[i];
            }
            INDArray parameter = model.net().layer(target).getParam("W");
            parameter.assign(Nd4j.create(w, parameter.shape(), 'c'));
        });
        double sum = 0;
        for (int from = 0; from < labels.length && sum <= limit; from += batch) {
            int to = Math.min(labels.length, from + batch);
            var values = pass.through(below.get(from / batch), lowest, pass.end());
            float[] p = Stage.values(pass.output(values));
            for (int i = from; i < to; i++) {
                sum -= Math.log(Math.max(Float.MIN_NORMAL, Math.min(1, p[(i - from) * classes + labels[i]])));
            }
        }
        return sum;
    }

    @Override
    public Trial trial() {
        return new Flipped();
    }

    @Override
    public void commit(Trial trial) {
        kept = ((Flipped) trial).mask;
        total = trial.total();
    }

    private final class Flipped implements Trial {
        private boolean[] mask;
        private double sum;

        @Override
        public double evaluate(int[] flips, double limit) {
            mask = kept.clone();
            for (int element : flips) {
                mask[element] = !mask[element];
            }
            sum = loss(mask, limit);
            return sum;
        }

        @Override
        public double total() {
            return sum;
        }
    }
}
