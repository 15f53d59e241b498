package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/** Magics work whatever the cells have declared, and no error shows what they were turned into. */
class Kernel_NamesTest {

    @TempDir
    static Path folder;

    static KernelProcess kernel;

    @BeforeAll
    static void start() throws IOException {
        kernel = new KernelProcess(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int java = 5;",
                "int org = 1, io = 2, tech = 3;",
                "void lineMagic(String a, java.util.List<String> b) { System.out.println(\"captured\"); }",
                "<T> T lineMagic(String a, java.util.List<String> b) { return null; }",
                "void runMagic(String a, java.util.List<String> b) { System.out.println(\"captured\"); }",
                "record List(int n) {}",
                "class NotebookFunctions { static void runMagic() {} }",
                "class Magic {}\nclass MagicRegistry {}",
                "String lang = \"java\", util = \"util\";",
                "int parsimony = 1; int notebook = 2; int kernel = 3;",
                "class Integer1 {}\nclass SampleExtension {}"
            })
    void aMagicWorksBeside(String declaration) {
        assertEquals("ok", kernel.execute(declaration).status());
        Execution alone = kernel.execute("%sample --size 7");
        assertEquals("7 units", alone.result());
        assertEquals("", alone.stream("stdout"));
        assertEquals(
                "8", kernel.execute("var made = %sample --size 8\nmade.size()").result());
        assertEquals("10 units", kernel.execute("%%sample --size 7\nabc").result());
    }

    @Test
    void aMagicInsideAMethodRunsEachTimeWithItsArguments() {
        assertEquals(
                "9",
                kernel.execute("int two() {\n    var a = %sample --size 4\n    var b = %sample --size 5\n"
                                + "    return a.size() + b.size();\n}\ntwo()")
                        .result());
        assertEquals("9", kernel.execute("two()").result());
    }

    @Test
    void anErrorShowsTheLineThatWasWritten() {
        Execution execution = kernel.execute("int ok = 1;\n\tString text = %sample --size 'a b'\nint after;");
        assertEquals("error", execution.status());
        assertTrue(execution.error().contains("   2 | \tString text = %sample --size 'a b'"), execution.error());
        assertTrue(execution.error().contains("\n     | \t              ^^^^^^^^^^^^^^^^^^^^"), execution.error());
        assertFalse(execution.error().contains("parsimony$"), execution.error());
        Execution later = kernel.execute("%sample --size 3\nint wrong = nothing;");
        assertTrue(later.error().contains("   2 | int wrong = nothing;\n     |             ^^^^^^^"), later.error());
    }

    @Test
    void aFailingMagicNamesItselfAndNotItsCall() {
        Execution execution = kernel.execute("int x = 1;\nvar y = %sample");
        assertEquals("%sample: --size is missing; it must be a whole number above 0\n", execution.error());
    }
}
