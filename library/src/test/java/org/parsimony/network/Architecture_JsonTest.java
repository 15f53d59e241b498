package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.data.Samples;

/** An architecture and its weights are a network, and the network is they. */
class Architecture_JsonTest {

    static List<Model> networks() {
        return List.of(
                Nets.dense(),
                Nets.denseWithBatchNorm(),
                Nets.sigmoids(),
                Nets.convolutional(),
                Architectures.normalised(new int[] {12, 5, 4}, 1),
                Architectures.lenet5(3, 20, new int[] {4, 6, 8, 4}, 1, new Architectures.Options()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyNetworkComesBackFromItsParts(Model model) {
        Architecture architecture = Architecture.of(model);
        assertEquals(architecture, Architecture.parse(architecture.toJson()));
        Model back = Architecture.parse(architecture.toJson()).model(architecture.weights(model));
        assertEquals(model.network().params(), back.network().params());
        assertEquals(architecture, Architecture.of(back));
        var x = org.nd4j.linalg.factory.Nd4j.rand(3, architecture.input().size());
        if (architecture.input().image()) {
            x = x.reshape(
                    3,
                    architecture.input().channels(),
                    architecture.input().height(),
                    architecture.input().width());
        }
        assertEquals(model.network().output(x), back.network().output(x));
    }

    /** Fused evaluation serves these, or leaves them to Deeplearning4j. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[12],dense 9 relu nobias,dense 4 softmax nobias",
                "[12],batchnorm 0.001 0.9,dense 4 softmax",
                "[12],activation tanh,dense 4 softmax",
                "[12],dropout 0.5,dense 4 softmax",
                "[2 10 10],conv 3 3x3 nobias,flatten,dense 4 softmax",
                "[2 10 10],conv 3 3x3 dilated 2x2,flatten,dense 4 softmax",
                "[2 10 10],max 2x2 by 2x2,flatten,dense 4 softmax",
                "[2 10 10],batchnorm 0.001 0.9,flatten,batchnorm 0.001 0.9,dense 4 softmax",
                "[2 10 10],avg 3x3 by 2x2 pad 1x1 counted,conv 3 2x2 same relu,flatten,dense 4,activation softmax"
            })
    void layersInAnyOrderAreEvaluatedAsTheyPredict(String text) {
        Model model = TestNetworks.random(text);
        Samples samples = Nets.samplesFor(model, 20, 1);
        Score score = model.evaluate(samples);
        float[] p = model.predict(samples, 0, 20).dup('c').data().asFloat();
        Score expected = Score.of(p, samples.labels(), 4);
        assertEquals(expected.accuracy(), score.accuracy());
        assertEquals(expected.loss(), score.loss(), 1e-5);
    }

    @Test
    void theTextIsShort() {
        assertEquals(
                "{\"input\":[784],\"layers\":[\"dense 300 relu\",\"dense 100 relu\",\"dense 10 softmax\"]}",
                Architecture.of(Architectures.mlp("784-300-100-10", 1)).toJson());
        Model lenet = Architectures.lenet5(1, 28, new int[] {20, 50, 500, 10}, 1, new Architectures.Options());
        assertEquals(
                "{\"input\":[1,28,28],\"layers\":[\"conv 20 5x5 relu\",\"max 2x2 by 2x2\",\"conv 50 5x5 relu\","
                        + "\"max 2x2 by 2x2\",\"flatten\",\"dense 500 relu\",\"dense 10 softmax\"]}",
                Architecture.of(lenet).toJson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conv 8 3x2 by 2x1 pad 1x0 dilated 2x2 tanh nobias",
                "conv 8 3x3 same",
                "avg 3x3 by 2x2 same counted",
                "batchnorm 0.001 0.99 log",
                "activation leakyrelu=0.3",
                "dropout 0.25",
                "dense 7 elu=0.5 nobias"
            })
    void everyWordComesBack(String text) {
        assertEquals(text, Layers.parse(text).text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense|is none that this version knows",
                "dense x|is none that this version knows",
                "dense 0|units is 0",
                "dense 5 foo|activation \"foo\" is not known",
                "dense 5 relu twice|\"twice\" is too much",
                "conv 5 3|must be height and width",
                "attention 5|must begin with dense, conv",
                "dropout 1|must lie in [0, 1)",
                "max 9x9|takes images"
            })
    void wrongLayersAreRefused(String layer, String said) {
        String json = "{\"input\":[4],\"layers\":[\"" + layer + "\",\"dense 2 softmax\"]}";
        String message = assertThrows(IllegalArgumentException.class, () -> Architecture.parse(json))
                .getMessage();
        assertTrue(message.contains(said), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "[]",
                "7",
                "{",
                "{\"input\":[4]}",
                "{\"input\":4,\"layers\":[\"dense 2\"]}",
                "{\"input\":[4,4],\"layers\":[\"dense 2\"]}",
                "{\"input\":[4],\"layers\":[]}",
                "{\"input\":[99999999999],\"layers\":[\"dense 2\"]}",
                "{\"input\":[4],\"layers\":[{}]}",
                "{\"input\":[65536,65536,65536],\"layers\":[\"flatten\",\"dense 2\"]}",
                "{\"input\":[4],\"layers\":[\"dense 2\",\"dropout 0.5\"]}"
            })
    void anythingElseIsRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> Architecture.parse(json));
    }
}
