package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Backend;
import org.parsimony.network.Cost;
import org.parsimony.network.Forward;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.Surgery;
import org.parsimony.splitting.eigen.SplittingMatrices;

/**
 * A layer whose units can be split, in a chain of Deeplearning4j layers: all that this package knows of how a network is
 * laid out stands here.
 *
 * @param index of the dense layer or convolution
 * @param norm index of the batch norm between its sums and its activation; −1 for none
 * @param at index of the layer that applies its activation, maybe itself
 * @param function its activation
 */
record ChainLayer(int index, int norm, int at, IActivation function) {

    /** Most samples at a time, and values of a layer's rows. */
    private static final int MOST = 500;

    private static final long ROWS = 1 << 22;
    private static final LayerWorkspaceMgr PLAIN = LayerWorkspaceMgr.noWorkspaces();

    /**
     * The layers to split.
     *
     * @param chosen indices; none for all but the output layer
     * @throws IllegalArgumentException if there is none, or a chosen one cannot be split; the message says why
     */
    static List<ChainLayer> of(Model model, int... chosen) {
        int[] hidden = Surgery.layers(model);
        Require.that(
                hidden.length > 0,
                "network %s has no hidden layer, but splitting grows hidden layers; give it at least one",
                Architectures.text(model));
        List<ChainLayer> layers = new ArrayList<>();
        for (int l : chosen.length > 0 ? chosen : hidden) {
            Require.that(
                    Arrays.stream(hidden).anyMatch(h -> h == l),
                    "layers has %d, but the layers that can be split are %s",
                    l,
                    Arrays.toString(hidden));
            Require.that(
                    !model.constraints().ties().containsKey(l),
                    "layer %d has shared weights, which the halves of a unit could not keep; split first, quantise after",
                    l);
            ChainLayer layer = of(model.network(), l, Surgery.nextWithUnits(model, l));
            if (!Curvature.isLinear(layer.function)) {
                layers.add(layer);
            } else {
                Require.that(
                        chosen.length == 0,
                        "the units of layer %d are linear, so their splitting matrices are zero; choose others",
                        l);
            }
        }
        Require.that(
                !layers.isEmpty(),
                "all hidden units of network %s are linear, so their splitting matrices are zero and no split can lower"
                        + " the loss; give it an activation",
                Architectures.text(model));
        return List.copyOf(layers);
    }

    private static ChainLayer of(MultiLayerNetwork network, int l, int next) {
        IActivation own = ((BaseLayer) network.getLayer(l).conf().getLayer()).getActivationFn();
        int norm = -1;
        for (int m = l + 1; m < next && own instanceof ActivationIdentity; m++) {
            var between = network.getLayer(m).conf().getLayer();
            if (between instanceof ActivationLayer activation) {
                return new ChainLayer(l, norm, m, activation.getActivationFn());
            }
            Require.that(
                    !(between instanceof SubsamplingLayer) || followedByNothing(network, m, next),
                    "layer %d pools the sums of layer %d before their activation, so its units cannot be split; put the"
                            + " activation before the pooling",
                    m,
                    l);
            norm = between instanceof BatchNormalization ? m : norm;
        }
        return new ChainLayer(l, norm, l, own);
    }

    private static boolean followedByNothing(MultiLayerNetwork network, int from, int next) {
        for (int m = from + 1; m < next; m++) {
            if (network.getLayer(m).conf().getLayer() instanceof ActivationLayer) {
                return false;
            }
        }
        return true;
    }

    private boolean isConvolution(Model model) {
        return model.network().getLayer(index).conf().getLayer() instanceof ConvolutionLayer;
    }

    /** Units now. */
    int units(Model model) {
        return Surgery.units(model, index);
    }

    /** Weights that lead into one unit. */
    int inputs(Model model) {
        return (int) (weights(model).length() / units(model));
    }

    private INDArray weights(Model model) {
        return model.network().getLayer(index).getParam("W");
    }

    /** Adds {@code factor · direction} to the weights that lead into {@code unit}, in place; masked ones stay 0. */
    void move(Model model, int unit, double factor, double[] direction) {
        float[] step = new float[direction.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = (float) (factor * direction[i]);
        }
        INDArray own = unit(weights(model), unit);
        own.addi(Nd4j.create(step, own.shape(), 'c'));
        model.applyMasks();
    }

    /** Gives {@code unit} these weights and the bias 0, in place; masked weights stay 0. */
    void begin(Model model, int unit, double[] values) {
        unit(weights(model), unit).assign(0);
        move(model, unit, 1, values);
        INDArray bias = model.network().getLayer(index).getParam("b");
        if (bias != null) {
            bias.putScalar(unit, 0);
        }
    }

    /**
     * Gives units from {@code first} on the mean and variance that {@code samples} have there, scale 1 and shift 0, where
     * batch norm follows.
     */
    void normalise(Model model, int first, Samples samples) {
        if (norm < 0) {
            return;
        }
        INDArray sums = Forward.below(model, samples, norm, Statistics.RUNNING);
        INDArray rows = sums.rank() == 4 ? sums.permute(0, 2, 3, 1).dup('c').reshape(-1, sums.size(1)) : sums;
        var layer = model.network().getLayer(norm);
        for (int unit = first; unit < rows.size(1); unit++) {
            INDArray column = rows.getColumn(unit);
            double mean = column.meanNumber().doubleValue();
            double variance = column.varNumber().doubleValue();
            layer.getParam("gamma").putScalar(unit, 1);
            layer.getParam("beta").putScalar(unit, 0);
            layer.getParam("mean").putScalar(unit, mean);
            if (layer.getParam("var") != null) {
                layer.getParam("var").putScalar(unit, variance);
            } else {
                layer.getParam("log10stdev").putScalar(unit, Math.log10(Math.max(1e-10, variance)) / 2);
            }
        }
    }

    private static INDArray unit(INDArray array, int unit) {
        return array.rank() == 4 ? array.tensorAlongDimension(unit, 1, 2, 3) : array.getColumn(unit);
    }

    /** Which weights into {@code unit} are free, 1 or 0; null if none is masked. */
    private double[] free(Model model, int unit) {
        INDArray mask = model.masks().get(index);
        return mask == null ? null : unit(mask, unit).dup('c').data().asDouble();
    }

    /**
     * The splitting matrices of these layers, from one forward and one backward pass over {@code samples}: batch norm with
     * its running statistics, no dropout, the mean cross-entropy alone. Directions along masked weights are left out.
     *
     * @param beta slope of the soft-plus that stands for a kink
     */
    static List<SplittingMatrices> matrices(Model model, List<ChainLayer> layers, Samples samples, double beta) {
        return matrices(model, layers, samples, batch(model, layers, samples), beta);
    }

    /** The same with so many samples going through at a time. */
    static List<SplittingMatrices> matrices(
            Model model, List<ChainLayer> layers, Samples samples, int batch, double beta) {
        Backend.tame();
        Model copy = model.copy();
        MultiLayerNetwork network = copy.network();
        for (var layer : network.getLayers()) {
            layer.conf().getLayer().setIDropout(null); // a backward pass without a training pass before it
        }
        network.initGradientsView();
        Samples x = copy.fitted(samples);
        List<List<BatchedMatrices.Batch>> batches = new ArrayList<>();
        layers.forEach(layer -> batches.add(new ArrayList<>()));
        BatchedMatrices.Unfolding[] unfoldings = new BatchedMatrices.Unfolding[layers.size()];
        for (int from = 0; from < x.size(); from += batch) {
            int to = Math.min(x.size(), from + batch);
            pass(copy, layers, x, from, to, beta, batches, unfoldings);
        }
        List<SplittingMatrices> all = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            ChainLayer layer = layers.get(l);
            double[][] free = new double[layer.units(copy)][];
            for (int j = 0; j < free.length; j++) {
                free[j] = layer.free(copy, j);
            }
            all.add(new BatchedMatrices(unfoldings[l], batches.get(l), layer.inputs(copy), free));
        }
        return all;
    }

    private static void pass(
            Model model,
            List<ChainLayer> layers,
            Samples samples,
            int from,
            int to,
            double beta,
            List<List<BatchedMatrices.Batch>> batches,
            BatchedMatrices.Unfolding[] unfoldings) {
        MultiLayerNetwork network = model.network();
        int last = network.getnLayers() - 1;
        INDArray[] in = new INDArray[last + 1];
        INDArray x = samples.x(from, to);
        for (int l = 0; l <= last; l++) {
            var step = network.getLayerWiseConfigurations().getInputPreProcess(l);
            x = step == null ? x : step.preProcess(x, to - from, PLAIN);
            in[l] = x;
            x = network.getLayer(l).activate(x.dup('c'), false, PLAIN);
        }
        ((IOutputLayer) network.getLayer(last)).setLabels(samples.y(from, to));
        INDArray error = network.getLayer(last).backpropGradient(null, PLAIN).getSecond();
        for (int l = last - 1; l >= 0; l--) {
            var step = network.getLayerWiseConfigurations().getInputPreProcess(l + 1);
            error = step == null ? error : step.backprop(error, to - from, PLAIN);
            for (int s = 0; s < layers.size(); s++) {
                if (layers.get(s).at == l) {
                    ChainLayer layer = layers.get(s);
                    float[] input = in[layer.index].dup('c').data().asFloat();
                    unfoldings[s] = layer.unfolding(model, in[layer.index]);
                    float[] rows = layer.at == layer.index ? unfoldings[s].rows(input, to - from) : null;
                    float[] signal = layer.signal(model, in, rows, error, samples.size(), beta);
                    batches.get(s).add(new BatchedMatrices.Batch(to - from, input, signal));
                }
            }
            error = l == 0 ? null : through(network, l, error);
        }
    }

    /** The error that reaches the input of layer {@code l} from that at its output. */
    private static INDArray through(MultiLayerNetwork network, int l, INDArray error) {
        var conf = network.getLayer(l).conf().getLayer();
        if (conf instanceof BatchNormalization) {
            INDArray scale = scale(network, l);
            return error.rank() == 4 ? error.mul(scale.reshape(1, scale.length(), 1, 1)) : error.mulRowVector(scale);
        }
        return conf instanceof DropoutLayer
                ? error
                : network.getLayer(l).backpropGradient(error, PLAIN).getSecond();
    }

    /** What batch norm multiplies each unit by: γ/√(σ² + ε). */
    private static INDArray scale(MultiLayerNetwork network, int norm) {
        var layer = network.getLayer(norm);
        double epsilon = ((BatchNormalization) layer.conf().getLayer()).getEps();
        INDArray variance = layer.getParam("var");
        if (variance == null) {
            variance = Transforms.exp(layer.getParam("log10stdev").mul(2 * Math.log(10)), false);
        }
        INDArray deviation = Transforms.sqrt(variance.add(epsilon), false);
        return layer.getParam("gamma").div(deviation).reshape(deviation.length());
    }

    /** ∂L/∂h · act''(a) · κ² of every unit at every sample and position: {@code [samples · positions × units]}. */
    private float[] signal(Model model, INDArray[] in, float[] rows, INDArray error, int samples, double beta) {
        float[] q = byUnit(error);
        float[] sums = rows == null ? byUnit(in[at]) : sums(model, rows);
        double[] kappa = norm < 0 ? null : scale(model.network(), norm).data().asDouble();
        var second = Curvature.of(function, beta);
        int units = units(model);
        for (int i = 0; i < q.length; i++) {
            double k = kappa == null ? 1 : kappa[i % units];
            q[i] = (float) (q[i] * second.applyAsDouble(sums[i]) * k * k / samples);
        }
        return q;
    }

    /** Weighted sums before the layer's own activation, {@code [rows × units]}. */
    private float[] sums(Model model, float[] rows) {
        int length = inputs(model);
        INDArray bias = model.network().getLayer(index).getParam("b");
        INDArray weights = weights(model);
        INDArray matrix = weights.rank() == 4
                ? weights.dup('c').reshape('c', weights.size(0), length).transpose()
                : weights;
        INDArray sums = Nd4j.create(rows, new long[] {rows.length / length, length}, 'c')
                .mmul(matrix);
        sums = bias == null ? sums : sums.addRowVector(bias.reshape(1, bias.length()));
        return sums.dup('c').data().asFloat();
    }

    /** {@code [n × units]} or {@code [n × units × height × width]} as {@code [n · positions × units]}. */
    private static float[] byUnit(INDArray array) {
        return (array.rank() == 4 ? array.permute(0, 2, 3, 1) : array)
                .dup('c')
                .data()
                .asFloat();
    }

    /** How inputs of this layer become rows, one for each time that a unit reads them. */
    private BatchedMatrices.Unfolding unfolding(Model model, INDArray example) {
        if (!isConvolution(model)) {
            return (rows, samples) -> rows;
        }
        ConvolutionLayer conf =
                (ConvolutionLayer) model.network().getLayer(index).conf().getLayer();
        int[] k = conf.getKernelSize();
        int[] s = conf.getStride();
        int[] p = conf.getPadding();
        int[] d = conf.getDilation();
        boolean same = conf.getConvolutionMode() == ConvolutionMode.Same;
        Layers.Window window =
                new Layers.Window(k[0], k[1], s[0], s[1], same ? 0 : p[0], same ? 0 : p[1], d[0], d[1], same);
        return new Windows(window, (int) example.size(1), (int) example.size(2), (int) example.size(3))::rows;
    }

    /** Samples that may go through {@code model} at a time, so that no layer's rows are more than a few megabytes. */
    static int batch(Model model, List<ChainLayer> layers, Samples samples) {
        long rows = 1;
        for (Cost.LayerCost cost : Cost.of(model, model.fitted(samples).shape()).layers()) {
            boolean grows = layers.stream().anyMatch(layer -> layer.index == cost.index());
            rows = grows ? Math.max(rows, cost.macsDense() / cost.units()) : rows;
        }
        return (int) Math.max(1, Math.min(MOST, ROWS / rows));
    }
}
