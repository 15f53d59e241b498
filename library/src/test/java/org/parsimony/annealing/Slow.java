package org.parsimony.annealing;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** The slow reference, written from the definition in 64 bits, image by image; and small random nets to try it on. */
final class Slow {

    private Slow() {}

    /** Summed cross-entropy of the stages on inputs {@code [images][inputs]}, with the weights that {@code kept} keeps. */
    static double loss(IncrementalCost cost, float[][] x, int[] labels, Statistics statistics) {
        double[][] h = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            h[i] = new double[x[i].length];
            for (int j = 0; j < x[i].length; j++) {
                h[i][j] = x[i][j];
            }
        }
        for (StageState s : cost.stages) {
            Stage stage = s.stage;
            double[][] out = new double[h.length][stage.units()];
            for (int u = 0; u < stage.units(); u++) {
                double mean = 0;
                for (int i = 0; i < h.length; i++) {
                    double a = stage.bias()[u];
                    for (int j = 0; j < stage.inputs(); j++) {
                        a += (double) s.effective[u * stage.inputs() + j] * h[i][j];
                    }
                    out[i][u] = a;
                    mean += a / h.length;
                }
                double variance = 0;
                for (double[] row : out) {
                    variance += (row[u] - mean) * (row[u] - mean) / h.length;
                }
                Stage.Norm norm = stage.norm();
                if (norm != null && statistics == Statistics.RUNNING) {
                    mean = norm.mean()[u];
                    variance = norm.variance()[u];
                }
                for (double[] row : out) {
                    if (norm != null) {
                        row[u] = norm.gamma()[u] * (row[u] - mean) / Math.sqrt(variance + norm.epsilon())
                                + norm.beta()[u];
                    }
                    row[u] = stage.rectified() ? Math.max(row[u], 0) : row[u];
                }
            }
            h = out;
        }
        double loss = 0;
        for (int i = 0; i < h.length; i++) {
            double top = java.util.Arrays.stream(h[i]).max().orElseThrow();
            double sum = 0;
            for (double z : h[i]) {
                sum += Math.exp(z - top);
            }
            loss += top + Math.log(sum) - h[i][labels[i]];
        }
        return loss;
    }

    static float[][] rows(Samples samples) {
        float[][] rows = new float[samples.size()][samples.inputs()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(samples.features(), i * samples.inputs(), rows[i], 0, samples.inputs());
        }
        return rows;
    }

    /** Random parameters everywhere, running statistics too. */
    static Model randomised(Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (var layer : model.network().getLayers()) {
            layer.paramTable().forEach((key, value) -> {
                float[] numbers = new float[(int) value.length()];
                for (int i = 0; i < numbers.length; i++) {
                    double uniform = (key.equals("W") ? 1 : 2) * (random.nextDouble() - 0.5);
                    numbers[i] = (float) (key.equals("var") ? 0.5 + Math.abs(uniform) : uniform);
                }
                layer.setParam(key, Nd4j.create(numbers, value.shape(), 'c'));
            });
        }
        return model;
    }

    /** The paper's kind of net, batch norm and ReLU at the output too. */
    static Model published(long seed) {
        return randomised(Architectures.annealing(new int[] {12, 10, 8, 4}, seed), seed);
    }

    /** Batch norm behind the hidden layers. */
    static Model normalised(long seed) {
        var options = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        return randomised(Architectures.mlp(new int[] {12, 10, 8, 7, 4}, seed, options), seed);
    }

    /** No batch norm. */
    static Model plain(long seed) {
        return randomised(Architectures.mlp("12-10-8-7-4", seed), seed);
    }

    /** Two convolutions, batch norm, pooling by stride, a dense layer. */
    static Model convolutional(long seed) {
        var list = new NeuralNetConfiguration.Builder().seed(seed).list();
        list.layer(new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.IDENTITY)
                .build());
        list.layer(new BatchNormalization.Builder().build());
        list.layer(new ConvolutionLayer.Builder(2, 2)
                .nOut(5)
                .activation(Activation.RELU)
                .build());
        list.layer(new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build());
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());
        list.setInputType(InputType.convolutional(6, 6, 2));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return randomised(new Model(network), seed);
    }

    /** Samples whose class is told by their features, so that masks can be good and bad. */
    static Samples samples(int n, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] x = new float[n * inputs];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(4);
            for (int j = 0; j < inputs; j++) {
                x[i * inputs + j] = (float) (0.5 * random.nextDouble() + (j % 4 == y[i] ? 0.5 : 0));
            }
        }
        return new Samples(x, y, 4, shape);
    }

    static Dataset dataset(int train, int... shape) {
        return new Dataset(
                "synthetic", "Synthetic", samples(train, 1, shape), samples(300, 2, shape), samples(400, 3, shape));
    }
}
