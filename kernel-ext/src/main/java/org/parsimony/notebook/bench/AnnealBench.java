package org.parsimony.notebook.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.parsimony.annealing.MoveRate;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;

/**
 * How many masks a second the search evaluates: beside PyTorch on the same machine in turns, and against the number of edges
 * and of images.
 */
public final class AnnealBench {

    private static final String PEER = "torch_anneal.py";
    private static final int[] PUBLISHED = {784, 32, 16, 10};
    private static final String[] OURS = {
        "every proposal to its end and kept, 1 thread",
        "a whole search on MNIST, 1 thread",
        "a whole search on MNIST, 2 threads"
    };

    private AnnealBench() {}

    /** What the peer says in one run: its settings, and its proposals a second with the full and the cached network. */
    private record Answer(String settings, double full, double cached) {}

    /**
     * Runs the bench and prints it; takes a few minutes.
     *
     * @param peer folder of {@code torch_anneal.py}, or null to leave the peer out
     * @param python interpreter with PyTorch
     * @param pairs rounds in which both sides take their turns, at least 5
     * @param out where to print
     */
    public static void run(Path peer, String python, int pairs, PrintStream out) {
        Require.that(
                peer == null || Files.exists(peer.resolve(PEER)),
                "%s has no %s; name the folder that holds the peer's script",
                peer,
                PEER);
        Surroundings.head(System.getenv()).forEach(out::println);
        rates(peer == null ? null : peer.resolve(PEER), python, pairs, out);
        out.println(
                "Time of one proposal against the edges of the searched layer, 2,000 images, n-n-n-10, 90 % removed");
        for (int n : new int[] {10, 32, 100, 316, 1000}) {
            Model wide = Architectures.normalised(new int[] {n, n, n, 10}, 1);
            double rate = new MoveRate(wide, MoveRate.noise(2000, n), 0.9).median();
            out.printf(Locale.ROOT, "  %,10d edges  %8.1f µs%n", n * n, 1e6 / rate);
        }
        out.println("Time of one proposal against the images, 64-32-16-10, 512 edges, 90 % removed");
        for (int images : new int[] {1000, 10_000, 100_000}) {
            Model small = Architectures.normalised(new int[] {64, 32, 16, 10}, 1);
            double rate = new MoveRate(small, MoveRate.noise(images, 64), 0.9).median();
            out.printf(Locale.ROOT, "  %,10d images %8.1f µs%n", images, 1e6 / rate);
        }
    }

    private static void rates(Path script, String python, int pairs, PrintStream out) {
        Model fresh = Architectures.normalised(PUBLISHED, 1);
        MoveRate walk = new MoveRate(fresh, MoveRate.noise(10_000, PUBLISHED[0]), 0.9);
        Dataset mnist = Datasets.load("mnist").flattened();
        Model trained = Architectures.normalised(PUBLISHED, 1);
        var training = new Trainer.Options().epochs(3).batchSize(125);
        Trainer.run(trained, mnist.train(), mnist.validation(), training, Progress.NONE);
        Samples images = mnist.train().draw(10_000, 1);
        walk.of(3000);
        MoveRate.ofSearch(trained, images, 1);
        List<List<Answer>> answers = List.of(new ArrayList<>(), new ArrayList<>());
        double[][] ours = Rounds.of(
                pairs,
                List.of(
                        () -> {
                            // the peer's turn; it has one thread and two to show
                            for (int threads = 1; script != null && threads <= 2; threads++) {
                                answers.get(threads - 1).add(ask(script, python, threads));
                            }
                            return Double.NaN;
                        },
                        () -> walk.of(2000),
                        () -> MoveRate.ofSearch(trained, images, 1),
                        () -> MoveRate.ofSearch(trained, images, 2)));
        out.println(
                "Proposals a second, 784-32-16-10 with batch norm and ReLU everywhere, the 16 x 32 layer, 90 % removed,");
        out.println("10,000 images, statistics of the batch; medians of " + pairs
                + " rounds in turns, ratios with their interval");
        double[] full = null;
        double[] cached = null;
        if (script != null) {
            double[][] rates = new double[4][];
            for (int t = 0; t < 2; t++) {
                rates[t] = answers.get(t).stream().mapToDouble(Answer::full).toArray();
                rates[2 + t] =
                        answers.get(t).stream().mapToDouble(Answer::cached).toArray();
            }
            int bestFull = Rounds.fastest(rates, 0, 2);
            int bestCached = Rounds.fastest(rates, 2, 4);
            full = rates[bestFull];
            cached = rates[bestCached];
            peer(out, "PyTorch, full forward pass", rates, 0, answers, bestFull);
            peer(out, "PyTorch, first layer cached", rates, 2, answers, bestCached);
        }
        for (int k = 0; k < OURS.length; k++) {
            double[] rates = ours[k + 1];
            String line = String.format(
                    Locale.ROOT, "  %-46s %,9.0f", OURS[k], Spread.of(rates).median());
            if (script != null) {
                line += "   " + Spread.ofRatios(rates, full) + " × full, " + Spread.ofRatios(rates, cached)
                        + " × cached";
            }
            out.println(line);
        }
    }

    /** The faster setting, and what the other gives. */
    private static void peer(
            PrintStream out, String name, double[][] rates, int first, List<List<Answer>> answers, int best) {
        int other = 2 * first + 1 - best;
        out.printf(
                Locale.ROOT,
                "  %-46s %,9.0f   %s; with %d %s %,.0f%n",
                name,
                Spread.of(rates[best]).median(),
                answers.get(best - first).get(0).settings(),
                other - first + 1,
                other == first ? "thread" : "threads",
                Spread.of(rates[other]).median());
    }

    private static Answer ask(Path script, String python, int threads) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(python, script.toString(), "" + threads, "100").redirectErrorStream(true);
            Surroundings.free(builder.environment());
            Process process = builder.start();
            List<String> lines = new ArrayList<>();
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            }
            String settings = "";
            double full = Double.NaN;
            double cached = Double.NaN;
            for (String line : lines) {
                String[] words = line.trim().split("\\s+");
                switch (words[0]) {
                    case "torch" -> settings = line.trim();
                    case "full" -> full = Double.parseDouble(words[1]);
                    case "cached" -> cached = Double.parseDouble(words[1]);
                    default -> {
                        // not for us
                    }
                }
            }
            Require.that(
                    process.waitFor() == 0 && full > 0 && cached > 0,
                    "%s printed no rates; it needs python3-torch: %s",
                    script,
                    String.join(" | ", lines));
            return new Answer(settings, full, cached);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot run " + python + " for the peer " + script + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer was running", e);
        }
    }
}
