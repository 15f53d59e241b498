package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/**
 * Help while typing, as front ends ask for it: what the public conformance suite of kernels asks (inspection without a
 * parenthesis, pager, completeness), documentation, and completion that begins with what fits.
 *
 * <p>Reported of other kernels: completion of magics (dflib/jjava#75, padreati/rapaio-jupyter-kernel#2), completeness of a cell
 * with magics (padreati/rapaio-jupyter-kernel#34), completion that replaces the whole cell (scijava/scijava-jupyter-kernel#61).
 */
class Kernel_AssistTest {

    @TempDir
    static Path folder;

    static KernelProcess kernel;

    @BeforeAll
    static void start() throws IOException {
        kernel = new KernelProcess(folder, Map.of());
        Files.writeString(folder.resolve("table one.csv"), "a,b\n1,2\n");
        Files.createDirectory(folder.resolve("tables"));
        kernel.execute(
                "int epochs = 3; double rate = 0.1; var list = new ArrayList<String>();\n"
                        + "var frame = Table.create(\"t\", DoubleColumn.create(\"accuracy\"), DoubleColumn.create(\"bytes\"));");
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static JsonObject completion(String code) {
        return kernel.ask("complete_request", "code", code, "cursor_pos", code.codePointCount(0, code.length()));
    }

    private static List<String> matches(String code) {
        return completion(code).getAsJsonArray("matches").asList().stream()
                .map(match -> match.getAsString())
                .toList();
    }

    private static JsonObject inspection(String code) {
        return kernel.ask("inspect_request", "code", code, "cursor_pos", code.length(), "detail_level", 0);
    }

    private static String help(String code) {
        JsonObject found = inspection(code);
        assertTrue(found.get("found").getAsBoolean(), code);
        return found.getAsJsonObject("data").get("text/plain").getAsString();
    }

    @Test
    void aMethodIsExplainedWithoutItsParenthesis() {
        assertTrue(help("Math.abs").contains("double Math.abs(double a)"));
        assertTrue(help("Quantise.run").contains("Quantised Quantise.run("), help("Quantise.run"));
        assertTrue(help("list.add").contains(".add(int index, E element)"), help("list.add"));
    }

    @Test
    void theLibrarysDocumentationIsShown() {
        String text = help("Quantise.run(");
        assertTrue(text.contains("Quantises a copy of start."), text);
        assertTrue(text.contains("start: the network it starts from; it is not changed"), text);
        assertFalse(text.contains("{@"), text);
        String html = inspection("Quantise.run(")
                .getAsJsonObject("data")
                .get("text/html")
                .getAsString();
        assertTrue(html.contains("<dt><code>start</code></dt>"), html);
    }

    @Test
    void anOptionIsExplainedWithItsRangeAndDefault() {
        String text = help("new Annealing.Options().ratio(");
        assertTrue(text.contains("ratio(double ratio)"), text);
        assertTrue(
                text.contains("ratio: share of the elements that is pruned, above 0 and below 1; default 0.9"), text);
        assertTrue(help("new Annealing.Options(").contains("exchanges: exchanges in one move, from 1 to 100; default"));
    }

    @Test
    void aQuestionMarkAsksTheSame() {
        for (String code : List.of("Math?", "?Math", "Math.abs??", " Math ? \n")) {
            Execution execution = kernel.execute(code);
            assertEquals("ok", execution.status(), code);
            JsonObject page = execution.reply().getAsJsonArray("payload").get(0).getAsJsonObject();
            assertEquals("page", page.get("source").getAsString());
            assertTrue(
                    page.getAsJsonObject("data").get("text/plain").getAsString().contains("Math"), page::toString);
        }
        JsonObject magic = kernel.execute("%sample?")
                .reply()
                .getAsJsonArray("payload")
                .get(0)
                .getAsJsonObject();
        assertEquals(
                "%sample: makes a sample",
                magic.getAsJsonObject("data").get("text/plain").getAsString());
        JsonArray nothing = kernel.execute("nowhere?").reply().getAsJsonArray("payload");
        assertTrue(nothing.toString().contains("there is nothing to be said of nowhere"), nothing::toString);
        assertEquals("3", kernel.execute("epochs > 2 ? 3 : 4").result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import = 7q",
                "int = 5;",
                "class 3 { }",
                "1 +* 2;",
                "import java..util;",
                "int 2x = 3;",
                "a b c;",
                "import java.util.*; int = 3;"
            })
    void whatIsNoJavaIsInvalid(String code) {
        assertEquals("invalid", completeness(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "int a = 3",
                "import java.util.*;",
                "import static java.lang.Math.*",
                "class A { int x; }",
                "%sample --size 3",
                "var s = %sample --size 3",
                "for (int i = 0; i < 3; i++) { }",
                "int f(int x) { return x; }",
                "x -> x",
                "epochs",
                "sealed interface S permits T {}",
                "enum E { A, B }",
                "record R(int a) { R { } }",
                "@interface Note {}",
                "int[] a = {1, 2};",
                "var x = new ArrayList<>() {{ add(1); }};",
                "",
                "// only words"
            })
    void whatIsJavaIsComplete(String code) {
        assertEquals("complete", completeness(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (;;) {",
                "class A {",
                "foo(1,",
                "int f(int x) {",
                "\"\"\"\nabc",
                "%%sample --size 3",
                "int x = "
            })
    void whatIsBegunIsIncomplete(String code) {
        assertEquals("incomplete", completeness(code));
    }

    private static String completeness(String code) {
        return kernel.ask("is_complete_request", "code", code).get("status").getAsString();
    }

    @Test
    void whatFitsTheTypeComesFirst() {
        assertEquals("epochs", matches("int budget = ").get(0));
        List<String> doubles = matches("Math.sqrt(");
        assertTrue(doubles.indexOf("rate") < 5 && doubles.indexOf("rate") >= 0, doubles.subList(0, 10)::toString);
        assertTrue(doubles.indexOf("AbstractCollection") < 0
                || doubles.indexOf("AbstractCollection") > doubles.indexOf("rate"));
        assertEquals(
                "size()",
                matches("int n = list.").stream()
                        .filter(each -> each.startsWith("s"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void theKernelsOwnNamesAreNotOffered() {
        assertTrue(matches("").stream().noneMatch(each -> each.startsWith("$")));
    }

    @Test
    void namesWithinStrings() {
        assertTrue(matches("var d = Datasets.load(\"").contains("mnist"));
        assertEquals(List.of("fashion-mnist"), matches("Datasets.load(\"fash"));
        assertEquals(List.of("lenet-300-100"), matches("Architectures.resolve(\"lenet-3"));
        assertEquals(List.of("lenet-300-100"), matches("Recipe.of(\"digits\", \"lenet-3"));
        assertEquals(List.of("iris"), matches("var r = Recipe.of(\"ir"));
        assertEquals(List.of("annealing"), matches("Step.of(\"annea"));
        assertEquals(List.of("annealing"), matches("Experiment.of(\"annea"));
        assertEquals(List.of("accuracy", "bytes"), matches("frame.column(\""));
        assertEquals(List.of("bytes"), matches("frame.doubleColumn(\"b"));
        JsonObject reply = completion("/* 🙂 */ Datasets.load(\"fash");
        assertEquals(23, reply.get("cursor_start").getAsInt());
        assertEquals(27, reply.get("cursor_end").getAsInt());
        assertEquals(List.of(), matches("String s = \"Math.ab"));
        assertEquals(List.of(), matches("nowhere.load(\"mn"));
    }

    /** A number has its default offered, with which one begins. */
    @Test
    void optionsOfMagicsAndRecipesAreOfferedWithTheirDefaults() {
        assertEquals(List.of("0.9"), matches("%annealing --ratio "));
        assertEquals(List.of("--ratio=0.9"), matches("var r = %annealing ratio="));
        assertEquals(List.of("--batch-size=125"), matches("%annealing --dataset digits batchSize="));
        assertEquals(List.of("ratio=0.9"), matches("%%recipe r\ndataset digits\nannealing ratio="));
    }

    @Test
    void filesWithinStringsAndMagics() {
        String prefix = folder + "/ta";
        assertEquals(List.of(folder + "/table one.csv", folder + "/tables/"), matches("Path.of(\"" + prefix));
        assertEquals(List.of(folder + "/tables/"), matches("%load " + folder + "/tables"));
    }

    @Test
    void aStringThatIsClosedIsNoPlaceForNames() {
        assertTrue(matches("\"mnist\".isBl").contains("isBlank()"));
    }

    @Test
    void aCursorInTheMiddleOfACellCompletesThatPlace() {
        String code = "int first = 1;\nlist.ad\nint last = 2;";
        JsonObject reply = kernel.ask("complete_request", "code", code, "cursor_pos", code.indexOf(".ad") + 3);
        assertTrue(reply.getAsJsonArray("matches").toString().contains("add("), reply::toString);
        assertEquals(code.indexOf(".ad") + 1, reply.get("cursor_start").getAsInt());
    }
}
