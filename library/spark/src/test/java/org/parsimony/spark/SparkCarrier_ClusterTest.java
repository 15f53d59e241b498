package org.parsimony.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;
import org.parsimony.spark.bench.Facts;
import org.parsimony.spark.bench.LocalCluster;

/** A standalone cluster of Spark's own processes: its rows are those of threads, and a killed worker costs none. */
class SparkCarrier_ClusterTest {

    private static final SweepPlan PLAN = SweepPlan.of(
            "test",
            "dataset iris\nnetwork 4-6-3\nseeds 2\ntrain epochs=1\nmagnitude ratio=0.3|0.6|0.9\ntrain epochs=1|2\n");

    @TempDir
    Path folder;

    private Workplace place(String name) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        return new Workplace(own.resolve("runs.sqlite"), own.resolve("networks"), new Materials(), 1);
    }

    @Test
    void aKilledWorkerLosesNothingAndRowsAreThoseOfThreads() throws Exception {
        List<String> threads = Facts.of(Sweeping.run(PLAN, place("threads"), Carrier.THREADS, Progress.NONE));
        assertEquals(12, threads.size());
        Path home = Path.of(System.getProperty("parsimony.spark.home"));
        try (LocalCluster cluster = LocalCluster.start(home, folder.resolve("spark"), 2);
                Carrier carrier = Carriers.at(cluster.address(), Carriers.Kernel.OF_DRIVER)) {
            AtomicBoolean killed = new AtomicBoolean();
            Progress killing = (done, total, what) -> {
                if (what.contains("finished") && killed.compareAndSet(false, true)) {
                    try {
                        cluster.kill(0);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
            SweepOutcome outcome = Sweeping.run(PLAN, place("spark"), carrier, killing);
            assertTrue(killed.get());
            assertEquals(List.of(), outcome.failed());
            assertEquals(threads, Facts.of(outcome));
            Map<String, Integer> carriedOut = cluster.carriedOut();
            assertTrue(carriedOut.size() <= 12 && !carriedOut.isEmpty(), carriedOut.toString());

            SweepOutcome again = Sweeping.run(PLAN, place("spark"), carrier, Progress.NONE);
            assertEquals(threads, Facts.of(again));
            assertEquals(carriedOut, cluster.carriedOut(), "what is in the store is not carried out again");
        }
    }
}
