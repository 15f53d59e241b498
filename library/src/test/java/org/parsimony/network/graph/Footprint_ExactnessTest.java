package org.parsimony.network.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.TestNetworks;

/** What is said of a network without some of its units is true of the network from which they were taken. */
class Footprint_ExactnessTest {

    static Stream<Model> nets() {
        return Stream.concat(
                GraphNets.all().stream(),
                Stream.of(
                        TestNetworks.random("[12],dense 6 relu,dense 5 relu,dense 4 softmax"),
                        TestNetworks.random("[1 8 8],conv 4 3x3,batchnorm 0.001 0.9,activation relu,max 2x2 by 2x2,"
                                + "conv 5 2x2 relu,flatten,dense 6 relu,dense 4 softmax")));
    }

    private static int[] shape(Model model) {
        return model.isGraph()
                ? GraphNets.samples(model, 1, 1).shape()
                : model.takesImages() ? new int[] {1, 8, 8} : new int[] {12};
    }

    @ParameterizedTest
    @MethodSource("nets")
    void itIsTheSizeAfterSurgery(Model model) {
        int[] shape = shape(model);
        InputType type = model.takesImages()
                ? InputType.convolutional(shape[1], shape[2], shape[0])
                : InputType.feedForward(shape[0]);
        Footprint footprint = Footprint.of(model.net(), type);
        SplittableRandom random = new SplittableRandom(5);
        for (int time = 0; time < 12; time++) {
            Map<Integer, boolean[]> gone = new TreeMap<>();
            Model cut = model;
            for (int layer : Surgery.layers(model)) {
                double[] read = Surgery.readNorms(model, layer);
                boolean[] marks = new boolean[read.length];
                for (int unit = 1; unit < marks.length; unit++) {
                    marks[unit] = Double.isFinite(read[unit]) && random.nextInt(3) == 0;
                }
                int[] out =
                        IntStream.range(0, marks.length).filter(u -> marks[u]).toArray();
                cut = out.length == 0 ? cut : Surgery.remove(cut, layer, out);
                gone.put(layer, marks);
            }
            Cost cost = Cost.of(cut, shape);
            assertEquals(
                    new Footprint.Size(cost.parameters(), cost.activations() - cost.inputs()), footprint.without(gone));
        }
    }
}
