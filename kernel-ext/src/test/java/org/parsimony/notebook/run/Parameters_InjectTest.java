package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Home;

class Parameters_InjectTest {

    private static final String NOTEBOOK =
            """
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": "# words"},
              {"cell_type": "code", "execution_count": 7, "metadata": {"tags": ["parameters"]},
               "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}],
               "source": ["%%params\\n", "String name = \\"mnist\\"; // which\\n", "int seeds = 5;\\n",
                          "double rate = 0.5;\\n", "boolean deep = false;"]},
              {"cell_type": "code", "execution_count": 8, "metadata": {}, "outputs": [], "source": "seeds"}
            ], "metadata": {"parsimony": {"tiers": {"smoke": {"seeds": "2", "name": "iris"}}}},
            "nbformat": 4, "nbformat_minor": 4}
            """;

    @TempDir
    Path folder;

    private Parameters parameters;

    @BeforeEach
    void read() throws IOException {
        parameters = Parameters.of(Files.writeString(folder.resolve("a.ipynb"), NOTEBOOK));
    }

    @Test
    void readsDeclarationsWithTypesValuesAndComments() {
        assertEquals(
                List.of(
                        new Parameter("String", "name", "\"mnist\"", "which"),
                        new Parameter("int", "seeds", "5", ""),
                        new Parameter("double", "rate", "0.5", ""),
                        new Parameter("boolean", "deep", "false", "")),
                parameters.list());
    }

    @Test
    void whatIsSetStandsInACellBehindTheParameters() throws IOException {
        JsonArray cells =
                written(parameters.with("seeds", "3").with("name", "a \"b\"").with("rate", "1"));
        assertEquals(4, cells.size());
        JsonObject injected = cells.get(2).getAsJsonObject();
        assertEquals(
                "[\"injected-parameters\"]",
                injected.getAsJsonObject("metadata").get("tags").toString());
        assertEquals(
                "// set from outside\nint seeds = 3;\nString name = \"a \\\"b\\\"\";\ndouble rate = 1.0;",
                injected.get("source").getAsString());
    }

    @Test
    void nothingSetLeavesTheCellsAndDropsOldOutputs() throws IOException {
        JsonArray cells = written(parameters);
        assertEquals(3, cells.size());
        assertEquals(0, cells.get(1).getAsJsonObject().getAsJsonArray("outputs").size());
        assertTrue(cells.get(1).getAsJsonObject().get("execution_count").isJsonNull());
    }

    @Test
    void injectingTwiceKeepsOneInjectedCell() throws IOException {
        Path once = folder.resolve("once.ipynb");
        parameters.with("seeds", "3").write(once);
        JsonArray cells = written(Parameters.of(once).with("seeds", "4"));
        assertEquals(4, cells.size());
        assertTrue(cells.get(2).getAsJsonObject().get("source").getAsString().endsWith("int seeds = 4;"));
    }

    @Test
    void aTierSetsItsValuesAndSingleOnesComeAfter() {
        assertEquals(
                "{\"seeds\":\"2\",\"name\":\"\\\"iris\\\"\"}",
                parameters.withTier("smoke").changesAsJson());
        assertEquals("{}", parameters.withTier("short").changesAsJson());
    }

    @Test
    void whatCannotBeIsNamed() {
        refused("\"seed\" in a.ipynb; there are name, seeds, rate, deep", () -> parameters.with("seed", "3"));
        refused("seeds is \"x\", but must be a value of type int", () -> parameters.with("seeds", "x"));
        refused("seeds is \"2.5\", but must be a value of type int", () -> parameters.with("seeds", "2.5"));
        refused("deep is \"yes\", but must be a value of type boolean", () -> parameters.with("deep", "yes"));
        refused("tier is \"huge\", but must be one of short, smoke", () -> parameters.withTier("huge"));
    }

    @Test
    void whatIsNoNotebookIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("b.ipynb"), "{\"cells\": [");
        var e = assertThrows(IllegalArgumentException.class, () -> Parameters.of(file));
        assertTrue(e.getMessage().contains("b.ipynb is not a notebook"), e.getMessage());
    }

    static Stream<Path> committedNotebooks() throws IOException {
        try (Stream<Path> files = Files.list(Home.checkout().orElseThrow().resolve("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("committedNotebooks")
    void everyCommittedNotebookHasParametersAndAllTiers(Path notebook) throws IOException {
        Parameters own = Parameters.of(notebook);
        for (String tier : List.of("smoke", "short", "paper")) {
            own.withTier(tier);
        }
    }

    private JsonArray written(Parameters parameters) throws IOException {
        Path file = folder.resolve("written.ipynb");
        parameters.write(file);
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("cells");
    }

    private static void refused(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
