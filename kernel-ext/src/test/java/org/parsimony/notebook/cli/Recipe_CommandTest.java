package org.parsimony.notebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.experiment.Recipe;
import org.parsimony.notebook.toy.ToyHome;
import picocli.CommandLine;

/** Recipes, experiments and results pages on the command line, with a method of the test tree among them. */
class Recipe_CommandTest {

    private static final String LINES = "dataset iris\nnetwork 4-6-3\ntrain epochs=2\nclip threshold=0.4\n";

    @RegisterExtension
    final ToyHome home = new ToyHome();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aRecipeOfLinesAndOfJsonAreTheSameRun() throws Exception {
        Path lines = Files.writeString(home.root().resolve("r.txt"), LINES);
        assertEquals(0, run("recipe", lines.toString(), "--seed", "3"), err.toString());
        Recipe recipe = Recipe.read(lines).withSeed(3);
        assertTrue(out.toString().contains(recipe.shortId()), out.toString());
        assertTrue(out.toString().contains("accuracyTuned") && out.toString().contains("validation accuracy"));
        Path json = Files.writeString(home.root().resolve("r.json"), recipe.json());
        assertEquals(0, run("recipe", json.toString(), "--threads", "1"), err.toString());
        assertEquals(0, run("runs", "--method", "clip"), err.toString());
        String printed = run("runs --csv");
        assertEquals(2, printed.lines().count(), printed);
        assertEquals(0, run("reproduce", recipe.shortId()), out.toString());
        assertTrue(out.toString().contains("reproduced: all "), out.toString());
    }

    @Test
    void methodsTellNamePaperAndOptions() {
        assertTrue(run("methods").contains("mask the weights below a threshold"));
        String options = run("methods clip");
        assertTrue(options.contains("first-layer") && options.contains("0 … 1"), options);
    }

    @Test
    void anExperimentComparesItsArmsAndItsResultsAreWhatTheStoreGives() throws Exception {
        String table = run("experiment toy/comparison --tier short -p epochs=1 -p thresholds=0.3,0.7");
        assertTrue(table.contains("Δ trained on") && table.contains("threshold 0.7"), table);
        assertEquals(0, run("results", "toy"), err.toString());
        Path results = home.paper().resolve("results");
        String page = Files.readString(results.resolve("README.md"));
        for (String part : new String[] {
            "## Clipping: iris, 4-6-3",
            "the control is trained on",
            "| clipped |",
            "Not measured",
            "(comparison-iris-4-6-3-"
        }) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        assertTrue(Files.exists(results.resolve("comparison-iris-4-6-3-accuracyAfter-against-threshold.svg")));
        assertTrue(Files.exists(results.resolve("comparison-iris-4-6-3-accuracyTuned-pareto-nonzeros.svg")));
        Recipe example = Recipe.read(home.paper().resolve("recipes/comparison-iris-4-6-3-short.json"));
        assertTrue(example.has("clip"), example.toString());
        assertEquals(0, run("results", "--check", "toy"), out.toString());
        // The committed lines alone give the same page.
        Files.delete(home.root().resolve("out/runs.sqlite"));
        assertEquals(0, run("results", "--check", "toy"), out.toString());
        assertEquals(0, run("reproduce", example.shortId()), out + "" + err);
    }

    /** What is written by hand stays; the table is of the runs, and a check looks at it. */
    @Test
    void theFirstPageIncludesTheTableOfAnExperiment() throws Exception {
        run("experiment toy/comparison --tier short -p seeds=2 -p epochs=1 -p thresholds=0.3");
        String[] page = {"# Toy\n\n<!-- overview toy/comparison -->\n", "<!-- end -->\n\nBy hand.\n"};
        Path first = Files.writeString(home.root().resolve("README.md"), page[0] + page[1]);
        assertEquals(0, run("results", "toy"), err.toString());
        String filled = Files.readString(first);
        assertTrue(filled.startsWith(page[0]) && filled.endsWith(page[1]), filled);
        assertTrue(filled.contains("iris, 4-6-3, tier short") && filled.contains("| clipped |"), filled);
        assertEquals(0, run("results", "--check", "toy"), out.toString());
        Files.writeString(first, filled.replace("| clipped |", "| the best |"));
        assertEquals(1, run("results", "--check", "toy"));
        assertTrue(out.toString().contains("README.md, line "), out.toString());
        Files.writeString(first, filled.replace("toy/comparison -->", "toy/none -->"));
        assertEquals(2, run("results", "toy"));
        assertTrue(err.toString().contains("README.md includes the experiment none, but it has no runs"), err + "");
    }

    @Test
    void aCheckNamesTheFirstDifference() throws Exception {
        run("experiment toy/comparison -p seeds=1 -p epochs=1");
        run("results toy");
        Files.delete(home.paper().resolve("recipes/comparison-iris-4-6-3-short.json"));
        assertTrue(
                run("results --check toy").contains("papers/toy/recipes/comparison-iris-4-6-3-short.json is missing"));
        run("results toy");
        Path page = home.paper().resolve("results/README.md");
        String text = Files.readString(page);
        Files.writeString(page, text.replaceFirst("Tier short", "Tier paper"));
        assertEquals(1, run("results", "--check", "toy"));
        assertTrue(
                out.toString().contains("papers/toy/results/README.md, line 7, is \"Tier paper")
                        && out.toString().contains("but the runs give \"Tier short"),
                out.toString());
        Files.writeString(page, text);
        Path old = Files.writeString(home.paper().resolve("results/old.svg"), "<svg/>");
        assertTrue(run("results --check toy").contains("papers/toy/results/old.svg is there, but no run gives it"));
        run("results toy");
        assertTrue(!Files.exists(old));
        Path figure = home.paper().resolve("results/comparison-iris-4-6-3-accuracyTuned-pareto-nonzeros.svg");
        String svg = Files.readString(figure);
        String id = svg.replaceFirst("(?s).*?<recipe>([0-9a-f]{12}).*", "$1");
        Files.writeString(figure, svg.replace(id, "000000000000"));
        assertTrue(run("results --check toy").contains("pareto-nonzeros.svg, line "), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipe no.txt | no.txt: there is no such file or folder",
                "experiment toy | must be PAPER/NAME",
                "experiment toy/none | toy has no experiment \"none\"; its experiments are [comparison]",
                "experiment toys/none | there is no paper \"toys\"; there are [toy]",
                "experiment toy/comparison --tier huge | tier is \"huge\"",
                "experiment toy/comparison -p seeds=-1 | seeds is -1, but must be a whole number of at least 1",
                "experiment toy/comparison -p seeds=x | seeds is \"x\", but must be a number",
                "experiment toy/comparison -p dataset=no | dataset is \"no\", but must be a path to data of your own, or one of",
                "experiment toy/comparison -p seed=1 | toy/comparison has no parameter \"seed\"",
                "experiment toy/comparison --threads 0 | --threads is 0, but must be at least 1",
                "reproduce 12345678 | there is no run \"12345678\"",
                "methods clop | there is no method \"clop\"",
                "runs | there are no runs yet",
                "results toy | there are no runs of toy above tier smoke"
            })
    void whatCannotBeIsToldInOneSentenceAtOnce(String command, String complaint) {
        long from = System.nanoTime();
        assertEquals(2, run(command.split(" ")));
        assertTrue(err.toString().contains(complaint), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(System.nanoTime() - from < 2e9, "more than two seconds");
    }

    @Test
    void aWrongLineOfARecipeIsNamedWithItsFile() throws IOException {
        Path file = Files.writeString(home.root().resolve("r.txt"), LINES + "clip threshold=7\n");
        assertEquals(2, run("recipe", file.toString()));
        assertTrue(
                err.toString().contains("r.txt: line 5: clip: threshold is 7, but must lie between 0 and 1"),
                err.toString());
    }

    private String run(String command) {
        int before = out.toString().length();
        run(command.split(" "));
        return out.toString().substring(before);
    }

    private int run(String... arguments) {
        CommandLine line = Parsimony.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
