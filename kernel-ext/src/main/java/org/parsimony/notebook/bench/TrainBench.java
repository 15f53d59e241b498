package org.parsimony.notebook.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.training.Trainer;

/**
 * Training speed on MNIST beside PyTorch: both sides take turns, each with its best number of threads. Prints the median
 * samples per second of each and the median of the ratios of one round, with its interval.
 */
public final class TrainBench {

    /** Images of one turn. */
    private static final int MLP_SAMPLES = 20_000;

    private static final int LENET_SAMPLES = 6_400;
    /** Images of the first turns, which warm up and drop settings that are out of the question. */
    private static final int TRIAL_SAMPLES = 2_560;

    private static final double HOPELESS = 3;
    /** Seconds of our training before the first round, so that the machine code is there. */
    private static final double WARM_UP = 1;
    /** Of the figures that have no peer. */
    private static final int EPOCHS = 5;

    private static final String BY_HAND = "torch_mlp.py";
    private static final int EPOCHS_BY_HAND = 3;
    private static final Pattern MEDIAN = Pattern.compile("median of .*: (\\d+) samples/s");

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
     * @param peer folder with {@code torch_mlp.py}, which is run afterwards as by hand: a peer that is slower than that is
     *     not compared with; null to leave this out
     * @param python interpreter with PyTorch; without PyTorch there is no comparison
     * @param pairs rounds in which both sides take their turns, at least 5
     * @param out where the lines go
     */
    public static void run(Path peer, String python, int pairs, PrintStream out) {
        Require.that(
                peer == null || Files.exists(peer.resolve(BY_HAND)),
                "%s has no %s; name the folder that holds the peer's script",
                peer,
                BY_HAND);
        Surroundings.head(System.getenv()).forEach(out::println);
        var mnist = Datasets.load("mnist");
        Path images = unpacked();
        for (Row row : ROWS) {
            int samples = row.kind.equals("lenet") ? LENET_SAMPLES : MLP_SAMPLES;
            measure(row, mnist.train().range(0, samples), images, peer, python, pairs, out);
        }
        Samples train = mnist.train().range(0, 12_800).flattened();
        evaluation(mnist.test().flattened(), out);
        sweep(train, out);
        beforeAndAfter(train, mnist.validation().flattened(), out);
    }

    /** One side of the comparison with one of its settings. */
    private record Contender(int threads, String settings, DoubleSupplier rate, Runnable end) {

        static Contender ours(Row row, Samples samples, int threads) {
            FusedNet net = Fused.net(
                    row.model(1), new Fused.Options().batchSize(row.batch).threads(threads), samples.shape());
            SplittableRandom random = Seeds.random(1, "bench");
            return new Contender(
                    threads,
                    threads + (threads == 1 ? " thread" : " threads"),
                    () -> {
                        int[] order = Seeds.permutation(samples.size(), random);
                        long start = System.nanoTime();
                        net.epoch(samples, order, Progress.NONE);
                        return samples.size() / ((System.nanoTime() - start) * 1e-9);
                    },
                    net::close);
        }

        /** PyTorch's own threads, and on one of them its BLAS held to one or left to its own number. */
        static List<Contender> torch(Row row, int samples, Path images, String python) {
            List<Peer> peers = new ArrayList<>();
            peers.add(torch(
                    row, samples, images, python, 1, Map.of("OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1")));
            peers.add(torch(row, samples, images, python, 1, Map.of()));
            peers.add(torch(row, samples, images, python, 2, Map.of()));
            List<Double> trials =
                    peers.stream().map(peer -> peer.measure(TRIAL_SAMPLES)).toList();
            double best = trials.stream().max(Double::compare).orElseThrow();
            List<Contender> contenders = new ArrayList<>();
            for (int i = 0; i < peers.size(); i++) {
                Peer peer = peers.get(i);
                if (trials.get(i) * HOPELESS < best) {
                    peer.close();
                } else {
                    peer.measure(samples);
                    contenders.add(
                            new Contender(i < 2 ? 1 : 2, peer.settings(), () -> peer.measure(samples), peer::close));
                }
            }
            return contenders;
        }

        private static Peer torch(
                Row row, int samples, Path images, String python, int threads, Map<String, String> environment) {
            String script = "torch_train.py";
            return Peer.start(python, script, environment, row.kind, row.batch, threads, samples, images + "/");
        }

        private void warmUp() {
            long start = System.nanoTime();
            do {
                rate.getAsDouble();
            } while ((System.nanoTime() - start) * 1e-9 < WARM_UP);
        }
    }

    private static void measure(
            Row row, Samples images, Path files, Path peer, String python, int pairs, PrintStream out) {
        Samples samples = row.kind.equals("lenet") ? images : images.flattened();
        List<Contender> contenders =
                new ArrayList<>(List.of(Contender.ours(row, samples, 1), Contender.ours(row, samples, 2)));
        contenders.forEach(Contender::warmUp);
        String missing = "";
        try {
            contenders.addAll(Contender.torch(row, samples.size(), files, python));
        } catch (IllegalStateException e) {
            missing = "   " + e.getMessage();
        }
        double[][] rates =
                Rounds.of(pairs, contenders.stream().map(Contender::rate).toList());
        contenders.forEach(contender -> contender.end.run());
        int ours = Rounds.fastest(rates, 0, 2);
        out.printf(
                Locale.ROOT,
                "%s, batch %d: %,.0f samples/s (%s)",
                row.name,
                row.batch,
                Spread.of(rates[ours]).median(),
                contenders.get(ours).settings);
        if (contenders.size() == 2) {
            out.println(missing);
            return;
        }
        int theirs = Rounds.fastest(rates, 2, rates.length);
        double median = Spread.of(rates[theirs]).median();
        out.printf(
                Locale.ROOT,
                "   PyTorch %,.0f   ratio %s%n    %s%n",
                median,
                Spread.ofRatios(rates[ours], rates[theirs]),
                contenders.get(theirs).settings);
        for (int i = 2; i < rates.length; i++) {
            if (i != theirs) {
                out.printf(
                        Locale.ROOT, "    %,.0f with %s%n", Spread.of(rates[i]).median(), contenders.get(i).settings);
            }
        }
        if (peer != null && row.kind.equals("mlp")) {
            double hand = byHand(peer.resolve(BY_HAND), python, contenders.get(theirs).threads, row.batch, files);
            out.printf(Locale.ROOT, "    %s by hand afterwards: %,.0f%n", BY_HAND, hand);
            if (hand > 1.1 * median) {
                out.printf(
                        Locale.ROOT,
                        "    which is faster: the ratio that counts is %.2f%n",
                        Spread.of(rates[ours]).median() / hand);
            }
        }
    }

    /** Samples per second that the peer's own script prints. */
    private static double byHand(Path script, String python, int threads, int batch, Path images) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            python, script.toString(), "" + threads, "" + EPOCHS_BY_HAND, images + "/", "" + batch)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            Surroundings.free(builder.environment());
            Process process = builder.start();
            Matcher rate = MEDIAN.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            Require.that(process.waitFor() == 0 && rate.find(), "%s printed no median; try it by hand", script);
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + python + " " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the bench was interrupted", e);
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
                Spread.of(milliseconds).median());
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
                try (FusedNet net = Fused.net(model, new Fused.Options().threads(threads), samples.shape())) {
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
                "784-300-100-10, batch 64: %.0f samples/s by Deeplearning4j's fit, %.0f by the trainer, ratio %s%n",
                Spread.of(before).median(),
                Spread.of(after).median(),
                Spread.ofRatios(after, before));
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

    /** A fresh folder with MNIST's unpacked files. */
    private static Path unpacked() {
        try {
            Path folder = Files.createTempDirectory("parsimony-bench");
            folder.toFile().deleteOnExit();
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
                Path file = folder.resolve(name);
                try (InputStream packed = new GZIPInputStream(Files.newInputStream(mnist.resolve(name + ".gz")))) {
                    Files.copy(packed, file);
                }
                file.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack MNIST for the PyTorch peer", e);
        }
    }
}
