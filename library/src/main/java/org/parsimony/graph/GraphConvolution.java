package org.parsimony.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Describe;
import org.parsimony.base.Json;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;

/**
 * Trains the weights of a network of two dense layers as those of a graph convolution net: before each layer a node's values
 * are averaged with its neighbours'. All nodes go through at once, one update an epoch; the epoch of the least validation
 * loss counts.
 *
 * <p>The result has the same weights as any network of two dense layers, and can be pruned, shared and encoded as one; what
 * these weights achieve <em>on the graph</em> is in the step's own table ({@link Convolved#trace}), while the row of a run
 * tells what they achieve on a node's features alone. With {@code epochs=0} the step measures and trains nothing: behind a
 * pruning it tells what that cost on the graph. Masks hold.
 *
 * <p>Labels of test nodes are looked at for the table alone. Complexity of an epoch: entries of the averaged features times
 * hidden units; with factors also {@code inputs² · hidden}, and {@code inputs³} where they are measured. Randomness: dropout,
 * by the context.
 */
public final class GraphConvolution {

    private static final double MOMENTUM = 0.9;

    private GraphConvolution() {}

    /** The optimiser that the gradient, preconditioned or not, is given to. */
    public enum Optimiser {
        ADAM,
        /** With momentum 0.9. */
        SGD
    }

    /** How to train; the defaults are the authors' with Adam, without factors and without self-labelling. */
    public record Options(
            @Describe(value = "epochs, each one update; 0 measures alone", least = 0) int epochs,
            @Describe("optimiser, fresh at the start") Optimiser optimiser,
            @Describe(value = "learning rate, above 0", least = 0) double learningRate,
            @Describe(value = "L2 penalty on weights and biases, from 0 to 1", least = 0, most = 1) double decay,
            @Describe(value = "share of hidden activations that is dropped, from 0 to below 1", least = 0, most = 1)
                    double dropout,
            @Describe("over which nodes the factors of the natural gradient are taken, if any") Factors factors,
            @Describe(value = "damping of the factors, whose root is added to each, above 0", least = 0) double damping,
            @Describe(value = "epochs after which the factors are measured again, at least 1", least = 1) int refresh,
            @Describe(
                            value =
                                    "exponent by which the weight of labels that the net gives to other nodes grows over the epochs; 0 for none",
                            least = 0)
                    double gamma) {

        public Options {
            Require.atLeast("epochs", epochs, 0);
            Require.oneOf("optimiser", optimiser, Optimiser.values());
            Require.positive("learningRate", learningRate);
            Require.between("decay", decay, 0, 1);
            Require.that(dropout >= 0 && dropout < 1, "dropout is %s, but must lie from 0 to below 1", dropout);
            Require.oneOf("factors", factors, Factors.values());
            Require.positive("damping", damping);
            Require.atLeast("refresh", refresh, 1);
            Require.between("gamma", gamma, 0, 1e3);
        }

        /** The defaults. */
        public Options() {
            this(200, Optimiser.ADAM, 0.01, 5e-4, 0.5, Factors.NONE, 0.01, 50, 0);
        }

        /** These options with another number of epochs. */
        public Options epochs(int other) {
            return With.component(this, "epochs", other);
        }

        /** These options with another optimiser and learning rate. */
        public Options optimiser(Optimiser kind, double rate) {
            return With.component(With.component(this, "optimiser", kind), "learningRate", rate);
        }

        /** These options with another share of dropped activations. */
        public Options dropout(double other) {
            return With.component(this, "dropout", other);
        }

        /** These options with factors, their damping, and epochs after which they are measured again. */
        public Options factors(Factors other, double damped, int refreshed) {
            Options with = With.component(this, "factors", other);
            return With.component(With.component(with, "damping", damped), "refresh", refreshed);
        }

        /** These options with another exponent of self-labelling. */
        public Options gamma(double other) {
            return With.component(this, "gamma", other);
        }
    }

    /**
     * Trains a copy of {@code start}.
     *
     * @param start two dense layers, relu and soft-max, inputs those of the nodes
     * @param data with a graph
     * @throws IllegalArgumentException if the data have no graph, or the network is another or has shared values
     * @throws ArithmeticException if training diverges
     */
    public static Convolved run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Require.that(
                data.graph() != null,
                "%s has no graph, but its samples must be nodes of one: take cora, or a folder with features.mtx, edges.csv"
                        + " and nodes.csv",
                data.name());
        requireTwoDense(start);
        Model model = start.copy();
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.DENSE);
        double[][] weights = new double[2][];
        boolean[][] held = new boolean[2][];
        for (int l = 0; l < 2; l++) {
            LayerWeights layer = layers.get(l);
            weights[l] = weights(model, l);
            held[l] = Fitting.held(layer.masked(model), layer.inputs(), layer.units());
        }
        GraphNet net =
                new GraphNet(data.graph(), layers.get(0).units(), layers.get(1).units());
        int[] labels = Fitting.labels(data);
        Fitting.Fitted fitted = new Fitting(net, data.graph(), labels, options, weights, held)
                .run(context.random("dropout"), context.progress());
        for (int l = 0; l < 2; l++) {
            write(model, l, fitted.weights()[l]);
        }
        double[] test =
                net.score(net.forward(fitted.weights(), 0, null), data.graph().test(), labels);
        double[] last =
                net.score(net.forward(fitted.last(), 0, null), data.graph().test(), labels);
        Change change = Change.of(start, model, data, nanos)
                .trained(options.epochs(), Math.max(1, data.train().size()));
        return new Convolved(change, fitted.epochs(), fitted.kept(), test[0], test[1], last[1]);
    }

    private static void requireTwoDense(Model model) {
        boolean fits = !model.isGraph()
                && model.net().layers() == 2
                && model.net().conf(0) instanceof DenseLayer first
                && model.net().conf(1) instanceof OutputLayer second
                && first.getActivationFn().equals(Activation.RELU.getActivationFunction())
                && second.getActivationFn().equals(Activation.SOFTMAX.getActivationFunction());
        Require.that(
                fits,
                "the network must be two dense layers, relu and soft-max, such as 1433-16-7; take another, or let graph"
                        + " come first");
        Require.that(
                model.constraints().ties().isEmpty()
                        && model.constraints().zeroBiases().isEmpty(),
                "the network has shared values or biases held at zero, which this training does not hold; let graph come"
                        + " before the step that made them");
    }

    /** Weights and biases of a layer, {@code [inputs + 1 × units]}. */
    private static double[] weights(Model model, int layer) {
        float[] w = model.net().layer(layer).getParam("W").dup('c').data().asFloat();
        float[] b = model.net().layer(layer).getParam("b").dup('c').data().asFloat();
        double[] weights = new double[w.length + b.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < w.length ? w[i] : b[i - w.length];
        }
        return weights;
    }

    private static void write(Model model, int layer, double[] weights) {
        INDArray w = model.net().layer(layer).getParam("W");
        INDArray b = model.net().layer(layer).getParam("b");
        int split = (int) w.length();
        float[] values = new float[weights.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) weights[i];
        }
        w.assign(Nd4j.create(Arrays.copyOf(values, split), w.shape(), 'c'));
        b.assign(Nd4j.create(Arrays.copyOfRange(values, split, values.length), b.shape(), 'c'));
    }

    /** The method {@code graph}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super(
                    "graph",
                    "graph",
                    "train two dense layers as a graph convolution net over a node's neighbours",
                    Options.class,
                    GraphConvolution::run);
        }

        @Override
        public Training training(Options options) {
            String rate = options.optimiser().name().toLowerCase(Locale.ROOT) + " "
                    + Json.digits(options.learningRate())
                    + (options.optimiser() == Optimiser.SGD ? ", momentum " + Json.digits(MOMENTUM) : "")
                    + ", L2 " + Json.digits(options.decay());
            // all training nodes are one batch, however many there are
            return Training.of(new Training.Stretch(
                    1, options.epochs(), Integer.MAX_VALUE, rate, "fresh in each training", "least validation loss"));
        }
    }
}
