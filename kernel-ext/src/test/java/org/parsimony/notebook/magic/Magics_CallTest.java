package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.magic.arguments.Interpolation;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class Magics_CallTest {

    private final FakeNotebook notebook = new FakeNotebook();

    @BeforeEach
    void register() {
        Magics.of(notebook).forEach(notebook::register);
    }

    @Test
    void everyMagicTellsItsOptionsAndStandsInHelp() throws Exception {
        Table help = assertInstanceOf(Table.class, call("help"));
        for (Magic magic : notebook.magics.values()) {
            assertTrue(printed(magic.name(), "--help").contains("Usage: %" + magic.name()), magic.name());
            assertTrue(help.stringColumn(0).contains("%" + magic.name()), magic.name());
        }
    }

    @Test
    void exportWritesANetworkOfTheNotebook(@TempDir Path folder) throws Exception {
        notebook.values.put("net", Architectures.mlp("4-3-2", 1));
        Path file = folder.resolve("net.onnx");
        Table table = (Table) call("export", "net", file.toString());
        assertEquals(Files.size(file), table.longColumn("bytes").get(0));
        assertEquals(
                4 * (4 * 3 + 3 + 3 * 2 + 2), table.longColumn("bytes as floats").get(0));
    }

    @Test
    void aDataSetIsAValueAndTheRegistryIsShown() throws Exception {
        assertNull(call("dataset"));
        for (String name : Datasets.names()) {
            assertTrue(notebook.last().data().get(MimeBundle.TEXT).contains(name), name);
        }
        notebook.values.put("dataset", "mnist");
        notebook.values.put("samples / 2", 50);
        Dataset data = assertInstanceOf(
                Dataset.class,
                call("dataset", "{dataset}", "--train", "{samples", "/", "2}", "--test=7", "--validation", "9"));
        assertEquals(
                List.of(50, 9, 7),
                List.of(
                        data.train().size(),
                        data.validation().size(),
                        data.test().size()));
        assertComplaint("--train is 0, but must be at least 1", "dataset", "mnist", "--train", "0");
        assertComplaint("NAME is missing; it must be one of", "dataset", "--train", "5");
    }

    @Test
    void fieldsOfAnEarlierCallAreForgotten() throws Exception {
        call("dataset", "mnist", "--about");
        int shown = notebook.shown.size();
        Dataset data = assertInstanceOf(Dataset.class, call("dataset", "mnist", "--train", "3"));
        assertEquals(3, data.train().size());
        assertEquals(10_000, data.test().size());
        assertEquals(shown, notebook.shown.size());
    }

    @Test
    void bracesAreExpressions() {
        notebook.values.put("a", "x y");
        notebook.values.put("f(new int[] {1})", 3);
        notebook.values.put("out(\"f}.onnx\")", "out/f}.onnx");
        Interpolation words = new Interpolation(notebook);
        assertEquals(List.of("x y", "--n=3!"), words.of(List.of("{a}", "--n={f(new", "int[]", "{1})}!")));
        assertEquals(List.of("{a}"), words.of(List.of("{{a}}")));
        assertEquals(List.of("out/f}.onnx"), words.of(MagicSyntax.words("{out(\"f}.onnx\")}")));
        String open = assertThrows(IllegalArgumentException.class, () -> words.of(List.of("{a", "b")))
                .getMessage();
        assertTrue(open.startsWith("\"{a b\" is not closed"), open);
        String unknown = assertThrows(IllegalArgumentException.class, () -> words.of(List.of("{c}")))
                .getMessage();
        assertTrue(unknown.startsWith("{c} is not a Java expression"), unknown);
    }

    @Test
    void tablesAreCopiedOutWithEverythingEscaped() throws Exception {
        notebook.values.put(
                "t",
                Table.create(
                        "name",
                        StringColumn.create("a_b", "50 % & more", "x|\"y\""),
                        IntColumn.create("n", 1, 12_345)));
        assertEquals(
                """
                \\begin{tabular}{lr}
                \\toprule
                a\\_b & n \\\\
                \\midrule
                50 \\% \\& more & 1 \\\\
                x|"y" & 12,345 \\\\
                \\bottomrule
                \\end{tabular}
                """,
                printed("table", "t", "--latex"));
        assertEquals("a_b,n\n50 % & more,1\n\"x|\"\"y\"\"\",12345\n", printed("table", "t", "--csv"));
        assertEquals(
                "| a_b | n |\n|:---|---:|\n| 50 % & more | 1 |\n", printed("table", "t", "--markdown", "--rows", "1"));
        assertComplaint("TABLE is u, but must be a variable or an expression of the type Table", "table", "u");
        notebook.values.put("s", "text");
        assertComplaint("TABLE is s, which is of the type String", "table", "s");
        assertComplaint("--rows is 0, but must be at least 1", "table", "t", "--rows", "0");
        assertComplaint("--latex, --csv are mutually exclusive", "table", "t", "--latex", "--csv");
    }

    @Test
    void askedForMoreRowsATableShowsThem() throws Exception {
        notebook.values.put("t", Table.create("", IntColumn.indexColumn("i", 1000, 0)));
        call("table", "t", "--rows", "40");
        MimeBundle shown = notebook.last();
        assertEquals(40, shown.data().get(MimeBundle.HTML).split("<tr><td", -1).length - 1);
        assertTrue(shown.data().get(MimeBundle.TEXT).endsWith("… 960 more rows × 1 columns"));
    }

    @Test
    void parametersTellWhereTheirValuesComeFrom() throws Exception {
        String body = "int epochs = 5; // of training\nString dataset = \"mnist\";\nlong seed = 1;";
        Map<String, String> environment =
                new HashMap<>(Map.of(ParamsMagic.OUTSIDE, "{\"dataset\": \"\\\"cifar\\\"\"}"));
        ParamsMagic params = new ParamsMagic(notebook, environment);
        assertThrows(IllegalArgumentException.class, () -> params.run(List.of(), null));
        notebook.values.putAll(Map.of("epochs", 5, "dataset", "mnist", "seed", 1L));
        notebook.values.put(body, null);
        assertNull(params.run(List.of(), body));
        assertTrue(notebook.evaluated.contains(body));
        notebook.values.putAll(Map.of("dataset", "cifar", "seed", 2L));
        Table table = (Table) params.run(List.of(), null);
        assertEquals(
                List.of("epochs", "dataset", "seed"), table.stringColumn("name").asList());
        assertEquals(
                List.of("int", "String", "long"), table.stringColumn("type").asList());
        assertEquals(List.of("5", "cifar", "2"), table.stringColumn("value").asList());
        assertEquals(
                List.of("notebook", "outside", "a later cell"),
                table.stringColumn("set by").asList());
        assertEquals("of training", table.stringColumn("meaning").get(0));
        assertEquals(1, ((Table) params.run(List.of("seed"), null)).rowCount());
        environment.put(ParamsMagic.OUTSIDE, "[");
        assertThrows(IllegalArgumentException.class, () -> params.run(List.of(), null));
    }

    @Test
    void runsAreTheStoresOwn(@TempDir Path folder) throws Exception {
        RunsMagic none = new RunsMagic(notebook, () -> folder.resolve("no.sqlite"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> none.run(List.of(), null))
                .getMessage()
                .startsWith("there are no runs yet"));
        Path file = folder.resolve("runs.sqlite");
        org.parsimony.experiment.store.RunStore.open(file).close();
        assertEquals(0, ((Table) new RunsMagic(notebook, () -> file).run(List.of("optinet"), null)).rowCount());
    }

    @Test
    void aFigureBecomesTheFilesThatAreAskedFor(@TempDir Path scratch) throws Exception {
        Path folder = scratch.resolve("new/figures");
        notebook.register(new FigureMagic(notebook, folder));
        XYChart chart = new XYChartBuilder().build();
        chart.addSeries("curve", new double[] {1, 2}, new double[] {2, 1});
        notebook.values.put("chart", chart);
        String told = printed("figure", "chart", "one", "--svg", "--pdf", "--eps", "--png", "72");
        for (String ending : List.of("svg", "pdf", "eps", "png")) {
            long size = Files.size(folder.resolve("one." + ending));
            assertTrue(told.contains(String.format("one.%s  %,d bytes", ending, size)), told);
        }
        assertComplaint("give at least one of --svg", "figure", "chart", "one");
        notebook.values.put("text", "no figure");
        assertComplaint("must be a figure, a chart or an outcome", "figure", "text", "one", "--svg");
        assertComplaint("NAME is missing", "figure", "chart");
        assertComplaint("--png is big, but must be a whole number", "figure", "chart", "one", "--png", "big");
    }

    @Test
    void anUnknownPaperIsAnErrorThatNamesIt() {
        assertComplaint("there is no paper \"nowhere\"", "paper", "nowhere");
    }

    @Test
    void tabCompletesDataSets() {
        assertEquals(List.of("mnist"), notebook.magics.get("dataset").complete(List.of(), "mn"));
        assertEquals(List.of(), notebook.magics.get("dataset").complete(List.of("--train"), ""));
        assertEquals(List.of("--train"), notebook.magics.get("dataset").complete(List.of("mnist"), "--tr"));
        assertEquals(List.of(), notebook.magics.get("dataset").complete(List.of("--train", "5", "mnist"), "m"));
    }

    private Object call(String name, String... arguments) throws Exception {
        return notebook.magics.get(name).run(List.of(arguments), null);
    }

    private String printed(String name, String... arguments) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertNull(call(name, arguments));
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void assertComplaint(String part, String name, String... arguments) {
        String message = assertThrows(IllegalArgumentException.class, () -> call(name, arguments))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
