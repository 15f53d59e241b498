package org.parsimony.spark.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.launcher.JavaModuleOptions;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;

/**
 * {@code ./parsimony bench spark}: one sweep of 64 recipes on threads, on one worker, on two, on two of which one is killed, and by a
 * driver that is killed and started again. Prints seconds, and counts runs that are lost, done twice, or differ.
 */
public final class SparkBench {

    static final String PLAN =
            """
            dataset digits samples=600
            network 64-16-10
            seeds 2
            train epochs=2
            magnitude ratio=0.3|0.4|0.5|0.6|0.7|0.8|0.9|0.95
            train epochs=EPOCHS learningRate=1e-4|3e-4|1e-3|3e-3
            code
            """;

    /** Recipes of another network, by which workers load what they need before the clock runs. */
    private static final String WARM =
            "dataset digits samples=600\nnetwork 64-12-10\nseeds 16\ntrain epochs=1\nmagnitude ratio=0.5\ncode\n";

    private static final int ALL = 64;

    private final Path home;
    private final Path folder;
    private final SweepPlan plan;
    private final PrintStream out;

    private SparkBench(Path home, Path folder, SweepPlan plan, PrintStream out) {
        this.home = home;
        this.folder = folder;
        this.plan = plan;
        this.out = out;
    }

    /**
     * Runs the bench.
     *
     * @param arguments Spark's home, whose folder {@code jars} has its jars; then rounds of the timing (3) and epochs of a recipe (1)
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        String epochs = arguments.length > 2 ? arguments[2] : "1";
        Path folder = Files.createTempDirectory("parsimony-spark-bench");
        SweepPlan plan = SweepPlan.of("bench", PLAN.replace("EPOCHS", epochs));
        SparkBench bench = new SparkBench(Path.of(arguments[0]), folder, plan, System.out);
        boolean good = bench.all(rounds);
        System.out.println(good ? "all as it must be" : "NOT as it must be; files are in " + folder);
        System.exit(good ? 0 : 1);
    }

    private boolean all(int rounds) throws Exception {
        Workplace threads = place("threads");
        long from = System.nanoTime();
        List<String> rows = Facts.of(Sweeping.run(plan, threads, Carrier.THREADS, Progress.NONE));
        out.printf(
                Locale.ROOT,
                "%d runs on %d threads of the driver: %.1f s%n",
                rows.size(),
                threads.threads(),
                since(from));
        boolean good = rows.size() == ALL;
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double one = timed("one-" + round, 1, rows);
            double two = timed("two-" + round, 2, rows);
            good &= one > 0 && two > 0;
            ratios.add(one / two);
            out.printf(
                    Locale.ROOT,
                    "round %d: one worker %.1f s, two workers %.1f s, %.2f times%n",
                    round,
                    one,
                    two,
                    one / two);
        }
        double[] sorted = ratios.stream().mapToDouble(r -> r).sorted().toArray();
        if (sorted.length > 0) {
            out.printf(Locale.ROOT, "median of %d rounds: %.2f times%n", sorted.length, sorted[sorted.length / 2]);
        }
        return killedWorker(rows) & killedDriver(rows) & good;
    }

    private Workplace place(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        return new Workplace(own.resolve("runs.sqlite"), own.resolve("networks"), new Materials(), 2);
    }

    /** Seconds of the sweep, workers warm; negative if rows differ. */
    private double timed(String name, int workers, List<String> rows) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(home, folder.resolve(name + "-spark"), workers);
                Carrier carrier = Carriers.at(cluster.address(), Carriers.Kernel.OF_DRIVER)) {
            Sweeping.run(SweepPlan.of("warm", WARM), place(name + "-warm"), carrier, Progress.NONE);
            long from = System.nanoTime();
            SweepOutcome outcome = Sweeping.run(plan, place(name), carrier, Progress.NONE);
            double seconds = since(from);
            return Facts.of(outcome).equals(rows) ? seconds : -1;
        }
    }

    /** A worker is killed when half of the runs are in, and not replaced. */
    private boolean killedWorker(List<String> rows) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(home, folder.resolve("worker-spark"), 2);
                Carrier carrier = Carriers.at(cluster.address(), Carriers.Kernel.OF_DRIVER)) {
            AtomicInteger done = new AtomicInteger();
            Progress killing = (now, total, what) -> {
                if (what.contains("finished") && done.incrementAndGet() == ALL / 2) {
                    kill(cluster);
                }
            };
            SweepOutcome outcome = Sweeping.run(plan, place("worker"), carrier, killing);
            return told(
                    "a worker killed with -9 after half of the runs", rows, Facts.of(outcome), cluster.carriedOut(), 0);
        }
    }

    private static void kill(LocalCluster cluster) {
        try {
            cluster.kill(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The driver is killed when half of the runs are in its store, and started again. */
    private boolean killedDriver(List<String> rows) throws Exception {
        try (LocalCluster cluster = LocalCluster.start(home, folder.resolve("driver-spark"), 2)) {
            Workplace place = place("driver");
            Path file = Files.writeString(folder.resolve("bench.sweep"), plan.text());
            Process first = driver(file, place.store(), cluster.address());
            while (first.isAlive() && stored(place.store()) < ALL / 2) {
                Thread.sleep(100);
            }
            first.destroyForcibly().waitFor();
            int before = stored(place.store());
            out.printf("the driver killed with -9 with %d runs in its store%n", before);
            int status = driver(file, place.store(), cluster.address()).waitFor();
            SweepOutcome outcome = Sweeping.look(plan, place);
            boolean good =
                    told("the driver killed and started again", rows, Facts.of(outcome), cluster.carriedOut(), 2);
            return good && status == 0 && before < ALL;
        }
    }

    private Process driver(Path plan, Path store, String address) throws IOException {
        List<String> line = new ArrayList<>(List.of(LocalCluster.java()));
        line.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName(),
                plan.toString(),
                store.toString(),
                address));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("driver.log").toFile()))
                .start();
    }

    private static int stored(Path store) {
        if (!Files.exists(store)) {
            return 0;
        }
        try (RunStore open = RunStore.open(store)) {
            return open.all().size();
        }
    }

    /**
     * Prints what became of the runs. A run that was under way when its process was killed may have been begun twice, and one may
     * have been finished whose answer the killed driver no longer took: at most one a worker.
     */
    private boolean told(
            String what, List<String> rows, List<String> now, Map<String, Integer> carriedOut, int onTheWay) {
        long lost = rows.stream().filter(row -> !now.contains(row)).count();
        long twice = carriedOut.values().stream().filter(times -> times > 1).count();
        out.printf(
                "%s: %d of %d rows equal those of threads, %d lost or different, %d carried out twice%n",
                what, rows.size() - lost, rows.size(), lost, twice);
        return lost == 0 && now.size() == rows.size() && twice <= onTheWay;
    }

    private static double since(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
