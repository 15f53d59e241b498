package org.parsimony.annealing.cost;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/** The slow reference, written from the definition in 64 bits, image by image; and small random nets to try it on. */
public final class Slow {

    private Slow() {}

    /**
     * The loss of a network under a mask, summed over the images, by full passes in 64 bits.
     *
     * @param elements weights of dense layers
     */
    public static ToDoubleFunction<boolean[]> reference(
            Model model, Elements elements, Samples images, Statistics statistics) {
        IncrementalCost cost = IncrementalCost.of(model, elements, images, statistics);
        int lowest = elements.layers()[0];
        float[][] x =
                lowest > 0 ? Forward.below(model, images, lowest, statistics).toFloatMatrix() : rows(images);
        return kept -> {
            for (StageState s : cost.stages) {
                s.mask(elements.masks(kept).get(s.stage.layer()));
            }
            return loss(cost, x, images.labels(), statistics);
        };
    }

    /** The elements of so many swaps of a kept element with a removed one, each element once. */
    static int[] swaps(boolean[] kept, int exchanges, SplittableRandom random) {
        int[] order = Seeds.permutation(kept.length, random);
        int[] ones = IntStream.of(order).filter(e -> kept[e]).limit(exchanges).toArray();
        int[] zeros = IntStream.of(order).filter(e -> !kept[e]).limit(exchanges).toArray();
        return IntStream.concat(IntStream.of(ones), IntStream.of(zeros)).toArray();
    }

    /** {@code kept} after the flips, as a new array. */
    static boolean[] flipped(boolean[] kept, int[] flips) {
        boolean[] after = kept.clone();
        for (int element : flips) {
            after[element] = !after[element];
        }
        return after;
    }

    /** Summed cross-entropy of the stages on inputs {@code [images][inputs]}, with the weights that {@code kept} keeps. */
    private static double loss(IncrementalCost cost, float[][] x, int[] labels, Statistics statistics) {
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

    private static float[][] rows(Samples samples) {
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

    /** Batch norm and ReLU at the output too. */
    public static Model published(long seed) {
        return randomised(Architectures.normalised(new int[] {12, 10, 8, 4}, seed), seed);
    }

    /** Batch norm behind the hidden layers. */
    public static Model normalised(long seed) {
        var options = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        return randomised(Architectures.mlp(new int[] {12, 10, 8, 7, 4}, seed, options), seed);
    }

    /** No batch norm. */
    public static Model plain(long seed) {
        return randomised(Architectures.mlp("12-10-8-7-4", seed), seed);
    }

    /** Two convolutions, batch norm, pooling by stride, a dense layer. */
    public static Model convolutional(long seed) {
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
    public static Samples samples(int n, long seed, int... shape) {
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

    /** A data set of such samples. */
    public static Dataset dataset(int train, int... shape) {
        return new Dataset(
                "synthetic", "Synthetic", samples(train, 1, shape), samples(300, 2, shape), samples(400, 3, shape));
    }
}
