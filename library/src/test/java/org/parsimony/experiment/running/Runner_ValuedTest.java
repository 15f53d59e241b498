package org.parsimony.experiment.running;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Reproduction;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.Step;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.method.Context;
import org.parsimony.method.Measurement;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.texts.Pairs;
import org.parsimony.network.training.Trainer;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.Pruning;
import org.parsimony.report.Tables;
import org.parsimony.sham.Quantise;
import org.parsimony.steps.Encode;
import org.parsimony.steps.Train;
import tech.tablesaw.api.Table;

/** A network that tells real values of texts is trained, pruned, quantised and coded by recipes like any other. */
class Runner_ValuedTest {

    @TempDir
    Path folder;

    private static final Dataset DATA = Pairs.data();
    private static final Materials MATERIALS = new Materials().with(DATA);
    private static final Step TRAINED = Step.of("train", Map.of("epochs", 6, "batchSize", 16, "learningRate", 0.01));
    private static final Step TUNED = Step.of("train", Map.of("epochs", 2, "batchSize", 16, "learningRate", 0.01));
    private static final Recipe CHAIN = Recipe.of(
                    DATA.name(),
                    Pairs.NETWORK,
                    TRAINED,
                    Step.of("magnitude", Map.of("ratio", List.of(0.6))),
                    Step.of("quantise", Map.of("k", List.of(4))),
                    TUNED,
                    Step.of("code"))
            .withSeed(4);

    private Runner runner(String name, int threads) {
        return new Runner(new Prefixes(folder.resolve(name)), MATERIALS, threads);
    }

    private static float[] weights(Model model) {
        return model.net().params().dup('c').data().asFloat();
    }

    @Test
    void aRecipeIsWhatItsStepsAreByHand() {
        Train.Options train = new Train.Options().epochs(6).batchSize(16).optimiser(Train.Optimiser.ADAM, 0.01);
        Context context = new Context(4);
        Model start = Architectures.resolve(Pairs.NETWORK, DATA, 4);
        var dense = Train.run(start, DATA, train, context);
        var pruned =
                Pruning.run(Importance.MAGNITUDE, dense.model(), DATA, new Pruning.Options().ratio(0.6), context.at(1));
        var shared = Quantise.run(pruned.model(), DATA, new Quantise.Options().k(4), context.at(2));
        var tuned = Train.run(shared.model(), DATA, train.epochs(2), context.at(3));
        var coded = Encode.run(tuned.model(), DATA, new Encode.Options(), context.at(4));
        assertEquals("texts", dense.training().engine());
        assertTrue(
                dense.training().validation().loss()
                        < start.evaluate(DATA.validation()).loss() / 2,
                "it learns: " + dense.training().epochs());

        List<Outcome> seen = new ArrayList<>();
        Run run = runner("a", 1).run(CHAIN, Progress.NONE, seen::add);
        assertArrayEquals(weights(coded.model()), weights(seen.get(4).model()));
        Run again = runner("b", 2).run(CHAIN, Progress.NONE);
        assertEquals(List.of(), new Reproduction(run, again).differing());
        assertMeasured(tuned.model(), run.measurement());
        assertEquals(
                dense.model().evaluate(DATA.test()).loss(), run.measurement().lossBefore());
        assertEquals(
                shared.model().evaluate(DATA.test()).concordance(),
                run.measurement().concordanceAfter());

        // masks and shared values hold through the training that followed
        for (int layer : pruned.model().masks().keySet()) {
            float[] now = tuned.model()
                    .net()
                    .layer(layer)
                    .getParam("W")
                    .dup('c')
                    .data()
                    .asFloat();
            float[] mask = pruned.model().masks().get(layer).dup('c').data().asFloat();
            for (int i = 0; i < mask.length; i++) {
                assertTrue(mask[i] != 0 || now[i] == 0);
            }
            float[] sorted = now.clone();
            Arrays.sort(sorted);
            int distinct = 1;
            for (int i = 1; i < sorted.length; i++) {
                distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
            }
            assertTrue(distinct <= 5, "layer " + layer + " has " + distinct + " values");
        }
        assertFalse(Arrays.equals(weights(shared.model()), weights(tuned.model())), "shared values are trained");
    }

    /** The row's figures by their definitions, over what Deeplearning4j's own pass tells. */
    private static void assertMeasured(Model model, Measurement row) {
        Samples test = DATA.test();
        float[] told = model.predict(test, 0, test.size()).dup('c').data().asFloat();
        float[] truth = test.targets();
        double squares = 0;
        double surely = 0;
        double perhaps = 0; // told so close together that the order is one of rounding, which differs between engines
        double pairs = 0;
        for (int i = 0; i < told.length; i++) {
            squares += (told[i] - truth[i]) * (told[i] - truth[i]);
            for (int j = 0; j < told.length; j++) {
                if (truth[i] > truth[j]) {
                    pairs++;
                    boolean close = Math.abs(told[i] - told[j]) < 1e-4;
                    perhaps += close ? 1 : 0;
                    surely += !close && told[i] > told[j] ? 1 : 0;
                }
            }
        }
        assertEquals(squares / told.length, row.lossTuned(), 1e-5);
        double concordance = row.concordanceTuned();
        assertTrue(
                concordance >= surely / pairs - 1e-9 && concordance <= (surely + perhaps) / pairs + 1e-9,
                concordance + " of " + surely + " to " + (surely + perhaps) + " pairs of " + pairs);
        assertTrue(perhaps < pairs / 10, perhaps + " of " + pairs + " pairs are close");
        assertEquals(model.evaluate(DATA.validation()).loss(), row.validationError());
        assertEquals("texts", row.engine());
        assertTrue(row.macsNonzero() < row.macsDense());
        assertTrue(row.bytesDisk().get(Measurement.FILE) < row.bytesDisk().get(Measurement.RAW));
        float[] coded = CodedNetwork.encode(model, new CodedNetwork.Options()).predict(test, 0, test.size());
        assertArrayEquals(told, coded, 1e-4f);
    }

    @Test
    void theEpochOfTheLeastValidationErrorCounts() {
        Model model = Architectures.resolve(Pairs.NETWORK, DATA, 1);
        Trainer.Training training = Trainer.run(
                model,
                DATA.train(),
                DATA.validation(),
                new Trainer.Options().epochs(12).batchSize(16),
                Progress.NONE);
        double least = training.epochs().stream()
                .mapToDouble(epoch -> epoch.validation().loss())
                .min()
                .orElseThrow();
        assertEquals(least, training.validation().loss());
        assertEquals(least, model.evaluate(DATA.validation()).loss());
        Exception refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.run(
                        model,
                        DATA.train(),
                        DATA.validation(),
                        new Trainer.Options().choice(Trainer.Choice.TRAINING_GAIN),
                        Progress.NONE));
        assertTrue(refusal.getMessage().contains("real values"), refusal.getMessage());
    }

    @Test
    void whatWasReachedIsNotReachedAgainAndTheStoreKeepsTheRow() {
        Run first = runner("a", 1).run(CHAIN.prefix(2), Progress.NONE);
        List<Outcome> seen = new ArrayList<>();
        Run whole = runner("a", 1).run(CHAIN, Progress.NONE, seen::add);
        assertEquals(3, seen.size(), "of five steps the last three alone are carried out");
        assertEquals(first.steps().get(0).seconds(), whole.steps().get(0).seconds());
        assertEquals(first.measurement().lossBefore(), whole.measurement().lossBefore());
        assertEquals(
                first.measurement().concordanceBefore(), whole.measurement().concordanceBefore());
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            store.save(whole);
            Run back = store.find(whole.id()).orElseThrow();
            assertEquals(whole.json(), back.json());
            assertEquals(whole.measurement(), back.measurement());
        }
    }

    @Test
    void aControlStandsBesideItAndNothingSpeaksOfAccuracy() {
        Recipe control = Recipe.of(DATA.name(), Pairs.NETWORK, TRAINED, TUNED).withSeed(4);
        assertTrue(Protocol.isFair(CHAIN, control));
        Run arm = runner("a", 1).run(CHAIN, Progress.NONE).as(new Arm("coded"));
        List<Outcome> seen = new ArrayList<>();
        Run beside = runner("a", 1).run(control, Progress.NONE, seen::add).as(new Arm("control"));
        assertEquals(1, seen.size(), "both begin alike");
        Table compared = Tables.byArm(List.of(arm, beside), "control");
        assertEquals(
                arm.measurement().lossTuned() - beside.measurement().lossTuned(),
                compared.doubleColumn("Δ control").get(0),
                5e-5);
        assertEquals(
                arm.measurement().concordanceTuned(),
                compared.doubleColumn("concordance").get(0),
                5e-5);
        List<String> shown = new ArrayList<>(compared.columnNames());
        shown.addAll(Runs.table(List.of(arm, beside)).columnNames());
        shown.addAll(Tables.row(arm).stringColumn(0).asList());
        shown.addAll(arm.trace().columnNames());
        arm.steps().forEach(step -> shown.addAll(step.table().columnNames()));
        seen.forEach(outcome -> shown.add(outcome.verdict()));
        assertTrue(shown.contains("concordanceTuned") && shown.contains("validation mean squared error"));
        for (String each : shown) {
            assertFalse(each.toLowerCase(Locale.ROOT).contains("accuracy"), each);
        }
    }

    @Test
    void whatDoesNotFitIsSaidBeforeAnythingIsTrained() {
        assertSaid("tells 2 classes, but pairs has samples of 45 and a real value", "45-3-2", DATA);
        Samples classes = new Samples(new float[45], new int[1], 2, 45);
        Dataset other = new Dataset("others", "Others", classes, classes, classes);
        assertSaid("others has 0 texts and classes", "deepdta", other);
        assertSaid("which is 15 tokens long, but it must have at least 16", "deepdta-6-4-6-4-11-9-5", DATA);
    }

    @Test
    void aStepThatLooksAtClassesIsRefusedBeforeAnyWork() {
        List<Outcome> seen = new ArrayList<>();
        Recipe recipe = Recipe.of(DATA.name(), Pairs.NETWORK, TRAINED, Step.of("shrink"));
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> runner("a", 1).run(recipe, Progress.NONE, seen::add));
        assertTrue(
                refusal.getMessage().contains("shrink looks at classes, but pairs has real values as targets"),
                refusal.getMessage());
        assertTrue(seen.isEmpty());
    }

    private static void assertSaid(String said, String network, Dataset data) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Architectures.resolve(network, data, 1));
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
