package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.base.Progress;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.toy.Clip;
import org.parsimony.notebook.toy.RecipeNotebook;
import org.parsimony.notebook.toy.ToyHome;
import tech.tablesaw.api.Table;

/** A method of the test tree, which one line registers, is a magic like any other. */
class MethodMagic_RegistryTest {

    @RegisterExtension
    final ToyHome home = new ToyHome();

    private final RecipeNotebook notebook = new RecipeNotebook();
    private final Magic clip = notebook.magics.get("clip");

    @Test
    void everyMethodOfTheRegistryIsAMagicWithItsSummaryAndOutcome() {
        Methods.all().forEach(method -> {
            Magic magic = notebook.magics.get(method.name());
            assertEquals(method.summary(), magic.summary());
            assertEquals(method.outcome(), magic.resultType());
        });
        assertEquals(Clip.Clipped.class, clip.resultType());
    }

    @Test
    void helpTellsEveryOptionWithItsDefault() throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            notebook.call("clip", "--help");
        } finally {
            System.setOut(out);
        }
        String help = bytes.toString(StandardCharsets.UTF_8);
        for (String part : List.of(
                "--threshold=X",
                "weights of lesser magnitude become zero; default 0.25",
                "--from-part=NAME",
                "one of all, first-layer; default all",
                "--seed",
                "--place",
                "--threads")) {
            assertTrue(help.contains(part), part + " in " + help);
        }
    }

    @Test
    void tabCompletesOptionsAndTheirConstants() {
        assertEquals(List.of("--from-part"), clip.complete(List.of(), "--fr"));
        assertEquals(List.of("all", "first-layer"), clip.complete(List.of("--from-part"), ""));
        assertEquals(List.of("--from-part=first-layer"), clip.complete(List.of(), "--from-part=f"));
        assertEquals(List.of("--from-part=first-layer"), clip.complete(List.of(), "fromPart=f"));
        assertEquals(List.of("lenet-300-100"), clip.complete(List.of("--network"), "lenet-3"));
        assertEquals(List.of("iris"), clip.complete(List.of("--dataset"), "ir"));
    }

    @Test
    void aMagicIsTheMethodWithTheContextOfItsSeedAndPlace() throws Exception {
        var data = Datasets.load("iris");
        notebook.values.put("mine", Architectures.mlp("4-6-3", 5));
        Clip.Clipped ours = assertInstanceOf(
                Clip.Clipped.class,
                notebook.call(
                        "clip",
                        "--dataset",
                        "iris",
                        "--network",
                        "mine",
                        "--threshold",
                        "0.5",
                        "--from-part",
                        "first_layer"));
        Clip.Clipped same = Clip.run(
                Architectures.mlp("4-6-3", 5), data, new Clip.Options(0.5, Clip.Part.FIRST_LAYER), new Context(1));
        assertEquals(same.model().network().params(), ours.model().network().params());
        assertTrue(ours.zeros() > 0 && ours.model().masks().keySet().equals(java.util.Set.of(0)));
    }

    @Test
    void magicsInARowAreTheRecipeOfTheirSteps() throws Exception {
        Outcome trained = (Outcome)
                notebook.call("train", "--dataset", "iris", "--network", "4-6-3", "--epochs", "3", "--seed", "7");
        notebook.values.put("net", trained.model());
        Outcome clipped = (Outcome) notebook.call(
                "clip", "--dataset", "iris", "--network", "net", "--seed", "7", "--place", "1", "--threads", "1");
        notebook.values.put("net", clipped.model());
        Outcome tuned = (Outcome) notebook.call(
                "train", "--dataset", "iris", "--network", "net", "--epochs", "2", "--seed", "7", "--place", "2");
        var recipe = RecipeText.read("dataset iris\nnetwork 4-6-3\nseed 7\ntrain epochs=3\nclip\ntrain epochs=2");
        Run run = Workplace.here().run(recipe, Progress.NONE);
        assertEquals(run.measurement().lossTuned(), tuned.measurement().lossTuned());
        assertEquals(run.measurement().nonzeros(), tuned.measurement().nonzeros());
        assertTrue(run.measurement().nonzeros() < run.measurement().parameters());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threshold 2 | --threshold is 2, but must lie between 0 and 1",
                "--threshold x | --threshold is \"x\", but must be a number",
                "--from-part last | --from-part is \"last\", but must be one of all, first-layer",
                "--place -1 | --place is -1, but must be at least 0",
                "--threads 0 | --threads is 0, but must be at least 1",
                "--train 0 | --train is 0, but must be at least 1",
                "--train 91 | --train is 91, but must be at most 90",
                "--epochs 1 | there is no option --epochs",
                "--network 4-6-x | --network is 4-6-x, but must be widths such as"
            })
    void whatCannotBeIsToldInOneSentenceAtOnce(String arguments, String complaint) {
        List<String> words = new java.util.ArrayList<>(List.of("--dataset", "iris"));
        words.addAll(List.of(arguments.split(" ")));
        long from = System.nanoTime();
        String message = assertThrows(IllegalArgumentException.class, () -> clip.run(words, null))
                .getMessage();
        assertTrue(message.contains(complaint), message);
        assertTrue(System.nanoTime() - from < 2e9, "more than two seconds");
    }

    @Test
    void methodsAreATableAndTheOptionsOfOneAnother() throws Exception {
        Table all = (Table) notebook.call("methods");
        assertEquals(Methods.names(), all.stringColumn("name").asList());
        int row = all.stringColumn("name").asList().indexOf("clip");
        assertEquals("toy", all.stringColumn("paper").get(row));
        Table options = (Table) notebook.call("methods", "clip");
        assertEquals(
                List.of("threshold", "fromPart"), options.stringColumn("option").asList());
        assertEquals(
                List.of("0 … 1", "all, first-layer"),
                options.stringColumn("range").asList());
        assertEquals(List.of("0.25", "all"), options.stringColumn("default").asList());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> notebook.call("methods", "clop"))
                .getMessage()
                .contains("there is no method \"clop\"; there are "));
    }

    @Test
    void aModelIsLeftAsItIs() throws Exception {
        Model start = Architectures.mlp("4-6-3", 5);
        var before = start.network().params().dup();
        notebook.values.put("mine", start);
        notebook.call("clip", "--dataset", "iris", "--network", "mine", "--threshold", "1");
        assertEquals(before, start.network().params());
    }
}
