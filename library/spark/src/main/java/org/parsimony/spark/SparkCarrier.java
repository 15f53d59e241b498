package org.parsimony.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.parsimony.base.Build;
import org.parsimony.base.Progress;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Sweep;
import org.parsimony.experiment.running.Sweep.State;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.network.machine.Machine;

/**
 * Carries recipes out on Spark. Each finished run comes to the driver by itself and is stored before its worker goes on, so a
 * worker or a driver that is killed loses what it was computing and nothing else; a task that is given to another worker asks
 * of each recipe first whether it is still wanted.
 */
final class SparkCarrier implements Carrier {

    private static final long LOOK_EVERY_MILLISECONDS = 100;

    /** Groups for each core: few enough that networks on the way are found again, enough that no core waits long. */
    private static final int GROUPS_A_CORE = 4;

    private static final int FEWEST_CORES = 4;

    private final String name = UUID.randomUUID().toString();
    private final JavaSparkContext spark;
    private final Carriers.Kernel kernel;
    private volatile Round round;

    SparkCarrier(String address, Carriers.Kernel kernel) {
        this.kernel = kernel;
        Mailbox.open(name, message -> {
            Round now = round;
            return now != null && now.answer(message);
        });
        this.spark = new JavaSparkContext(Settings.of(address, name, kernel));
    }

    /** What one call of {@link #run} waits for. */
    private static final class Round {
        private final RunStore store;
        private final Map<String, Recipe> open = new ConcurrentHashMap<>();
        private final BlockingQueue<Sweep.Result> results = new LinkedBlockingQueue<>();

        Round(RunStore store, List<Recipe> recipes) {
            this.store = store;
            recipes.forEach(recipe -> open.put(recipe.id(), recipe));
        }

        /** On Spark's threads: two workers may have the same recipe, of which the first counts. */
        boolean answer(Message message) {
            Recipe recipe = open.get(message.id());
            if (recipe == null || message.about() == Message.About.WANTED) {
                return recipe != null;
            }
            Sweep.Result result = message.about() == Message.About.FAILED
                    ? new Sweep.Result(
                            recipe, State.FAILED, null, new IllegalStateException(message.text()), message.seconds())
                    : new Sweep.Result(
                            recipe, State.FINISHED, store.save(Run.fromJson(message.text())), null, message.seconds());
            if (open.remove(message.id()) != null) {
                results.add(result);
            }
            return true;
        }
    }

    @Override
    public Sweep.Report run(
            Workplace place, RunStore store, List<Recipe> recipes, Progress progress, Consumer<Sweep.Result> each) {
        Map<Recipe, Sweep.Result> results = new LinkedHashMap<>();
        recipes.forEach(recipe -> results.put(recipe, null));
        List<Recipe> lacking = new ArrayList<>();
        int done = 0;
        progress.report(0, results.size(), "0 of " + results.size() + " runs");
        for (Recipe recipe : List.copyOf(results.keySet())) {
            Run run = store.find(recipe.id()).orElse(null);
            if (run == null) {
                lacking.add(recipe);
            } else {
                done++;
                tell(new Sweep.Result(recipe, State.FOUND, run, null, 0), done, results, progress, each);
            }
        }
        if (!lacking.isEmpty()) {
            onSpark(place, store, lacking, done, results, progress, each);
        }
        return new Sweep.Report(List.copyOf(results.values()));
    }

    private void onSpark(
            Workplace place,
            RunStore store,
            List<Recipe> lacking,
            int found,
            Map<Recipe, Sweep.Result> results,
            Progress progress,
            Consumer<Sweep.Result> each) {
        Round waiting = new Round(store, lacking);
        round = waiting;
        int cores = Math.max(FEWEST_CORES, spark.defaultParallelism());
        int most = Math.max(1, lacking.size() / (GROUPS_A_CORE * cores));
        List<List<String>> groups = Groups.of(lacking, most).stream()
                .map(group -> (List<String>)
                        new ArrayList<>(group.stream().map(Recipe::json).toList()))
                .toList();
        Future<Void> job = spark.parallelize(groups, groups.size()).foreachAsync(new Task(terms(place, lacking)));
        try {
            for (int done = found + 1; done <= results.size(); done++) {
                tell(next(waiting, job, progress), done, results, progress, each);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            round = null;
            job.cancel(true);
        }
    }

    /** The next result; when the job has ended without one, what is left has failed. */
    private static Sweep.Result next(Round waiting, Future<Void> job, Progress progress) throws InterruptedException {
        while (true) {
            progress.checkCancelled();
            boolean ended = job.isDone();
            Sweep.Result result = waiting.results.poll(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (result != null) {
                return result;
            }
            if (ended) {
                Recipe lost = waiting.open.values().iterator().next();
                waiting.open.remove(lost.id());
                return new Sweep.Result(lost, State.FAILED, null, new IllegalStateException(reason(job)), 0);
            }
        }
    }

    private static String reason(Future<Void> job) throws InterruptedException {
        try {
            job.get();
            return "Spark has ended the job without this run; try again";
        } catch (ExecutionException | CancellationException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            return "Spark gave the job up: "
                    + String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        }
    }

    private static CancellationException cancelled() {
        return new CancellationException(
                "the sweep was cancelled; finished runs are in the store, run it again to go on");
    }

    private static void tell(
            Sweep.Result result,
            int done,
            Map<Recipe, Sweep.Result> results,
            Progress progress,
            Consumer<Sweep.Result> each) {
        results.put(result.recipe(), result);
        each.accept(result);
        progress.report(
                done,
                results.size(),
                done + " of " + results.size() + " runs; " + result.recipe().chain() + ", seed "
                        + result.recipe().seed() + " " + result.state().name().toLowerCase(Locale.ROOT));
    }

    /** What the workers must hold to; files of the driver's own are sent along. */
    private Terms terms(Workplace place, List<Recipe> recipes) {
        Materials materials = place.materials();
        Map<String, String> data = new TreeMap<>();
        Map<String, String> origins = new TreeMap<>();
        for (String name : recipes.stream().map(Recipe::dataset).distinct().toList()) {
            data.put(name, materials.digest(name));
            materials.origin(name).ifPresent(origin -> origins.put(name, origin));
            if (materials.origin(name).isEmpty() && !Datasets.names().contains(name)) {
                throw new IllegalArgumentException(
                        "dataset " + name
                                + " was made in this process, which other machines cannot read; write it to files and name their path");
            }
        }
        for (String name : recipes.stream().map(Recipe::network).distinct().toList()) {
            materials.origin(name).ifPresent(origin -> origins.put(name, origin));
        }
        origins.values().forEach(origin -> spark.addFile(file(origin), true));
        Machine here = Machine.here();
        return new Terms(
                data,
                origins,
                kernel == Carriers.Kernel.OF_DRIVER ? here.blas() + " " + here.kernel() : "",
                Build.here().commit());
    }

    /** The file or folder of data of one's own: what stands before the options, {@code flowers.csv:label=species}. */
    static String file(String origin) {
        int option = origin.indexOf(':', origin.lastIndexOf('/') + 1);
        return option < 0 ? origin : origin.substring(0, option);
    }

    @Override
    public void close() {
        spark.close();
        Mailbox.close(name);
    }
}
