package org.parsimony.network.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.iter.NdIndexIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GroupLasso_PenaltyTest {

    private final GroupLasso lasso = new GroupLasso(0.5, 2);

    /** Units (3, 4) and (0, 0), two weights each: 0.5 · √2 · (5 + 0), along (3, 4) / 5 and nowhere. */
    @Test
    void aHandWorkedDenseLayer() {
        INDArray w = Nd4j.create(new double[][] {{3, 0}, {4, 0}});
        assertEquals(0.5 * Math.sqrt(2) * 5, lasso.score(w, 0, 0), 1e-12);
        INDArray g = Nd4j.ones(DataType.DOUBLE, 2, 2);
        lasso.apply(w, g, 0.1, 0, 0);
        double along = 0.5 * Math.sqrt(2);
        INDArray expected = Nd4j.create(new double[][] {{1 + along * 0.6, 1}, {1 + along * 0.8, 1}});
        assertEquals(0, expected.distance2(g), 1e-12);
    }

    @Test
    void theGradientIsTheDifferenceOfTheScore() {
        for (long[] shape : new long[][] {{6, 2}, {2, 3, 2, 2}, {12}}) {
            for (char order : shape.length == 2 ? new char[] {'c', 'f'} : new char[] {'c'}) {
                INDArray w = Nd4j.linspace(
                                DataType.DOUBLE,
                                -0.7,
                                0.09,
                                Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                        .reshape(order, shape);
                INDArray g = Nd4j.create(DataType.DOUBLE, shape, order);
                lasso.apply(w, g, 0.1, 0, 0);
                double h = 1e-6;
                NdIndexIterator places = new NdIndexIterator(shape);
                while (places.hasNext()) {
                    long[] at = places.next();
                    double value = w.getDouble(at);
                    double above = lasso.score(w.putScalar(at, value + h), 0, 0);
                    double below = lasso.score(w.putScalar(at, value - h), 0, 0);
                    w.putScalar(at, value);
                    assertEquals((above - below) / (2 * h), g.getDouble(at), 1e-8);
                }
            }
        }
    }

    @Test
    void aSavedConfigurationKeepsIt() {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                .list(
                        new DenseLayer.Builder()
                                .nIn(3)
                                .nOut(2)
                                .regularization(List.of(lasso))
                                .build(),
                        new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build();
        assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
    }
}
