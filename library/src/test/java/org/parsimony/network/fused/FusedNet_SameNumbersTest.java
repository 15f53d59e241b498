package org.parsimony.network.fused;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.data.Samples;
import org.parsimony.network.training.GroupLasso;

/**
 * Fused training and Deeplearning4j's fit give the same parameters from the same start and the same batches. Where an
 * activation has a kink, a sum within rounding of it sends the two on different ways, so these nets see few samples.
 */
class FusedNet_SameNumbersTest {

    private static final double TOLERANCE = 1e-4;

    /** Dense layers of fewer than 64 units are not shared among threads, wider ones are: both kinds are here. */
    private static final Samples VECTORS = Peer.samples(150, 5, 1, 23);

    private static final Samples PICTURES = Peer.samples(60, 4, 2, 2, 9, 8);

    static Stream<IUpdater> optimisers() {
        return Stream.of(new Adam(), new Sgd(0.1), new Nesterovs(0.02, 0.9), new RmsProp(1e-3));
    }

    private static void same(IUpdater updater, Layer... layers) {
        MultiLayerNetwork network = Peer.network(Peer.builder(updater), InputType.feedForward(23), layers);
        Peer.assertSame(network, VECTORS, 5, TOLERANCE);
    }

    private static void samePictures(Layer... layers) {
        MultiLayerNetwork network =
                Peer.network(Peer.builder(new Nesterovs(0.02, 0.9)), InputType.convolutional(9, 8, 2), layers);
        Peer.assertSame(network, PICTURES, 5, TOLERANCE);
    }

    private static DenseLayer dense(int units, Activation activation) {
        return new DenseLayer.Builder().nOut(units).activation(activation).build();
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void everyOptimiser(IUpdater updater) {
        same(updater, dense(70, Activation.RELU), dense(66, Activation.RELU), Peer.softmax(5));
        same(updater, dense(70, Activation.TANH), dense(66, Activation.TANH), Peer.softmax(5));
    }

    /** At ND4J's default rate, 0.1, RMSProp's fit in single precision is off its fit in double precision by a tenth. */
    @Test
    void rmsPropAtItsDefaultRateStaysAsNearToTheTruthAsFit() {
        MultiLayerNetwork network = Peer.network(
                Peer.builder(new RmsProp()),
                InputType.feedForward(23),
                dense(70, Activation.TANH),
                dense(66, Activation.TANH),
                Peer.softmax(5));
        Peer.assertAsExact(network, VECTORS, 25, TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {
                "IDENTITY",
                "RELU",
                "LEAKYRELU",
                "TANH",
                "SIGMOID",
                "ELU",
                "SELU",
                "SOFTPLUS",
                "SOFTSIGN",
                "HARDSIGMOID",
                "HARDTANH",
                "SWISH"
            })
    void everyActivation(Activation activation) {
        same(new Nesterovs(0.05, 0.9), dense(17, activation), dense(9, activation), Peer.softmax(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SOFTMAX", "SIGMOID", "IDENTITY", "TANH"})
    void squaredErrors(Activation activation) {
        for (LossFunction loss : new LossFunction[] {LossFunction.MSE, LossFunction.L2}) {
            same(
                    new Sgd(0.05),
                    dense(9, Activation.TANH),
                    new OutputLayer.Builder(loss).nOut(5).activation(activation).build());
        }
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void penalties(IUpdater updater) {
        var builder = Peer.builder(updater).l1(1e-3).l2(1e-2).l2Bias(1e-2);
        Peer.assertSame(
                Peer.network(builder, InputType.feedForward(23), dense(9, Activation.TANH), Peer.softmax(5)),
                VECTORS,
                25,
                TOLERANCE);
        var decay = Peer.builder(updater).weightDecay(1e-2, true);
        Peer.assertSame(
                Peer.network(decay, InputType.feedForward(23), dense(9, Activation.TANH), Peer.softmax(5)),
                VECTORS,
                25,
                TOLERANCE);
    }

    /** The coefficient is small, since the penalty has a kink where a group is zero. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void groupPenalties(IUpdater updater) {
        Peer.assertSame(
                Peer.network(
                        Peer.builder(updater),
                        InputType.convolutional(9, 8, 2),
                        grouped(
                                5,
                                new ConvolutionLayer.Builder(3, 3)
                                        .nOut(5)
                                        .activation(Activation.TANH)
                                        .build()),
                        grouped(70, dense(70, Activation.TANH)),
                        Peer.softmax(4)),
                PICTURES,
                5,
                TOLERANCE);
        same(updater, grouped(9, dense(9, Activation.TANH)), Peer.softmax(5));
    }

    private static BaseLayer grouped(int units, BaseLayer layer) {
        layer.setRegularization(List.of(new GroupLasso(1e-3, units), new L2Regularization(1e-2)));
        return layer;
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void batchNormWithEveryOptimiser(IUpdater updater) {
        same(
                updater,
                dense(17, Activation.IDENTITY),
                new BatchNormalization(),
                new ActivationLayer(Activation.TANH),
                Peer.softmax(5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchNormOfUnits(boolean logarithmic) {
        same(
                new Nesterovs(0.02, 0.9),
                dense(17, Activation.IDENTITY),
                new BatchNormalization.Builder().useLogStd(logarithmic).build(),
                new ActivationLayer(Activation.RELU),
                dense(9, Activation.IDENTITY),
                new BatchNormalization.Builder(true).build(),
                new ActivationLayer(Activation.TANH),
                dense(5, Activation.IDENTITY),
                new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    @Test
    void convolutionsAndPooling() {
        samePictures(
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(5)
                        .activation(Activation.RELU)
                        .build(),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                        .build(),
                new ConvolutionLayer.Builder(2, 2)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build(),
                dense(7, Activation.RELU),
                Peer.softmax(4));
    }

    @Test
    void paddedStridedAndAveraged() {
        samePictures(
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(5)
                        .convolutionMode(ConvolutionMode.Same)
                        .stride(2, 1)
                        .activation(Activation.IDENTITY)
                        .build(),
                new BatchNormalization.Builder().build(),
                new ActivationLayer(Activation.RELU),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 3}, new int[] {1, 2})
                        .build(),
                new ConvolutionLayer.Builder(3, 2)
                        .nOut(3)
                        .padding(1, 1)
                        .hasBias(false)
                        .activation(Activation.TANH)
                        .build(),
                Peer.softmax(4));
    }
}
