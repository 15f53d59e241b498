package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page shows of single cells: the order of their output, an interrupted rendering, redeclarations, arrays. */
class Cells_InBrowserTest {

    @TempDir
    static Path scratch;

    private static JupyterServer jupyter;
    private static NotebookPage page;

    @BeforeAll
    static void open() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("notebooks"));
        String cell =
                "{\"cell_type\": \"code\", \"execution_count\": null, \"metadata\": {}, \"outputs\": [], \"source\": \"\"}";
        Files.writeString(
                folder.resolve("cells.ipynb"),
                "{\"cells\": [" + cell + ", " + cell
                        + "], \"metadata\": {\"kernelspec\": {\"display_name\": \"Parsimony\", "
                        + "\"language\": \"java\", \"name\": \"parsimony\"}}, \"nbformat\": 4, \"nbformat_minor\": 4}");
        jupyter = new JupyterServer(folder, scratch);
        jupyter.awaitAnswer();
        page = new NotebookPage(jupyter, "cells.ipynb", scratch);
    }

    @AfterAll
    static void close() {
        if (page != null) {
            page.close();
        }
        if (jupyter != null) {
            jupyter.close();
        }
    }

    @Test
    void textErrorsAndDisplaysStandInTheOrderInWhichTheyWereMade() throws Exception {
        page.run(
                0,
                "for (int i = 0; i < 30; i++) {\n    System.out.println(\"out \" + i);\n"
                        + "    if (i % 5 == 0) display(\"<b>shown \" + i + \"</b>\", \"text/html\");\n"
                        + "    if (i % 7 == 0) System.err.println(\"err \" + i);\n}\n\"last\"");
        List<String> lines = new ArrayList<>();
        page.shown(0).forEach(area -> area.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add));
        List<String> right = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            right.add("out " + i);
            if (i % 5 == 0) {
                right.add("shown " + i);
            }
            if (i % 7 == 0) {
                right.add("err " + i);
            }
        }
        right.add("last");
        assertEquals(right, lines);
    }

    @Test
    void anInterruptReachesAValueThatRendersForEver() throws Exception {
        page.begin(
                0,
                "System.out.println(\"begun\");\n"
                        + "new Object() { public String toString() { while (true) { if (System.nanoTime() == 1) return \"\"; } } }");
        page.until("return Jupyter.notebook.get_cell(0).element[0].innerText.includes('begun')"
                + " && Jupyter.notebook.get_cell(0).input_prompt_number === '*'");
        page.script("Jupyter.notebook.kernel.interrupt()");
        page.awaitEnd(0);
        page.run(1, "1 + 1");
        assertEquals(List.of("2"), page.shown(1).stream().map(String::strip).toList());
    }

    @Test
    void whatARedeclarationResetsIsSaidBelowTheCellThatDoesIt() throws Exception {
        page.run(0, "class Acc { int n = 1; }\nvar acc = new Acc();\nacc.n");
        assertEquals(List.of("1"), page.shown(0).stream().map(String::strip).toList());
        page.run(0, "class Acc { int n = 2; }");
        assertEquals(
                List.of("acc was reset: class Acc changed"),
                page.shown(0).stream().map(String::strip).toList());
        page.run(1, "acc = new Acc(); acc.n");
        assertEquals(List.of("2"), page.shown(1).stream().map(String::strip).toList());
    }

    @Test
    void arraysShowTheirShapeAndContents() throws Exception {
        page.run(0, "new double[][] {{1, 2.5}, {3, -4}}");
        String matrix = String.join("\n", page.shown(0));
        assertEquals("[[1.0, 2.5], [3.0, -4.0]]\ndouble[2][2]", matrix.strip());
        page.run(1, "new int[100_000]");
        String large = String.join("\n", page.shown(1));
        assertTrue(large.contains("int[100000]") && large.length() < 2000, large);
    }
}
