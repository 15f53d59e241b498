package org.parsimony.network.fused;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.parsimony.data.Samples;

/** Fused training and Deeplearning4j's fit give the same parameters from the same start and the same batches. */
class FusedNet_SameNumbersTest {

    private static final double TOLERANCE = 1e-4;

    static Stream<IUpdater> optimisers() {
        return Stream.of(new Adam(1e-3), new Sgd(0.1), new Nesterovs(0.05, 0.9), new RmsProp(1e-3));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void everyOptimiser(IUpdater updater) {
        Samples samples = Peer.samples(150, 5, 1, 23);
        for (int steps : new int[] {1, 10, 200}) {
            MultiLayerNetwork network = Peer.network(
                    Peer.builder(updater),
                    InputType.feedForward(23),
                    new DenseLayer.Builder()
                            .nOut(17)
                            .activation(Activation.RELU)
                            .build(),
                    new DenseLayer.Builder().nOut(9).activation(Activation.RELU).build(),
                    Peer.softmax(5));
            Peer.assertSame(network, samples, 25, steps, TOLERANCE);
        }
    }
}
