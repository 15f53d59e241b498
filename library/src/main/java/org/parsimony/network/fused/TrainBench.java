package org.parsimony.network.fused;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.parsimony.base.Home;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;

/**
 * Training speed on MNIST beside PyTorch, in one run: epochs of both take turns, so that what else the machine does falls
 * on both. Prints the median samples per second of each, and the median of their ratios.
 */
public final class TrainBench {

    private static final int EPOCHS = 5;
    private static final int SAMPLES = 12_800;
    /** Seconds of training before the number of threads is chosen, and for choosing it. */
    private static final double WARM_UP = 1;

    private static final double TRIAL = 0.5;
    /** Of nets so small that epochs of fewer samples would end before the machine code is there. */
    private static final int MANY_SAMPLES = 50_000;

    private static final List<Row> ROWS = List.of(
            new Row("784-300-100-10", "mlp", 32),
            new Row("784-300-100-10", "mlp", 64),
            new Row("784-300-100-10", "mlp", 128),
            new Row("784-300-100-10", "mlp", 256),
            new Row("784-32-16-10 batch norm", "norm", 125),
            new Row("LeNet-5 (20-50-500-10)", "lenet", 64));

    private TrainBench() {}

    private record Row(String name, String kind, int batch) {

        Model model(long seed) {
            return switch (kind) {
                case "mlp" -> Architectures.mlp("784-300-100-10", seed);
                case "norm" -> normed(seed);
                default -> Architectures.lenet5(1, 28, new int[] {20, 50, 500, 10}, seed, new Architectures.Options());
            };
        }
    }

    /** Batch norm and ReLU behind every layer, the last one too, as the authors of the mask search have it. */
    private static Model normed(long seed) {
        var list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.RELU)
                .list();
        for (int units : new int[] {32, 16, 10}) {
            list.layer(new DenseLayer.Builder()
                            .nOut(units)
                            .activation(Activation.IDENTITY)
                            .build())
                    .layer(new BatchNormalization())
                    .layer(new ActivationLayer(Activation.RELU));
        }
        list.layer(new LossLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.feedForward(784)).build());
        network.init();
        return new Model(network);
    }

    /**
     * Runs the bench.
     *
     * @param peer folder with {@code torch_mlp.py}, or null to compare with the project's own peers only; without PyTorch
     *     there is no comparison
     * @param out where the lines go
     */
    public static void run(Path peer, PrintStream out) {
        var mnist = Datasets.load("mnist");
        Samples train = mnist.train().range(0, SAMPLES);
        Samples many = mnist.train().range(0, MANY_SAMPLES).flattened();
        boolean torch = TorchPeer.installed();
        if (!torch) {
            out.println("PyTorch is not installed (Debian: apt-get install python3-torch): our own rates only");
        }
        Path scratch = torch ? scratch() : null;
        for (Row row : ROWS) {
            Samples samples = row.kind.equals("lenet") ? train : many;
            out.println(measure(row, samples, scratch, peer));
        }
        evaluation(mnist.test().flattened(), out);
        sweep(train.flattened(), out);
        beforeAndAfter(train.flattened(), mnist.validation().flattened(), out);
    }

    /** One side of the comparison with its number of threads and the samples of an epoch. */
    private record Contender(int threads, int samples, DoubleSupplier epoch, Runnable end) {

        static Contender ours(Row row, Samples samples, int threads) {
            FusedNet net = Fused.net(row.model(1), row.batch, threads, samples.shape());
            SplittableRandom random = Seeds.random(1, "bench");
            return new Contender(
                    threads,
                    samples.size(),
                    () -> {
                        int[] order = Seeds.permutation(samples.size(), random);
                        long start = System.nanoTime();
                        net.epoch(samples, order, Progress.NONE);
                        return samples.size() / ((System.nanoTime() - start) * 1e-9);
                    },
                    net::close);
        }

        static Contender torch(Row row, Samples samples, int threads, Path scratch) {
            Path script = scratch.resolve("torch_peer.py");
            TorchPeer peer = TorchPeer.waiting(script, row.kind, row.batch, threads, samples.size(), scratch);
            return new Contender(threads, samples.size(), peer::epoch, peer::close);
        }

        /** The faster of two, once both are warm; the other ends. */
        static Contender faster(Contender a, Contender b) {
            a.rate(WARM_UP);
            b.rate(WARM_UP);
            boolean first = a.rate(TRIAL) > b.rate(TRIAL);
            (first ? b : a).end.run();
            return first ? a : b;
        }

        /** Samples per second of as many epochs as make this many seconds, at least one. */
        private double rate(double atLeast) {
            double seconds = 0;
            int epochs = 0;
            for (; seconds < atLeast; epochs++) {
                seconds += samples / epoch.getAsDouble();
            }
            return (double) epochs * samples / seconds;
        }
    }

    /** Both sides first choose their better number of threads, then take turns. */
    private static String measure(Row row, Samples samples, Path scratch, Path peer) {
        Contender ours = Contender.faster(Contender.ours(row, samples, 1), Contender.ours(row, samples, 2));
        Contender torch = scratch == null
                ? null
                : Contender.faster(
                        Contender.torch(row, samples, 1, scratch), Contender.torch(row, samples, 2, scratch));
        double[] rates = new double[EPOCHS];
        double[] theirs = new double[EPOCHS];
        double[] ratios = new double[EPOCHS];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            rates[epoch] = ours.epoch.getAsDouble();
            theirs[epoch] = torch == null ? Double.NaN : torch.epoch.getAsDouble();
            ratios[epoch] = rates[epoch] / theirs[epoch];
        }
        ours.end.run();
        String line = String.format(
                Locale.ROOT,
                "%s  batch %d  threads %d  %.0f samples/s",
                row.name,
                row.batch,
                ours.threads,
                median(rates));
        if (torch == null) {
            return line;
        }
        torch.end.run();
        return line
                + String.format(
                        Locale.ROOT,
                        "  PyTorch %.0f (threads %d)%s  ratio %.2f",
                        median(theirs),
                        torch.threads,
                        running(row, peer, scratch),
                        median(ratios));
    }

    /** What {@code torch_mlp.py} of the peer folder says of itself, where it is about this row. */
    private static String running(Row row, Path peer, Path scratch) {
        if (peer == null || !row.kind.equals("mlp") || row.batch != 64) {
            return "";
        }
        try (TorchPeer mlp = TorchPeer.running(peer.resolve("torch_mlp.py"), 1, EPOCHS, scratch)) {
            double[] rates = new double[EPOCHS];
            Arrays.setAll(rates, i -> mlp.next());
            return String.format(Locale.ROOT, ", torch_mlp.py afterwards %.0f", median(rates));
        }
    }

    private static void evaluation(Samples test, PrintStream out) {
        Model model = Architectures.mlp("784-300-100-10", 1);
        double[] milliseconds = new double[4 * EPOCHS];
        for (int i = -milliseconds.length; i < milliseconds.length; i++) {
            long start = System.nanoTime();
            model.evaluate(test);
            milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-6;
        }
        out.printf(
                Locale.ROOT,
                "evaluation of %d images through 784-300-100-10: %.1f ms%n",
                test.size(),
                median(milliseconds));
    }

    /**
     * Five trainings: one after another on one thread each, two at a time (of which the last, when nothing else is left,
     * takes both cores), and all at once, the cores shared among them.
     */
    private static void sweep(Samples samples, PrintStream out) {
        double alone = seconds(trainings(samples, 1), 1);
        double two = seconds(trainings(samples, 0), 2);
        double all = seconds(trainings(samples, 1), 5);
        out.printf(
                Locale.ROOT,
                "five trainings of 784-300-100-10, batch 64: %.2f s one after another; two at a time %.2f s, ratio %.2f;"
                        + " all at once %.2f s, ratio %.2f%n",
                alone,
                two,
                alone / two,
                all,
                alone / all);
    }

    private static List<Callable<Double>> trainings(Samples samples, int threads) {
        int[] order = Seeds.permutation(samples.size(), Seeds.random(1, "bench"));
        List<Callable<Double>> trainings = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            Model model = Architectures.mlp("784-300-100-10", seed);
            trainings.add(() -> {
                try (FusedNet net = Fused.net(model, 64, threads, samples.shape())) {
                    double loss = 0;
                    for (int epoch = 0; epoch < EPOCHS; epoch++) {
                        loss = net.epoch(samples, order, Progress.NONE);
                    }
                    return loss;
                }
            });
        }
        return trainings;
    }

    /** An epoch of the OptiNET notebook's net and batches, in turns by Deeplearning4j's fit and by the trainer. */
    private static void beforeAndAfter(Samples samples, Samples validation, PrintStream out) {
        Model fitted = Architectures.mlp("784-300-100-10", 1);
        Model trained = fitted.copy();
        int[] order = Seeds.permutation(samples.size(), Seeds.random(1, "bench"));
        double[] before = new double[EPOCHS];
        double[] after = new double[EPOCHS];
        for (int epoch = -1; epoch < EPOCHS; epoch++) {
            long start = System.nanoTime();
            for (int from = 0; from < order.length; from += 64) {
                Samples batch = samples.rows(Arrays.copyOfRange(order, from, Math.min(order.length, from + 64)));
                fitted.network().fit(batch.x(0, batch.size()), batch.y(0, batch.size()));
            }
            before[Math.max(0, epoch)] = samples.size() / ((System.nanoTime() - start) * 1e-9);
            var options = new Trainer.Options().epochs(1).batchSize(64);
            after[Math.max(0, epoch)] = Trainer.run(trained, samples, validation, options, Progress.NONE)
                    .samplesPerSecond();
        }
        out.printf(
                Locale.ROOT,
                "784-300-100-10, batch 64: %.0f samples/s by Deeplearning4j's fit, %.0f by the trainer, ratio %.1f%n",
                median(before),
                median(after),
                median(after) / median(before));
    }

    private static double seconds(List<Callable<Double>> trainings, int atOnce) {
        var pool = Executors.newFixedThreadPool(atOnce);
        try {
            long start = System.nanoTime();
            pool.invokeAll(trainings);
            return (System.nanoTime() - start) * 1e-9;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the bench was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** A fresh folder with the peer script and MNIST's unpacked files. */
    private static Path scratch() {
        try {
            Path folder = Files.createTempDirectory("parsimony-bench");
            folder.toFile().deleteOnExit();
            try (InputStream script = TrainBench.class.getResourceAsStream("torch_peer.py")) {
                Files.copy(script, folder.resolve("torch_peer.py"));
            }
            Path mnist = Home.checkout()
                    .orElseThrow(() -> new IllegalStateException(
                            "the bench reads data/mnist of a checkout, but none is here; run it inside one"))
                    .resolve("data")
                    .resolve("mnist");
            for (String name : List.of(
                    "train-images-idx3-ubyte",
                    "train-labels-idx1-ubyte",
                    "t10k-images-idx3-ubyte",
                    "t10k-labels-idx1-ubyte")) {
                try (InputStream packed = new GZIPInputStream(Files.newInputStream(mnist.resolve(name + ".gz")))) {
                    Files.copy(packed, folder.resolve(name));
                }
            }
            try (var files = Files.list(folder)) {
                files.forEach(file -> file.toFile().deleteOnExit());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the PyTorch peer", e);
        }
    }
}
