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
        MoveRate walk = new MoveRate(Architectures.normalised(PUBLISHED, 1), MoveRate.noise(10_000, PUBLISHED[0]), 0.9);
        Dataset mnist = Datasets.load("mnist").flattened();
        Model trained = Architectures.normalised(PUBLISHED, 1);
        var training = new Trainer.Options().epochs(3).batchSize(125);
        Trainer.run(trained, mnist.train(), mnist.validation(), training, Progress.NONE);
        Samples drawn = mnist.train().draw(10_000, 1);
        walk.of(3000);
        MoveRate.ofSearch(trained, drawn, 1);
        double[][] rates = new double[REPETITIONS][];
        for (int r = 0; r < REPETITIONS; r++) {
            double[] theirs = peer == null ? new double[] {Double.NaN, Double.NaN} : peer(peer.resolve(PEER));
            rates[r] = new double[] {
                theirs[0],
                theirs[1],
                walk.of(2000),
                MoveRate.ofSearch(trained, drawn, 1),
                MoveRate.ofSearch(trained, drawn, 2)
            };
        }
        out.println(
                "Proposals a second, 784-32-16-10 with batch norm and ReLU everywhere, the 16 x 32 layer, 90 % pruned,");
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
                "Time of one proposal against the edges of the searched layer, 2,000 images, n-n-n-10, 90 % pruned");
        for (int n : new int[] {10, 32, 100, 316, 1000}) {
            MoveRate wide =
                    new MoveRate(Architectures.normalised(new int[] {n, n, n, 10}, 1), MoveRate.noise(2000, n), 0.9);
            out.printf(Locale.ROOT, "  %,10d edges  %8.1f µs%n", n * n, 1e6 / wide.median());
        }
        out.println("Time of one proposal against the images, 64-32-16-10, 512 edges, 90 % pruned");
        for (int images : new int[] {1000, 10_000, 100_000}) {
            MoveRate many = new MoveRate(
                    Architectures.normalised(new int[] {64, 32, 16, 10}, 1), MoveRate.noise(images, 64), 0.9);
            out.printf(Locale.ROOT, "  %,10d images %8.1f µs%n", images, 1e6 / many.median());
        }
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
