package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.Json;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.running.Prefixes;
import org.parsimony.experiment.running.Runner;
import org.parsimony.method.Context;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

class Protocol_TermsTest {

    private static final String ENTRY =
            """
            {"control": "control",
             "parameters": {"dataset": "digits", "network": "64-8-10", "samples": 100, "seeds": 2},
             "arms": [
               {"name": "control", "steps": [{"method": "train", "options": {"epochs": 3}}]},
               {"name": "arm", %s "steps": [%s]}]}""";

    private static Experiment experiment(String keys, String steps) {
        return Experiment.of("toys", "fair", Tier.PAPER, Json.readObject("entry", String.format(ENTRY, keys, steps)));
    }

    private static String train(String options) {
        return "{\"method\": \"train\", \"options\": {" + options + "}}";
    }

    private static String refusal(Experiment experiment) {
        return assertThrows(IllegalArgumentException.class, experiment::trials).getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'method': 'train', 'options': {'epochs': 3}}",
                "{'method': 'train', 'options': {'epochs': 1}}, {'method': 'train', 'options': {'epochs': 2}}",
                "{'method': 'train', 'options': {'epochs': 1}}, {'method': 'magnitude', 'options': {'epochs': 1, 'rounds': 2}}",
                "{'method': 'train', 'options': {'epochs': 9}}, {'method': 'scratch'}, {'method': 'train', 'options': {'epochs': 3}}",
                "{'method': 'train', 'options': {'epochs': 2}}, {'method': 'optinet', 'options': {'fineTuneEpochs': 1}}",
                "{'method': 'train', 'options': {'epochs': 2}}, {'method': 'splitting', 'options': {'rounds': 2, 'epochs': 1}}",
            })
    void equalTrainingIsEqualHoweverItIsCutIntoSteps(String steps) {
        assertEquals(4, experiment("", steps.replace('\'', '"')).trials().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "epochs": 4                             | arm arm trains 4 epochs in all, but 3 are those of control
                    "epochs": 2                             | arm arm trains 2 epochs in all, but 3 are those of control
                    "epochs": 3, "choice": "last"           | arm arm ends its trainings with last (3 epochs), but best-validation (3 epochs) is that of control
                    "epochs": 3, "patience": 1              | ends its trainings with best-validation, patience 1
                    "epochs": 3, "learningRate": 0.002      | trains by batches of 64, adam 0.002 (3 epochs), but batches of 64, adam 0.001 (3 epochs)
                    "epochs": 3, "decay": "linear"          | adam 0.001, linear over 3 epochs
                    "epochs": 3, "optimiser": "sgd"         | sgd 0.001
                    "epochs": 3, "batchSize": 32            | trains by batches of 32
                    """)
    void unequalTrainingIsRefusedBeforeAnythingRuns(String options, String message) {
        String said = refusal(experiment("", train(options)));
        assertTrue(said.contains(message) && said.startsWith("toys/fair, arm arm"), said);
        assertTrue(said.contains("mark the arm with \"exempt\""), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "samples": 50,     | arm arm sees 50 training samples of digits, but 100 training samples of digits
                    "dataset": "iris", | arm arm sees 100 training samples of iris
                    "seeds": 3,        | has no key "seeds"
                    """)
    void otherDataIsRefused(String keys, String message) {
        String said = refusal(experiment(keys, train("\"epochs\": 3")));
        assertTrue(said.contains(message), said);
    }

    /** The rate's course is an order: the same rates the other way round are another training. */
    @Test
    void theOrderOfRatesCounts() {
        Recipe down = recipe(train(2, 0.001), train(1, 0.0003));
        Recipe up = recipe(train(1, 0.0003), train(2, 0.001));
        assertEquals(
                Optional.empty(),
                Protocol.difference(down, recipe(train(1, 0.001), train(1, 0.001), train(1, 0.0003))));
        assertTrue(Protocol.difference(down, up).orElseThrow().startsWith("trains by"));
    }

    @Test
    void tiersAreNotCompared() {
        Recipe recipe = recipe(train(1, 0.001));
        assertEquals(
                Optional.of("is of the tier paper, but short is that of"),
                Protocol.difference(recipe.withTier(Tier.PAPER), recipe.withTier(Tier.SHORT)));
        assertEquals(Optional.empty(), Protocol.difference(recipe.withSeed(3), recipe.withSeed(4)));
    }

    @Test
    void theOptimisersStateIsPartOfTheTerms() {
        Recipe kept = recipe(Step.of("secret", Map.of("tells", true)));
        assertEquals(
                Optional.of("has an optimiser kept from one training to the next (1 epochs), but fresh in each training"
                        + " (1 epochs) is that of"),
                Protocol.difference(kept, recipe(Step.of("train", Map.of("epochs", 1)))));
    }

    /** Of steps that nobody knows any more only samples and tier are compared. */
    @Test
    void storedRunsAreFairAsFarAsCanBeTold() {
        Recipe one = recipe(train(1, 0.001));
        assertTrue(Protocol.isFair(one, one.withSeed(7)));
        assertFalse(Protocol.isFair(one, recipe(train(2, 0.001))));
        assertFalse(Protocol.isFair(one, recipe(train(1, 0.002))));
        Recipe gone = Fixtures.recipe("forgotten", 1);
        assertTrue(Protocol.isFair(gone, Fixtures.recipe("lost", 2)));
        assertFalse(Protocol.isFair(gone, gone.withSamples(9)));
        assertFalse(Protocol.isFair(gone, gone.withTier(Tier.PAPER)));
    }

    @Test
    void trainingsAreCountedFromTheLastFreshWeights() {
        Recipe recipe = recipe(train(5, 0.001), Step.of("scratch"), train(2, 0.001), train(1, 0.001));
        assertEquals(2, Protocol.trainings(recipe));
        assertEquals(3, Protocol.epochs(recipe));
    }

    @Test
    void anotherListOfSeedsIsRefused() {
        List<Experiment.Trial> trials =
                new ArrayList<>(experiment("", train("\"epochs\": 3")).trials());
        Protocol.require("x", trials, "control", Set.of());
        Experiment.Trial last = trials.remove(3);
        assertSeeds("has the seeds [1], but not its control's, which are [1, 2] of control", trials);
        trials.add(new Experiment.Trial(last.arm(), last.recipe().withSeed(7)));
        assertSeeds("has the seeds [1, 7]", trials);
    }

    private static void assertSeeds(String message, List<Experiment.Trial> trials) {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> Protocol.require("x", trials, "control", Set.of()))
                .getMessage();
        assertTrue(said.contains(message), said);
    }

    /** Where the control is repeated for a setting, each arm is held against the one of its own value. */
    @Test
    void anArmHasTheControlOfItsSettings() {
        List<Experiment.Trial> trials = new ArrayList<>();
        for (int epochs = 1; epochs <= 2; epochs++) {
            Recipe recipe = recipe(train(epochs, 0.001));
            trials.add(new Experiment.Trial(new Arm("control").with("epochs", epochs), recipe));
            trials.add(
                    new Experiment.Trial(new Arm("arm").with("epochs", epochs).with("k", 4), recipe));
        }
        Protocol.require("x", trials, "control", Set.of());
        trials.add(new Experiment.Trial(new Arm("arm").with("epochs", 3), recipe(train(3, 0.001))));
        assertSeeds("arm arm has no control: no arm \"control\" has its settings {\"epochs\":3}", trials);
        trials.remove(4);
        trials.add(new Experiment.Trial(new Arm("other"), recipe(train(1, 0.001))));
        assertSeeds("arm other trains 1 epochs in all, but 2 are those of control", trials);
    }

    @Test
    void anExceptionSaysWhy() {
        Experiment marked = experiment("\"exempt\": \"shows the start\",", train("\"epochs\": 1"));
        assertEquals(4, marked.trials().size());
        assertEquals(Map.of("arm", "shows the start"), marked.exempt());
        String said = refusal(experiment("\"exempt\": \" \",", train("\"epochs\": 1")));
        assertTrue(said.contains("arm arm is marked \"exempt\", but must say why"), said);
    }

    @Test
    void aComparisonWithoutAControlIsRefusedAtOnce() {
        for (String control : List.of("", "\"control\": \" \",")) {
            String entry =
                    String.format(ENTRY, "", train("\"epochs\": 3")).replace("\"control\": \"control\",", control);
            String said = assertThrows(IllegalArgumentException.class, () -> parsed(entry))
                    .getMessage();
            assertTrue(said.contains("toys/fair compares arms, but names no \"control\""), said);
        }
        String grid =
                """
                {"parameters": {"dataset": "digits", "network": "64-8-10", "samples": 100, "seeds": 2}, %s
                 "arms": [{"name": "arm", %s "steps": [{"method": "train"}]}]}""";
        assertThrows(
                IllegalArgumentException.class, () -> parsed(String.format(grid, "", "\"for\": {\"k\": [1, 2]},")));
        assertThrows(IllegalArgumentException.class, () -> parsed(String.format(grid, "", "\"each\": [{\"k\": 1}],")));
        assertEquals("", parsed(String.format(grid, "", "")).uncontrolled(), "one arm compares nothing");
        assertEquals(
                "because",
                parsed(String.format(grid, "\"uncontrolled\": \"because\",", "\"for\": {\"k\": [1, 2]},"))
                        .uncontrolled());
        assertThrows(
                IllegalArgumentException.class,
                () -> parsed(String.format(grid, "\"uncontrolled\": \"because\", \"control\": \"arm\",", "")));
    }

    private static Experiment parsed(String entry) {
        return Experiment.of("toys", "fair", Tier.PAPER, Json.readObject("entry", entry));
    }

    private static Step train(int epochs, double rate) {
        return Step.of("train", Map.of("epochs", epochs, "learningRate", rate));
    }

    private static Recipe recipe(Step... steps) {
        return Recipe.of("digits", "64-8-10", steps);
    }

    /** What a method tells is what it does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    train       | {"epochs": 2}
                    magnitude   | {"epochs": 1, "rounds": 2}
                    random      | {"epochs": 2}
                    gradient    | {"epochs": 0, "rounds": 2}
                    optinet     | {"fineTuneEpochs": 2, "probe": 50}
                    optinet     | {"fineTuneEpochs": 0, "probe": 50}
                    splitting   | {"rounds": 3, "epochs": 1, "samples": 20, "iterations": 3}
                    splitting   | {"rounds": 2, "epochs": 0, "samples": 20, "iterations": 3}
                    annealing   | {"ratio": 0.6, "step": 0.2, "stepEpochs": 1, "rounds": 1, "loopLength": 1, "images": 20}
                    annealing   | {"ratio": 0.6, "stepEpochs": 1, "rounds": 1, "loopLength": 1, "images": 20}
                    scratch     | {}
                    quantise    | {"k": [4]}
                    recalibrate | {"images": 20}
                    """)
    void whatAMethodTellsIsWhatItTrains(String name, String options) {
        Method<?> method = Methods.named(name);
        Map<String, Object> values = new TreeMap<>(Json.readObject("options", options));
        Dataset data = Datasets.load("digits").drawn(60, 1);
        Model start = Architectures.resolve("64-6-4-10+bn", data, 1);
        Outcome outcome = Methods.run(method, start, data, values, new Context(1));
        assertEquals(outcome.change().epochs(), Methods.training(method, values).epochs());
        assertEquals(
                outcome.change().isFresh(), Methods.training(method, values).isAnew());
    }

    /** A method that trains and tells nothing of it. */
    @Test
    void trainingThatNobodyToldOfFailsTheRun(@TempDir Path folder) {
        Recipe secret = Recipe.of("digits", "64-6-10", Step.of("secret")).withSamples(60);
        Runner runner = new Runner(new Prefixes(folder), new Materials(), 1);
        String said = assertThrows(IllegalStateException.class, () -> runner.run(secret, Progress.NONE))
                .getMessage();
        assertTrue(said.contains("step 1, secret: it has trained for 1 epochs, but tells of 0"), said);
        assertFalse(new Prefixes(folder).find(secret).isPresent());
    }
}
