package org.parsimony.network.texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.network.Anatomy;
import org.parsimony.network.Backend;
import org.parsimony.network.Model;

/**
 * A network of texts, its loss and gradient on batches of samples; a text is worked on once a batch. The update is
 * Deeplearning4j's own: any optimiser and penalty of the network's configuration. Randomness: dropout, from the seed. The
 * result does not depend on the number of threads.
 */
public final class TextNet implements AutoCloseable {

    private static final int OUTPUT_BATCH = 256;

    private final ComputationGraph graph;
    private final TextPlan plan;
    private final List<Branch> branches = new ArrayList<>();
    private final Head head;
    /** The layers' arrays here, and their gradients, by the names of Deeplearning4j's. */
    private final List<Pair> pairs = new ArrayList<>();

    private final int batchSize;
    private final SplittableRandom dropout;
    private final Between between;
    /** Views of the network's gradient memory by name; null until there is something to train. */
    private Gradient gradient;

    /** What takes part between gradient and update, and after the update. */
    public interface Between {

        /**
         * All gradients are complete, sums over the batch, and nothing is updated yet.
         *
         * @param gradients by Deeplearning4j's names; what is written there is what counts
         */
        void gradient(Map<String, INDArray> gradients);

        /** All parameters are updated; changed ones are kept. */
        void updated();
    }

    /** An array of a layer beside ours, which have convolutions as {@code [tap × below × filter]}. */
    private record Pair(String layer, String name, float[] weight, float[] gradient) {}

    /** Whether a network is one of texts as this package says. Complexity: that of reading its wiring. */
    public static boolean serves(Model model) {
        try {
            TextPlan.of(model);
            return true;
        } catch (IllegalArgumentException otherwise) {
            return false;
        }
    }

    /**
     * To train {@code model}, whose parameters are current after every batch.
     *
     * @param batchSize samples of a batch
     * @param seed of dropout
     * @param between what keeps the network's constraints
     * @throws IllegalArgumentException if it is another network
     */
    public TextNet(Model model, int batchSize, long seed, Between between) {
        Backend.tame();
        this.graph = model.graph();
        this.plan = TextPlan.of(model);
        this.batchSize = batchSize;
        this.between = between;
        dropout = Seeds.random(seed, "dropout");
        int features = 0;
        for (TextPlan.Text text : plan.texts()) {
            Branch branch = new Branch(text);
            branches.add(branch);
            features += branch.features();
            pairs.add(new Pair(text.layers().get(0), Anatomy.WEIGHTS, branch.embed, branch.embedGradient));
            for (int l = 0; l < branch.weights.length; l++) {
                String layer = text.layers().get(l + 1);
                pairs.add(new Pair(layer, Anatomy.WEIGHTS, branch.weights[l], branch.weightGradients[l]));
                pairs.add(new Pair(layer, Anatomy.BIAS, branch.biases[l], branch.biasGradients[l]));
            }
        }
        head = new Head(features, plan.dense());
        for (int l = 0; l < head.weights.length; l++) {
            String layer = plan.dense().get(l).layer();
            pairs.add(new Pair(layer, Anatomy.WEIGHTS, head.weights[l], head.weightGradients[l]));
            pairs.add(new Pair(layer, Anatomy.BIAS, head.biases[l], head.biasGradients[l]));
        }
    }

    /**
     * What {@code model} tells of all samples, without dropout: {@code [samples]}.
     *
     * @throws IllegalArgumentException if it is another network, or a value is no token
     */
    public static float[] outputs(Model model, Samples samples) {
        try (TextNet net = new TextNet(model, OUTPUT_BATCH, 0, null)) {
            return net.outputs(samples);
        }
    }

    private float[] outputs(Samples samples) {
        load();
        List<Distinct> texts = texts(samples, 0, samples.size(), null);
        List<float[]> features = new ArrayList<>();
        for (int b = 0; b < texts.size(); b++) {
            features.add(features(branches.get(b), texts.get(b).texts()));
        }
        float[] y = new float[samples.size()];
        for (int from = 0; from < y.length; from += OUTPUT_BATCH) {
            int to = Math.min(y.length, from + OUTPUT_BATCH);
            float[] part = head.forward(sideBySide(features, texts, from, to), to - from, null);
            System.arraycopy(part, 0, y, from, part.length);
        }
        return y;
    }

    private float[] features(Branch branch, int[][] texts) {
        float[] features = new float[texts.length * branch.features()];
        for (int from = 0; from < texts.length; from += OUTPUT_BATCH) {
            int to = Math.min(texts.length, from + OUTPUT_BATCH);
            float[] part = branch.forward(Arrays.copyOfRange(texts, from, to));
            System.arraycopy(part, 0, features, from * branch.features(), part.length);
        }
        return features;
    }

    /**
     * Trains on the samples of {@code order} once.
     *
     * @return mean squared error over the samples, each before the update of its batch
     * @throws ArithmeticException if the error is no longer a finite number
     */
    public double epoch(Samples samples, int[] order, Progress progress) {
        double loss = 0;
        for (int from = 0; from < order.length; from += batchSize) {
            progress.checkCancelled();
            int to = Math.min(order.length, from + batchSize);
            double part = gradient(samples, order, from, to);
            if (!Double.isFinite(part)) {
                throw new ArithmeticException("the loss became " + part + " in batch " + (from / batchSize + 1)
                        + "; lower the learning rate");
            }
            update(to - from);
            loss += part * (to - from);
        }
        return loss / order.length;
    }

    /** Mean squared error of a batch, before the update; the gradients, sums over the batch, are in the pairs. */
    double gradient(Samples samples, int[] order, int from, int to) {
        load();
        List<Distinct> texts = texts(samples, from, to, order);
        List<float[]> features = new ArrayList<>();
        for (int b = 0; b < texts.size(); b++) {
            features.add(branches.get(b).forward(texts.get(b).texts()));
        }
        int n = to - from;
        float[] y = head.forward(sideBySide(features, texts, 0, n), n, dropout);
        double loss = 0;
        float[] error = new float[n];
        for (int i = 0; i < n; i++) {
            float difference = y[i] - samples.targets()[order[from + i]];
            loss += (double) difference * difference / n;
            error[i] = 2 * difference;
        }
        float[] back = head.backward(error);
        int width = back.length / n;
        int column = 0;
        for (int b = 0; b < texts.size(); b++) {
            int own = branches.get(b).features();
            float[] sums = new float[texts.get(b).texts().length * own];
            for (int i = 0; i < n; i++) {
                int first = texts.get(b).which()[i] * own;
                for (int f = 0; f < own; f++) {
                    sums[first + f] += back[i * width + column + f];
                }
            }
            branches.get(b).backward(sums);
            column += own;
        }
        return loss;
    }

    /** The gradients by Deeplearning4j's names, in its memory and shapes. */
    Map<String, INDArray> stored() {
        if (gradient == null) {
            graph.initGradientsView();
            graph.getUpdater();
            gradient = new DefaultGradient(graph.getFlattenedGradients());
            for (Layer layer : graph.getLayers()) {
                if (layer.numParams() > 0) {
                    String name = layer.conf().getLayer().getLayerName();
                    layer.conf()
                            .getLayer()
                            .initializer()
                            .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray())
                            .forEach((key, view) -> gradient.setGradientFor(name + "_" + key, view));
                }
            }
        }
        Map<String, INDArray> views = gradient.gradientForVariable();
        for (Pair pair : pairs) {
            INDArray view = views.get(pair.layer + "_" + pair.name);
            unturned(view)
                    .assign(Nd4j.create(pair.gradient.clone(), unturned(view).shape(), 'c'));
        }
        return views;
    }

    private void update(int samples) {
        between.gradient(stored());
        var conf = graph.getConfiguration();
        int iteration = conf.getIterationCount();
        graph.getUpdater().update(gradient, iteration, conf.getEpochCount(), samples, LayerWorkspaceMgr.noWorkspaces());
        INDArray params = graph.params();
        params.subi(graph.getFlattenedGradients().reshape(params.shape()));
        conf.setIterationCount(iteration + 1);
        between.updated();
    }

    /** Takes over the network's parameters. */
    private void load() {
        for (Pair pair : pairs) {
            INDArray array = unturned(graph.getLayer(pair.layer).getParam(pair.name));
            System.arraycopy(array.dup('c').data().asFloat(), 0, pair.weight, 0, pair.weight.length);
        }
        branches.forEach(Branch::refresh);
    }

    /** A view in the order that arrays here have: filters {@code [filter × below × tap × 1]} as {@code [tap × below × filter]}. */
    private static INDArray unturned(INDArray array) {
        return array.rank() == 4 ? array.permute(2, 3, 1, 0) : array;
    }

    /** Texts of a batch without repetition, and which of them each sample has. */
    private record Distinct(int[][] texts, int[] which) {}

    /** The texts of {@code order[from]} to before {@code order[to]}, or of these samples themselves without an order. */
    private List<Distinct> texts(Samples samples, int from, int to, int[] order) {
        List<Distinct> all = new ArrayList<>();
        for (int b = 0; b < branches.size(); b++) {
            Map<Key, Integer> numbers = new LinkedHashMap<>();
            int[] which = new int[to - from];
            for (int i = from; i < to; i++) {
                Key key = new Key(tokens(samples, order == null ? i : order[i], b));
                Integer number = numbers.putIfAbsent(key, numbers.size());
                which[i - from] = number == null ? numbers.size() - 1 : number;
            }
            all.add(new Distinct(numbers.keySet().stream().map(Key::text).toArray(int[][]::new), which));
        }
        return all;
    }

    /** A text, equal to others of the same tokens. */
    private record Key(int[] text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(text, key.text);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(text);
        }
    }

    private int[] tokens(Samples samples, int sample, int branch) {
        TextPlan.Text text = plan.texts().get(branch);
        int place = sample * samples.inputs() + plan.places().get(branch);
        int[] tokens = new int[text.length()];
        for (int j = 0; j < tokens.length; j++) {
            float value = samples.features()[place + j];
            tokens[j] = (int) value;
            if (tokens[j] != value || value < 0 || value >= text.tokens()) {
                throw new IllegalArgumentException("value " + (plan.places().get(branch) + j) + " of sample " + sample
                        + " is " + value + ", but must be a token from 0 to " + (text.tokens() - 1));
            }
        }
        return tokens;
    }

    private float[] sideBySide(List<float[]> features, List<Distinct> texts, int from, int to) {
        int width = branches.stream().mapToInt(Branch::features).sum();
        float[] all = new float[(to - from) * width];
        int column = 0;
        for (int b = 0; b < texts.size(); b++) {
            int own = branches.get(b).features();
            for (int i = from; i < to; i++) {
                System.arraycopy(features.get(b), texts.get(b).which()[i] * own, all, (i - from) * width + column, own);
            }
            column += own;
        }
        return all;
    }

    /** Bytes of the weights and gradients here, beside Deeplearning4j's own. */
    public long bytes() {
        long values = 0;
        for (Pair pair : pairs) {
            values += pair.weight.length + pair.gradient.length;
        }
        return Float.BYTES * values;
    }

    /** Bytes of what the branches hold for a batch, its texts one by one. */
    public long batchBytes() {
        return branches.stream().mapToLong(Branch::bytes).sum();
    }

    /** Frees the memory outside the heap; the network itself stays as it is. */
    @Override
    public void close() {
        branches.forEach(Branch::close);
    }
}
