package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Wiring;
import org.parsimony.network.graph.Wiring.Node;

/**
 * A layer whose units can be split, in a chain or a graph: where its sums, its batch norm and its activation are, and its
 * units' weights.
 *
 * @param index number of the dense layer or convolution
 * @param node its place in the wiring
 * @param norm place of the batch norm between its sums and its activation; −1 for none
 * @param at place of the node that applies its activation, maybe itself
 * @param function its activation
 */
record SplitLayer(int index, int node, int norm, int at, IActivation function) {

    /**
     * The layers to split.
     *
     * @param chosen numbers of layers; none for all hidden ones that can be split
     * @throws IllegalArgumentException if there is none, or a chosen one cannot be split; the message says why
     */
    static List<SplitLayer> of(Model model, int... chosen) {
        int[] hidden = Surgery.layers(model);
        Require.that(
                hidden.length > 0,
                "network %s has no hidden layer, but splitting grows hidden layers; give it at least one",
                Architectures.text(model));
        Wiring wiring = model.net().wiring();
        List<SplitLayer> layers = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int l : chosen.length > 0 ? chosen : hidden) {
            Require.that(
                    Arrays.stream(hidden).anyMatch(h -> h == l),
                    "layers has %d, but the layers that can be split are %s",
                    l,
                    Arrays.toString(hidden));
            Require.that(
                    !model.constraints().ties().containsKey(l),
                    "layer %d has shared weights, which the halves of a unit could not keep; split first, quantise"
                            + " after",
                    l);
            try {
                layers.add(of(model, wiring, l));
            } catch (IllegalArgumentException e) {
                Require.that(chosen.length == 0, "%s; choose other layers", e.getMessage());
                reasons.add(e.getMessage());
            }
        }
        Require.that(
                !layers.isEmpty(),
                "no hidden layer of network %s can be split, so no split can lower the loss: %s",
                Architectures.text(model),
                String.join("; ", reasons));
        return List.copyOf(layers);
    }

    /** Throws IllegalArgumentException with the reason if its units cannot be split. */
    private static SplitLayer of(Model model, Wiring wiring, int l) {
        int node = 0;
        while (wiring.nodes().get(node).layer() != l) {
            node++;
        }
        String name = model.net().name(l);
        int[] tied = Surgery.tied(model, l);
        Require.that(
                tied.length == 1,
                "the units of %s are put together with those of %s, and only units of one layer are split",
                name,
                Arrays.stream(tied)
                        .filter(t -> t != l)
                        .mapToObj(model.net()::name)
                        .toList());
        IActivation own = ((BaseLayer) model.net().conf(l)).getActivationFn();
        int norm = -1;
        String between = null;
        for (int n = node; Curvature.isLinear(own); ) {
            List<Integer> readers = wiring.readers(n);
            boolean linear = readers.stream()
                    .allMatch(r -> r == wiring.output()
                            || Wiring.makesUnits(wiring.nodes().get(r).conf()));
            Require.that(!linear, "the units of %s are linear, so their splitting matrices are zero", name);
            Require.that(
                    readers.size() == 1,
                    "the sums of %s go several ways before their activation, so its units cannot be split",
                    name);
            n = readers.get(0);
            Node next = wiring.nodes().get(n);
            if (next.conf() instanceof ActivationLayer activation) {
                Require.that(
                        between == null,
                        "%s takes the sums of %s before their activation, so its units cannot be split; put the"
                                + " activation first",
                        between,
                        name);
                return new SplitLayer(l, node, norm, n, activation.getActivationFn());
            }
            if (next.conf() instanceof BatchNormalization && norm < 0) {
                norm = n;
            } else if (!(next.conf() instanceof DropoutLayer)) {
                between = between == null ? next.text() : between;
            }
        }
        return new SplitLayer(l, node, norm, node, own);
    }

    /** Units now. */
    int units(Model model) {
        INDArray weights = weights(model);
        return (int) (weights.rank() == 4 ? weights.size(0) : weights.size(1));
    }

    /** Weights that lead into one unit. */
    int inputs(Model model) {
        return (int) (weights(model).length() / units(model));
    }

    /** Of each unit whether it may be doubled: a graph may need some where they are. */
    boolean[] movable(Model model) {
        double[] norms = Surgery.readNorms(model, index);
        boolean[] movable = new boolean[norms.length];
        for (int j = 0; j < movable.length; j++) {
            movable[j] = Double.isFinite(norms[j]);
        }
        return movable;
    }

    private INDArray weights(Model model) {
        return model.net().layer(index).getParam("W");
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
        INDArray bias = model.net().layer(index).getParam("b");
        if (bias != null) {
            bias.putScalar(unit, 0);
        }
    }

    /**
     * Gives these units the mean and variance that {@code samples} have there, scale 1 and shift 0, where batch norm
     * follows.
     */
    void normalise(Model model, int[] units, Samples samples) {
        if (norm < 0) {
            return;
        }
        INDArray sums = Pass.reaching(model, samples, norm);
        INDArray rows = sums.rank() == 4 ? sums.permute(0, 2, 3, 1).dup('c').reshape(-1, sums.size(1)) : sums;
        var layer = model.net().layer(model.net().wiring().nodes().get(norm).layer());
        for (int unit : units) {
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
    double[] free(Model model, int unit) {
        INDArray mask = model.masks().get(index);
        return mask == null ? null : unit(mask, unit).dup('c').data().asDouble();
    }

    /** Weighted sums before the layer's own activation, {@code [rows × units]}. */
    float[] sums(Model model, float[] rows) {
        int length = inputs(model);
        INDArray bias = model.net().layer(index).getParam("b");
        INDArray weights = weights(model);
        INDArray matrix = weights.rank() == 4
                ? weights.dup('c').reshape('c', weights.size(0), length).transpose()
                : weights;
        INDArray sums = Nd4j.create(rows, new long[] {rows.length / length, length}, 'c')
                .mmul(matrix);
        sums = bias == null ? sums : sums.addRowVector(bias.reshape(1, bias.length()));
        return sums.dup('c').data().asFloat();
    }

    /** How inputs of this layer become rows, one for each time that a unit reads them. */
    BatchedMatrices.Unfolding unfolding(Model model, INDArray example) {
        if (!(model.net().conf(index) instanceof ConvolutionLayer conf)) {
            return (rows, samples) -> rows;
        }
        return new Windows(window(conf), (int) example.size(1), (int) example.size(2), (int) example.size(3))::rows;
    }

    /** The window of a convolution, depthwise or not. */
    static Layers.Window window(ConvolutionLayer conf) {
        int[] k = conf.getKernelSize();
        int[] s = conf.getStride();
        int[] p = conf.getPadding();
        int[] d = conf.getDilation();
        boolean same = conf.getConvolutionMode() == ConvolutionMode.Same;
        return new Layers.Window(k[0], k[1], s[0], s[1], same ? 0 : p[0], same ? 0 : p[1], d[0], d[1], same);
    }
}
