package org.parsimony.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;

/** Deeplearning4j's layers as {@link Architecture.Layer} and {@link Weights}, and back, one at a time. */
public final class LayerConf {

    private static final String[] NORM = {"gamma", "beta", "mean", "var"};
    private static final String[] NORM_LOG = {"gamma", "beta", "mean", "log10stdev"};

    private LayerConf() {}

    /** What a layer computes. Throws IllegalArgumentException, with {@code place} in it, if it has no words for that. */
    public static Architecture.Layer layer(String place, org.deeplearning4j.nn.conf.layers.Layer conf) {
        String name = place + " (" + conf.getClass().getSimpleName() + ")";
        Class<?> kind = conf.getClass();
        if (kind == DenseLayer.class) {
            DenseLayer dense = (DenseLayer) conf;
            Require.that(!dense.hasLayerNorm(), "%s has layer norm, which is not supported; use batch norm", name);
            return new Layers.Dense((int) dense.getNOut(), activation(name, dense.getActivationFn()), dense.hasBias());
        } else if (kind == OutputLayer.class) {
            OutputLayer output = (OutputLayer) conf;
            return new Layers.Dense(
                    (int) output.getNOut(), activation(name, output.getActivationFn()), output.hasBias());
        } else if (kind == ConvolutionLayer.class) {
            ConvolutionLayer c = (ConvolutionLayer) conf;
            Require.that(c.getCnn2dDataFormat() == CNN2DFormat.NCHW, "%s has channels last; put them first", name);
            return new Layers.Convolution(
                    (int) c.getNOut(),
                    window(
                            name,
                            c.getKernelSize(),
                            c.getStride(),
                            c.getPadding(),
                            c.getDilation(),
                            c.getConvolutionMode()),
                    activation(name, c.getActivationFn()),
                    c.hasBias());
        } else if (kind == SubsamplingLayer.class) {
            SubsamplingLayer p = (SubsamplingLayer) conf;
            boolean max = p.getPoolingType() == PoolingType.MAX;
            Require.that(
                    (max || p.getPoolingType() == PoolingType.AVG) && p.getCnn2dDataFormat() == CNN2DFormat.NCHW,
                    "%s pools by %s in order %s, but must take the largest or mean value, channels first",
                    name,
                    p.getPoolingType(),
                    p.getCnn2dDataFormat());
            return new Layers.Pooling(
                    max,
                    window(
                            name,
                            p.getKernelSize(),
                            p.getStride(),
                            p.getPadding(),
                            p.getDilation(),
                            p.getConvolutionMode()),
                    !max && p.isAvgPoolIncludePadInDivisor());
        } else if (kind == BatchNormalization.class) {
            BatchNormalization norm = (BatchNormalization) conf;
            Require.that(
                    !norm.isLockGammaBeta() && norm.getCnn2DFormat() == CNN2DFormat.NCHW,
                    "%s locks its scale or has channels last; make it with neither",
                    name);
            return new Layers.BatchNorm(norm.getEps(), norm.getDecay(), norm.isUseLogStd());
        } else if (kind == ActivationLayer.class) {
            return new Layers.Activate(activation(name, ((ActivationLayer) conf).getActivationFn()));
        } else if (kind == LossLayer.class) {
            return new Layers.Activate(activation(name, ((LossLayer) conf).getActivationFn()));
        } else if (kind == DropoutLayer.class) {
            boolean plain = conf.getIDropout() instanceof org.deeplearning4j.nn.conf.dropout.Dropout;
            Require.that(plain, "%s is no plain dropout, but %s", name, conf.getIDropout());
            return new Layers.Dropout(1 - ((org.deeplearning4j.nn.conf.dropout.Dropout) conf.getIDropout()).getP());
        }
        throw new IllegalArgumentException(
                name + " is not supported; replace it by dense, convolution, largest or mean "
                        + "pooling, batch norm, activation or dropout");
    }

    /** The window of a layer with these settings. */
    public static Layers.Window window(
            String name, int[] size, int[] step, int[] pad, int[] dilation, ConvolutionMode mode) {
        boolean same = mode == ConvolutionMode.Same;
        Require.that(
                same || mode == ConvolutionMode.Truncate || mode == ConvolutionMode.Strict,
                "%s has mode %s, but must have Truncate, Strict or Same",
                name,
                mode);
        return new Layers.Window(
                size[0],
                size[1],
                step[0],
                step[1],
                same ? 0 : pad[0],
                same ? 0 : pad[1],
                dilation[0],
                dilation[1],
                same);
    }

    /** The name of a function. Throws IllegalArgumentException if it has none. */
    public static String activation(String name, IActivation function) {
        String known = Layers.name(function);
        Require.that(known != null, "%s has activation %s, which is not supported", name, function);
        return known;
    }

    /** The parameters of a layer; {@code size} are their rows and columns. */
    public static Weights weights(Layer from, Architecture.Layer is, int[] size) {
        float[] values;
        if (is instanceof Layers.BatchNorm norm) {
            String[] rows = norm.logarithm() ? NORM_LOG : NORM;
            values = new float[size[0] * size[1]];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(floats(from.getParam(rows[row])), 0, values, row * size[1], size[1]);
            }
        } else {
            INDArray weights = from.getParam(Anatomy.WEIGHTS);
            values = floats(weights.rank() == 4 ? weights.permute(1, 2, 3, 0) : weights);
        }
        float[] bias = is.biased() ? floats(from.getParam(Anatomy.BIAS)) : new float[0];
        return new Weights(size[0], size[1], values, bias);
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    /** Writes the parameters of a layer. */
    public static void set(Layer layer, Architecture.Layer is, Shape in, Weights weights) {
        if (is instanceof Layers.BatchNorm norm) {
            INDArray rows = Nd4j.create(weights.values(), new long[] {weights.rows(), weights.cols()}, 'c');
            String[] names = norm.logarithm() ? NORM_LOG : NORM;
            for (int row = 0; row < names.length; row++) {
                INDArray to = layer.getParam(names[row]);
                to.assign(rows.getRow(row).reshape(to.shape()));
            }
            return;
        }
        INDArray to = layer.getParam(Anatomy.WEIGHTS);
        if (is instanceof Layers.Convolution convolution) {
            Layers.Window window = convolution.window();
            to.assign(Nd4j.create(
                            weights.values(),
                            new long[] {in.channels(), window.height(), window.width(), weights.cols()},
                            'c')
                    .permute(3, 0, 1, 2));
        } else {
            to.assign(Nd4j.create(weights.values(), new long[] {weights.rows(), weights.cols()}, 'c'));
        }
        if (is.biased()) {
            INDArray bias = layer.getParam(Anatomy.BIAS);
            bias.assign(Nd4j.createFromArray(weights.bias()).reshape(bias.shape()));
        }
    }

    /** Deeplearning4j's layer, which gives the output if it is the last. */
    public static org.deeplearning4j.nn.conf.layers.Layer layer(Architecture.Layer is, boolean last) {
        if (is instanceof Layers.Dense dense) {
            IActivation function = Layers.function(dense.activation());
            return last
                    ? new OutputLayer.Builder(loss(dense.activation()))
                            .nOut(dense.units())
                            .activation(function)
                            .hasBias(dense.biased())
                            .build()
                    : new DenseLayer.Builder()
                            .nOut(dense.units())
                            .activation(function)
                            .hasBias(dense.biased())
                            .build();
        } else if (is instanceof Layers.Convolution convolution) {
            Layers.Window w = convolution.window();
            return new ConvolutionLayer.Builder(w.height(), w.width())
                    .stride(w.stepHeight(), w.stepWidth())
                    .padding(w.padHeight(), w.padWidth())
                    .dilation(w.dilationHeight(), w.dilationWidth())
                    .convolutionMode(w.same() ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                    .nOut(convolution.filters())
                    .activation(Layers.function(convolution.activation()))
                    .hasBias(convolution.biased())
                    .build();
        } else if (is instanceof Layers.Pooling pooling) {
            Layers.Window w = pooling.window();
            return new SubsamplingLayer.Builder(
                            pooling.max() ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG,
                            new int[] {w.height(), w.width()},
                            new int[] {w.stepHeight(), w.stepWidth()},
                            new int[] {w.padHeight(), w.padWidth()})
                    .dilation(w.dilationHeight(), w.dilationWidth())
                    .convolutionMode(w.same() ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                    .avgPoolIncludePadInDivisor(pooling.counted())
                    .build();
        } else if (is instanceof Layers.BatchNorm norm) {
            return new BatchNormalization.Builder()
                    .eps(norm.epsilon())
                    .decay(norm.decay())
                    .useLogStd(norm.logarithm())
                    .build();
        } else if (is instanceof Layers.Activate activate) {
            IActivation function = Layers.function(activate.activation());
            return last
                    ? new LossLayer.Builder(loss(activate.activation()))
                            .activation(function)
                            .build()
                    : new ActivationLayer(function);
        }
        return new DropoutLayer(1 - ((Layers.Dropout) is).rate());
    }

    private static LossFunction loss(String activation) {
        return switch (activation) {
            case "softmax" -> LossFunction.MCXENT;
            case "sigmoid" -> LossFunction.XENT;
            default -> LossFunction.MSE;
        };
    }
}
