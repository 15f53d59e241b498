package org.parsimony.splitting;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Wiring;
import org.parsimony.network.graph.Wiring.Node;

/**
 * What a second activation adds to the splitting matrices of the layer before a depthwise convolution. The halves of a unit
 * meet where the next layer reads them, so its share of the loss is act₂(Σ_k w_k act₁(θᵀx_k)), k over the taps of its
 * depthwise kernel, and to the curvature of act₁ comes {@code E[∂L/∂act₂ · act₂'' · ∇s ∇sᵀ]}, s being the sum under act₂.
 * A product goes once through the kernels and once back. The authors' code leaves this term out.
 */
final class Beyond {

    private final int units;
    private final int multiplier;
    private final Windows windows;
    private final float[] kernels;
    private final float[] slopes;
    private final float[] signal;

    private Beyond(int units, int multiplier, Windows windows, float[] kernels, float[] slopes, float[] signal) {
        this.units = units;
        this.multiplier = multiplier;
        this.windows = windows;
        this.kernels = kernels;
        this.slopes = slopes;
        this.signal = signal;
    }

    /** Places of the depthwise convolution, its batch norm (or −1) and of its activation (maybe the convolution itself). */
    private record Path(int depthwise, int norm, int at, IActivation function) {

        /** The path behind {@code layer}; null if there is no depthwise convolution with an activation. */
        static Path of(Wiring wiring, SplitLayer layer) {
            int depthwise = -1;
            int norm = -1;
            List<Integer> readers = wiring.readers(layer.at());
            while (readers.size() == 1) {
                int n = readers.get(0);
                Node node = wiring.nodes().get(n);
                if (node.conf() instanceof DepthwiseConvolution2D conf && depthwise < 0) {
                    depthwise = n;
                    if (!Curvature.isLinear(conf.getActivationFn())) {
                        return new Path(n, -1, n, conf.getActivationFn());
                    }
                } else if (node.conf() instanceof BatchNormalization && depthwise >= 0 && norm < 0) {
                    norm = n;
                } else if (node.conf() instanceof ActivationLayer activation && depthwise >= 0) {
                    return new Path(depthwise, norm, n, activation.getActivationFn());
                } else if (!(node.conf() instanceof DropoutLayer)) {
                    return null;
                }
                readers = wiring.readers(n);
            }
            return null;
        }
    }

    /**
     * Of one batch; null where no depthwise convolution with an activation follows.
     *
     * @param sums under the layer's own activation, {@code [samples · positions × units]}
     * @param errors by node
     * @param samples all that the matrices are averaged over
     */
    static Beyond of(
            Model model, Pass pass, SplitLayer layer, float[] sums, INDArray[] errors, int samples, double beta) {
        Wiring wiring = model.net().wiring();
        Path path = Path.of(wiring, layer);
        if (path == null) {
            return null;
        }
        Node node = wiring.nodes().get(path.depthwise);
        INDArray in = pass.reaching(path.depthwise);
        INDArray weights = model.net().layer(node.layer()).getParam("W"); // [height × width × channels × multiplier]
        int units = (int) weights.size(2);
        int multiplier = (int) weights.size(3);
        Windows windows =
                new Windows(SplitLayer.window((ConvolutionLayer) node.conf()), 1, (int) in.size(2), (int) in.size(3));
        float[] kernels = weights.dup('c').data().asFloat();
        float[] slopes = slopes(model, layer, sums);
        Beyond beyond = new Beyond(units, multiplier, windows, kernels, slopes, null);
        float[] below = path.at == path.depthwise
                ? beyond.biased(beyond.through(LayerMatrices.byUnit(in), (int) in.size(0)), model, node)
                : LayerMatrices.byUnit(pass.reaching(path.at));
        float[] signal = LayerMatrices.signal(
                model,
                path.norm,
                path.function,
                below,
                LayerMatrices.byUnit(errors[path.at]),
                units * multiplier,
                samples,
                beta);
        return new Beyond(units, multiplier, windows, kernels, slopes, signal);
    }

    /** ∂act₁/∂sum of every unit, through its batch norm. */
    private static float[] slopes(Model model, SplitLayer layer, float[] sums) {
        INDArray at = org.nd4j.linalg.factory.Nd4j.createFromArray(sums).reshape(1, sums.length);
        float[] slopes = layer.function()
                .backprop(at, at.like().assign(1))
                .getFirst()
                .data()
                .asFloat();
        if (layer.norm() >= 0) {
            double[] kappa = Pass.scale(model, layer.norm()).data().asDouble();
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] *= (float) kappa[i % kappa.length];
            }
        }
        return slopes;
    }

    private float[] biased(float[] sums, Model model, Node node) {
        INDArray bias = model.net().layer(node.layer()).getParam("b");
        if (bias != null) {
            float[] each = bias.dup('c').data().asFloat();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += each[i % each.length];
            }
        }
        return sums;
    }

    /**
     * Adds the second activation's part to that of the first.
     *
     * @param tangents change of every unit's sum along its vector, {@code [samples · positions × units]}, of the samples
     *     from {@code first} to before {@code last} of the batch
     * @param to what is summed over the layer's inputs; the part is added
     */
    void add(float[] tangents, int first, int last, float[] to) {
        int n = last - first;
        int offset = first * windows.inner() * units;
        float[] moved = new float[tangents.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = tangents[i] * slopes[offset + i];
        }
        float[] beyond = through(moved, n);
        int second = first * windows.positions() * units * multiplier;
        for (int i = 0; i < beyond.length; i++) {
            beyond[i] *= signal[second + i];
        }
        Arrays.fill(moved, 0);
        taps(moved, beyond, n, true);
        for (int i = 0; i < moved.length; i++) {
            to[i] += moved[i] * slopes[offset + i];
        }
    }

    private float[] through(float[] values, int n) {
        float[] beyond = new float[n * windows.positions() * units * multiplier];
        taps(values, beyond, n, false);
        return beyond;
    }

    /** The depthwise convolution without bias from {@code near} to {@code far}, or its transpose back; both add. */
    private void taps(float[] near, float[] far, int n, boolean back) {
        int width = units * multiplier;
        int[] taps = windows.taps();
        for (int sample = 0; sample < n; sample++) {
            for (int t = 0; t < taps.length; t += 3) {
                int i = (sample * windows.inner() + taps[t]) * units;
                int o = (sample * windows.positions() + taps[t + 1]) * width;
                int k = taps[t + 2] * width;
                for (int c = 0; c < width; c++) {
                    if (back) {
                        near[i + c / multiplier] += kernels[k + c] * far[o + c];
                    } else {
                        far[o + c] += kernels[k + c] * near[i + c / multiplier];
                    }
                }
            }
        }
    }
}
