package org.parsimony.network;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.data.Samples;

/** Small networks with random parameters everywhere (running statistics too), and samples for them. */
public final class Nets {

    private Nets() {}

    public static Model dense() {
        return randomised(Architectures.mlp("12-9-7-4", 1), 1);
    }

    public static Model denseWithBatchNorm() {
        var options = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        return randomised(Architectures.mlp(new int[] {12, 9, 7, 4}, 1, options), 2);
    }

    /** Sigmoid units: a unit whose inputs are cut still says 0.5, unlike a ReLU. */
    public static Model sigmoids() {
        var list = new NeuralNetConfiguration.Builder().seed(1).list();
        list.layer(new DenseLayer.Builder()
                .nIn(12)
                .nOut(9)
                .activation(Activation.SIGMOID)
                .build());
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(9)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return randomised(new Model(network), 3);
    }

    /** Convolution, batch norm, pooling, convolution, flattening, dense, classes. */
    public static Model convolutional() {
        Backend.tame();
        var list = new NeuralNetConfiguration.Builder().seed(1).list();
        list.layer(new ConvolutionLayer.Builder(3, 3)
                .nOut(5)
                .activation(Activation.IDENTITY)
                .build());
        list.layer(new BatchNormalization.Builder().activation(Activation.RELU).build());
        list.layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                .build());
        list.layer(new ConvolutionLayer.Builder(2, 2)
                .nOut(6)
                .activation(Activation.RELU)
                .build());
        list.layer(new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build());
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());
        list.setInputType(InputType.convolutional(10, 10, 2));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return randomised(new Model(network), 4);
    }

    public static Samples vectors(int n, long seed) {
        return samples(n, seed, 12);
    }

    public static Samples images(int n, long seed) {
        return samples(n, seed, 2, 10, 10);
    }

    public static Samples samplesFor(Model model, int n, long seed) {
        return model.takesImages() ? images(n, seed) : vectors(n, seed);
    }

    /** Samples whose class is told by their features, so that training can succeed. */
    public static Samples learnable(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[n * 12];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(4);
            for (int j = 0; j < 12; j++) {
                x[i * 12 + j] = (float) (0.5 * random.nextDouble() + (j % 4 == y[i] ? 0.5 : 0));
            }
        }
        return new Samples(x, y, 4, 12);
    }

    private static Samples samples(int n, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] x = new float[n * inputs];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(4);
        }
        return new Samples(x, y, 4, shape);
    }

    private static Model randomised(Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (var layer : model.network().getLayers()) {
            layer.paramTable().forEach((key, value) -> {
                float[] numbers = new float[(int) value.length()];
                for (int i = 0; i < numbers.length; i++) {
                    double uniform = 2 * random.nextDouble() - 1;
                    numbers[i] = (float) (key.equals("var") ? 0.5 + Math.abs(uniform) : uniform);
                }
                INDArray fresh = Nd4j.create(numbers, value.shape(), 'c');
                layer.setParam(key, fresh);
            });
        }
        return model;
    }
}
