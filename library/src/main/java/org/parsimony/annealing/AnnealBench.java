package org.parsimony.annealing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;

/**
 * How many masks a second the search evaluates: beside PyTorch on the same machine in the same minute, and against the
 * number of edges and of images. All figures are medians; ratios are taken within one repetition and then the median.
 */
public final class AnnealBench {

    private static final String PEER = "torch_anneal.py";
    private static final int REPETITIONS = 5;
    private static final int[] PUBLISHED = {784, 32, 16, 10};

    private AnnealBench() {}

    /**
     * Runs the bench and prints it; takes a minute or two.
     *
     * @param peer folder of {@code torch_anneal.py}, or null to leave the peer out; needs {@code python3} with PyTorch
     * @param out where to print
     */
    public static void run(Path peer, PrintStream out) {
        Require.that(
                peer == null || Files.exists(peer.resolve(PEER)),
                "%s has no %s; name the folder that holds the peer's script",
                peer,
                PEER);
        Walk walk = new Walk(Architectures.annealing(PUBLISHED, 1), random(10_000, PUBLISHED[0]), 0.9);
        Dataset mnist = Datasets.load("mnist").flattened();
        Model trained = Architectures.annealing(PUBLISHED, 1);
        var training = new Trainer.Options().epochs(3).batchSize(125);
        Trainer.run(trained, mnist.train(), mnist.validation(), training, Progress.NONE);
        walk.rate(3000);
        search(trained, mnist, 1);
        double[][] rates = new double[REPETITIONS][];
        for (int r = 0; r < REPETITIONS; r++) {
            double[] theirs = peer == null ? new double[] {Double.NaN, Double.NaN} : peer(peer.resolve(PEER));
            rates[r] = new double[] {
                theirs[0], theirs[1], walk.rate(2000), search(trained, mnist, 1), search(trained, mnist, 2)
            };
        }
        out.println(
                "Proposals a second, 784-32-16-10 with batch norm and ReLU everywhere, the 16 x 32 layer, 90 % removed,");
        out.println("10,000 images, statistics of the batch; median of " + REPETITIONS + " repetitions");
        String[] names = {
            "PyTorch, full forward pass, 1 thread",
            "PyTorch, first layer cached, 1 thread",
            "every proposal to its end and kept, 1 thread",
            "a whole search on MNIST, 1 thread",
            "a whole search on MNIST, 2 threads"
        };
        for (int k = 0; k < names.length; k++) {
            int column = k;
            if (Double.isNaN(rates[0][k])) {
                continue;
            }
            String line = String.format(Locale.ROOT, "  %-46s %,9.0f", names[k], median(rates, r -> r[column]));
            if (k >= 2 && peer != null) {
                line += String.format(
                        Locale.ROOT,
                        "   %.0f x full, %.0f x cached",
                        median(rates, r -> r[column] / r[0]),
                        median(rates, r -> r[column] / r[1]));
            }
            out.println(line);
        }
        out.println(
                "Time of one proposal against the edges of the searched layer, 2,000 images, n-n-n-10, 90 % removed");
        for (int n : new int[] {10, 32, 100, 316, 1000}) {
            Walk wide = new Walk(Architectures.annealing(new int[] {n, n, n, 10}, 1), random(2000, n), 0.9);
            out.printf(Locale.ROOT, "  %,10d edges  %8.1f µs%n", n * n, 1e6 / wide.medianRate());
        }
        out.println("Time of one proposal against the images, 64-32-16-10, 512 edges, 90 % removed");
        for (int images : new int[] {1000, 10_000, 100_000}) {
            Walk many = new Walk(Architectures.annealing(new int[] {64, 32, 16, 10}, 1), random(images, 64), 0.9);
            out.printf(Locale.ROOT, "  %,10d images %8.1f µs%n", images, 1e6 / many.medianRate());
        }
    }

    /** Proposals a second of the article's whole search, arranging of images and measurements left out. */
    private static double search(Model model, Dataset data, int threads) {
        var options = new Annealing.Options();
        Samples images = data.train().draw(10_000, 1);
        Elements elements = Elements.of(model, Element.WEIGHT);
        boolean[] all = new boolean[elements.size()];
        Arrays.fill(all, true);
        MaskCost cost = IncrementalCost.of(model, elements, images, Statistics.BATCH);
        boolean[] start = Walk.start(elements.size(), 0.9);
        var execution = new Annealing.Execution().threads(threads);
        try (Chain chain = new Chain(cost, start, all, null, options, execution, 1, null)) {
            long begin = System.nanoTime();
            while (!chain.isDone()) {
                chain.round();
            }
            return chain.state().moves / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    /** Swaps one after the other, every one evaluated to its end and kept, as the peer does. */
    static final class Walk {
        private final MaskCost cost;
        private final Mask mask;
        private final MaskCost.Trial trial;
        private final SplittableRandom random = new SplittableRandom(1);

        Walk(Model model, Samples images, double ratio) {
            Elements elements = Elements.of(model, Element.WEIGHT);
            boolean[] all = new boolean[elements.size()];
            Arrays.fill(all, true);
            cost = IncrementalCost.of(model, elements, images, Statistics.BATCH);
            mask = new Mask(start(elements.size(), ratio), all, null);
            cost.arrange(mask.kept());
            trial = cost.trial();
        }

        static boolean[] start(int n, double ratio) {
            boolean[] kept = new boolean[n];
            SplittableRandom random = new SplittableRandom(2);
            for (int left = n - (int) (ratio * n); left > 0; ) {
                int e = random.nextInt(n);
                left -= kept[e] ? 0 : 1;
                kept[e] = true;
            }
            return kept;
        }

        double rate(int proposals) {
            long begin = System.nanoTime();
            for (int i = 0; i < proposals; i++) {
                int[] places = mask.propose(1, random);
                trial.evaluate(mask.flips(places), Double.POSITIVE_INFINITY);
                cost.commit(trial);
                mask.make(places);
            }
            return proposals / ((System.nanoTime() - begin) * 1e-9);
        }

        /** Of 21 short measurements, after one to warm up. */
        double medianRate() {
            int some = (int) Math.max(10, rate(100) * 0.02);
            double[][] rates = new double[21][1];
            for (double[] r : rates) {
                r[0] = rate(some);
            }
            return median(rates, r -> r[0]);
        }
    }

    static Samples random(int n, int inputs) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[n * inputs];
        int[] y = new int[n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(10);
        }
        return new Samples(x, y, 10, inputs);
    }

    private static double median(double[][] rows, java.util.function.ToDoubleFunction<double[]> of) {
        double[] values = Arrays.stream(rows).mapToDouble(of).sorted().toArray();
        return values[values.length / 2];
    }

    /** The peer's proposals a second, full and cached. */
    private static double[] peer(Path script) {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", script.toString(), "1", "100")
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = new ArrayList<>();
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            }
            double[] rates = {Double.NaN, Double.NaN};
            for (String line : lines) {
                String[] words = line.trim().split("\\s+");
                if (words[0].equals("full") || words[0].equals("cached")) {
                    rates[words[0].equals("full") ? 0 : 1] = Double.parseDouble(words[1]);
                }
            }
            Require.that(
                    process.waitFor() == 0 && rates[0] > 0 && rates[1] > 0,
                    "%s printed no rates; it needs python3-torch: %s",
                    script,
                    String.join(" | ", lines));
            return rates;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run python3 for the peer " + script + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer was running", e);
        }
    }
}
