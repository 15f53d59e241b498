package org.parsimony.experiment.running;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.StepTrace;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Context;
import org.parsimony.method.Measurement;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.shrink.Shrink;
import org.parsimony.steps.Train;

class Runner_LawsTest {

    @TempDir
    Path folder;

    private static final Recipe RECIPE = Recipe.of(
                    "digits",
                    "64-20-10",
                    Step.of("train", Map.of("epochs", 2)),
                    Step.of("shrink", Map.of("share", 0.5)),
                    Step.of("train", Map.of("epochs", 1)))
            .withSamples(400)
            .withSeed(5);

    /** The chain of sHAM, each step of which a kill may follow. */
    private static final Recipe CHAIN = Recipe.of(
                    "digits",
                    "64-20-10",
                    Step.of("train", Map.of("epochs", 2)),
                    Step.of("magnitude", Map.of("ratio", List.of(0.8), "epochs", 1)),
                    Step.of("quantise", Map.of("k", List.of(8))),
                    Step.of("code"))
            .withSamples(400)
            .withSeed(5);

    private Runner runner(String name, int threads) {
        return new Runner(new Prefixes(folder.resolve(name)), new Materials(), threads);
    }

    private static float[] weights(Model model) {
        return model.network().params().dup('c').data().asFloat();
    }

    @Test
    void aRecipeIsWhatItsStepsAreByHand() {
        Dataset whole = Datasets.load("digits");
        Dataset data =
                whole.limited(400, whole.validation().size(), whole.test().size(), 5);
        Model model = Architectures.resolve("64-20-10", data, 5);
        Context context = new Context(5);
        var first = Train.run(model, data, new Train.Options().epochs(2), context);
        var second = Shrink.run(first.model(), data, new Shrink.Options(0.5), context.at(1));
        var third = Train.run(second.model(), data, new Train.Options().epochs(1), context.at(2));

        List<Outcome> seen = new ArrayList<>();
        Run run = runner("a", 2).run(RECIPE, Progress.NONE, seen::add);
        assertEquals(3, seen.size());
        assertArrayEquals(weights(third.model()), weights(seen.get(2).model()));
        assertArrayEquals(weights(third.model()), weights(runner("a", 1).network(RECIPE, Progress.NONE)));
        Measurement row = run.measurement();
        assertEquals(first.model().evaluate(data.test()).accuracy(), row.accuracyBefore());
        assertEquals(second.model().evaluate(data.test()).accuracy(), row.accuracyAfter());
        assertEquals(third.model().evaluate(data.test()).accuracy(), row.accuracyTuned());
        assertEquals(third.measurement().nonzeros(), row.nonzeros());
        assertEquals(3, row.epochs());
        assertTrue(row.bytesDisk().get(Measurement.FILE) < row.bytesDisk().get(Measurement.RAW));
        assertEquals(
                third.model().network().getLayer(0).getParam("W").length() - second.masked(),
                nonzeros(third.model()
                        .network()
                        .getLayer(0)
                        .getParam("W")
                        .dup()
                        .data()
                        .asFloat()),
                "the mask holds through training");
    }

    private static long nonzeros(float[] values) {
        long count = 0;
        for (float value : values) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }

    @Test
    void whatWasReachedIsNotReachedAgain() {
        Run first = runner("a", 1).run(RECIPE.prefix(2), Progress.NONE);
        List<Outcome> seen = new ArrayList<>();
        Run whole = runner("a", 1).run(RECIPE, Progress.NONE, seen::add);
        assertEquals(1, seen.size(), "of three steps the last alone is carried out");
        assertEquals(first.steps().get(0).seconds(), whole.steps().get(0).seconds(), "seconds are those of all steps");
        assertEquals(
                whole.steps().stream().mapToDouble(StepTrace::seconds).sum(),
                whole.measurement().seconds(),
                1e-9);
        List<Outcome> none = new ArrayList<>();
        runner("a", 1).run(RECIPE.withTier(Tier.PAPER), Progress.NONE, none::add);
        assertTrue(none.isEmpty(), "a tier is a name, not work");
    }

    @Test
    void aStateThatWasNotFinishedCountsForNothing() throws Exception {
        Run whole = runner("a", 1).run(RECIPE, Progress.NONE);
        String last = new Prefixes(folder.resolve("a")).name(RECIPE);
        Files.delete(folder.resolve("a").resolve(last + ".json"));
        String second = new Prefixes(folder.resolve("a")).name(RECIPE.prefix(2));
        Files.writeString(folder.resolve("a").resolve(second + ".zip"), "half a file");
        List<Outcome> seen = new ArrayList<>();
        Run again = runner("a", 1).run(RECIPE, Progress.NONE, seen::add);
        assertEquals(2, seen.size());
        assertEquals(timeless(whole.measurement()), timeless(again.measurement()));
    }

    private static Map<String, Object> timeless(Measurement row) {
        Map<String, Object> columns = row.columns();
        columns.keySet().removeIf(name -> name.startsWith("latency") || name.equals("seconds"));
        return columns;
    }

    @Test
    void oneThreadAndTwoGiveTheSameRows() {
        List<Recipe> recipes = Stream.of(0.2, 0.4, 0.6, 0.8)
                .map(share -> Fixtures.with(RECIPE.prefix(2), "share", share))
                .toList();
        try (RunStore one = RunStore.open(folder.resolve("one.db"));
                RunStore two = RunStore.open(folder.resolve("two.db"))) {
            var alone = new Sweep(one, runner("one", 1)::run, 1).run(recipes, Progress.NONE);
            var beside = new Sweep(two, runner("two", 1)::run, 2).run(recipes, Progress.NONE);
            assertEquals(4, beside.runs().size());
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        timeless(alone.runs().get(i).measurement()),
                        timeless(beside.runs().get(i).measurement()));
                assertTrue(beside.runs().get(i).measurement().latencyMedian() > 0);
            }
        }
    }

    @Test
    void aBadOptionIsToldBeforeAnyWork() {
        for (Recipe bad : List.of(
                Fixtures.with(RECIPE.prefix(2), "share", 2),
                Fixtures.with(RECIPE, "epocs", 2),
                Recipe.of(RECIPE.dataset(), RECIPE.network(), new Step("quantum", new java.util.TreeMap<>())))) {
            Exception said = assertThrows(
                    IllegalArgumentException.class, () -> runner("a", 1).run(bad, Progress.NONE));
            assertTrue(said.getMessage().startsWith("step "), said.getMessage());
            assertFalse(Files.exists(folder.resolve("a")));
        }
    }

    /** Runs the recipe, and is killed as soon as it says that its step {@code arguments[1]} has ended. */
    static final class Victim {
        public static void main(String[] arguments) {
            Runner runner = new Runner(new Prefixes(Path.of(arguments[0])), new Materials(), 1);
            Run run = runner.run(CHAIN, Progress.NONE, outcome -> {
                System.out.println("carried out");
                System.out.flush();
            });
            System.out.println("accuracy " + run.measurement().accuracyTuned());
        }
    }

    @Test
    void aKillAfterEachStepLosesAtMostThatStep() throws Exception {
        int carriedOut = 0;
        String last = "";
        for (int kill = 1; kill <= 4; kill++) {
            Process victim = victim();
            try (var said = victim.inputReader()) {
                last = said.readLine();
                assertEquals("carried out", last);
                carriedOut++;
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (kept() < kill && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                victim.destroyForcibly();
                victim.waitFor();
            }
        }
        Process survivor = victim();
        try (var said = survivor.inputReader()) {
            last = said.readLine();
            assertEquals(0, survivor.waitFor());
        }
        assertEquals(4, carriedOut, "each step once");
        assertEquals(
                "accuracy "
                        + runner("elsewhere", 1)
                                .run(CHAIN, Progress.NONE)
                                .measurement()
                                .accuracyTuned(),
                last);
    }

    private long kept() throws Exception {
        Path states = folder.resolve("kills");
        if (!Files.exists(states)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(states)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private Process victim() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.resolve("kills").toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
