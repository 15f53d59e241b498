package org.parsimony.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.VoidFunction;
import org.parsimony.base.Build;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.network.machine.Machine;
import org.parsimony.spark.Message.About;

/** Carries out a group of recipes on a worker and hands each run in as soon as it is finished. */
final class Task implements VoidFunction<List<String>> {

    private static final long serialVersionUID = 1;

    /** The environment variable that names a worker's folder of networks on the way. */
    static final String FOLDER = "PARSIMONY_NETWORKS";

    /** What the output of a worker says of each run, before its id. */
    static final String CARRIED_OUT = "carried out ";

    /** Spark's name for the executor of local[n], whose output is the user's. */
    private static final String DRIVER = "driver";

    /** Of one process: tasks of the same terms share data, networks on the way, and the quiet that a latency needs. */
    private static final Map<String, Runner> RUNNERS = new ConcurrentHashMap<>();

    private final String terms;

    Task(Terms terms) {
        this.terms = terms.json();
    }

    @Override
    public void call(List<String> recipes) throws Exception {
        TaskContext task = TaskContext.get();
        Progress progress = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // the driver counts
            }

            @Override
            public void checkCancelled() {
                Progress.super.checkCancelled();
                task.killTaskIfInterrupted();
            }
        };
        for (String json : recipes) {
            progress.checkCancelled();
            one(Recipe.fromJson(json), progress);
        }
    }

    private void one(Recipe recipe, Progress progress) throws Exception {
        if (!Mailbox.ask(new Message(About.WANTED, recipe.id(), "", 0))) {
            return;
        }
        long from = System.nanoTime();
        Run run;
        try {
            run = RUNNERS.computeIfAbsent(terms, t -> runner(Terms.of(t))).run(recipe, progress);
        } catch (CancellationException | TaskKilledException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError | StackOverflowError e) {
            String why = e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
            Mailbox.ask(new Message(About.FAILED, recipe.id(), why, seconds(from)));
            return;
        }
        if (!SparkEnv.get().executorId().equals(DRIVER)) {
            System.out.println(CARRIED_OUT + run.id()); // Spark keeps a worker's output beside its application
        }
        Mailbox.ask(new Message(About.FINISHED, recipe.id(), run.json(), seconds(from)));
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static Runner runner(Terms terms) {
        Machine machine = Machine.here();
        String products = machine.blas() + " " + machine.kernel();
        Require.that(
                terms.products().isEmpty() || terms.products().equals(products),
                "%s multiplies with %s, but the driver with %s, which may give other bits; --kernel-here allows it",
                Mailbox.here(),
                products,
                terms.products());
        Require.that(
                terms.commit().equals(Build.here().commit()),
                "%s has the library of commit %s, but the driver that of %s; give both the same",
                Mailbox.here(),
                Build.here().commit(),
                terms.commit());
        Materials materials = new Materials();
        for (var wanted : terms.data().entrySet()) {
            materials = materials.with(data(wanted.getKey(), wanted.getValue(), terms));
        }
        for (var network : terms.origins().entrySet()) {
            if (!terms.data().containsKey(network.getKey())) {
                materials = materials.withNetwork(located(network.getValue()));
            }
        }
        return new Runner(new Prefixes(folder()), materials, 1);
    }

    /** The data set of this worker, which must be the driver's to the last byte. */
    private static Dataset data(String name, String digest, Terms terms) {
        String origin = terms.origins().get(name);
        Dataset data = origin == null
                ? Datasets.load(name)
                : Datasets.load(located(origin)).renamed(name);
        String here = data.lineage().digest();
        Require.that(
                here.equals(digest),
                "%s has other files of the data set %s: their SHA-256 is %s, but must be %s",
                Mailbox.here(),
                name,
                here,
                digest);
        return data;
    }

    /** Where a file of the driver's lies here: as Spark has brought it, or else at the driver's path. */
    private static String located(String origin) {
        String file = SparkCarrier.file(origin);
        Path brought = Path.of(SparkFiles.get(Path.of(file).getFileName().toString()));
        return Files.exists(brought) ? brought + origin.substring(file.length()) : origin;
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv(FOLDER))
                .map(Path::of)
                .orElse(Path.of(
                        System.getProperty("java.io.tmpdir"), "parsimony-networks-" + System.getProperty("user.name")));
    }
}
