package org.parsimony.notebook.kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An error names its cause, at its place, in Java's words: the missing type and not the class that needs it, all errors of
 * a cell and nothing that merely follows from one.
 */
class JavaShell_ErrorTest {

    private static Cells cells;
    private String error;

    @BeforeAll
    static void start() {
        cells = new Cells();
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    private void fails(String cell) {
        error = cells.error(cell);
    }

    /** In no error may stand what JShell and this kernel make of a cell. */
    @AfterEach
    void nothingGeneratedShows() {
        for (String word : new String[] {"Snippet", "REPL", "$JShell", "do_it", "$parsimony$", "$Method", "$value"}) {
            assertFalse(error.contains(word), () -> word + " is in: " + error);
        }
    }

    private void assertCause(String missing, int line, int errors) {
        assertTrue(error.contains(missing), error);
        assertTrue(error.contains(String.format("%4d | ", line)), error);
        assertEquals(errors, error.split("Compile error", -1).length - 1, error);
    }

    @Test
    void theMissingTypeAndNotTheClassThatNeedsIt() {
        fails("class Stack2 { Deque2<Integer> d; }\nnew Stack2()");
        assertCause("class Deque2", 1, 1);
        assertFalse(error.contains("class Stack2\n"), error);
    }

    @Test
    void theMissingTypeOfAClassInAnEarlierCell() {
        cells.error("class Later { Absent a; }");
        fails("new Later()");
        assertTrue(error.contains("Later is declared, but needs class Absent"), error);
    }

    @Test
    void theMissingNameOfAMethodThatIsCalled() {
        fails("int helper(int x) { return Missing.of(x); }\nhelper(3)");
        assertCause("Missing", 1, 1);
    }

    @Test
    void theMissingNameOfAMethodOfAnEarlierCellWithThatCell() {
        cells.run("int early(int x) {\n    return notThere(x);\n}");
        assertTrue(
                cells.told().contains("early cannot run before the notebook declares method notThere(int)"),
                cells.told());
        fails("early(3)");
        assertCause("notThere", 2, 1);
        assertTrue(error.contains("cell "), error);
        cells.run("int notThere(int x) { return -x; }");
        assertEquals(-3, cells.run("early(3)"));
        error = "";
    }

    @Test
    void everyErrorOfACellAtItsPlace() {
        fails("int a = foo();\nint b = bar() + a;\nString s = 3;\na + nope");
        assertCause("foo", 1, 4);
        for (String part : new String[] {"   2 | int b", "   3 | String s = 3", "   4 | a + nope", "variable nope"}) {
            assertTrue(error.contains(part), error);
        }
    }

    @Test
    void aMistakeInAMethodBesideAMistakeInAStatement() {
        fails("int first = nothing1;\nint twice(int x) { return nothing2 * x; }\ntwice(2)");
        assertCause("nothing1", 1, 2);
        assertTrue(error.contains("   2 | int twice"), error);
    }

    @Test
    void whatARightPartDeclaresIsNotMissing() {
        fails("int wrong = nothing3;\nimport java.time.Duration;\nint f(int x) { return x; }\n"
                + "record Pair(int a, int b) {}\nvar p = new Pair(f(1), 2);\np.a() + Duration.ZERO.getNano()");
        assertCause("nothing3", 1, 1);
    }

    @Test
    void redeclaringIsNoMistake() {
        fails("int twice1 = 1;\nint twice1 = 2;\nint twice2 = nothing4;\nint twice2 = 3;");
        assertCause("nothing4", 3, 1);
    }

    @Test
    void nothingAfterAMistakeRuns() {
        cells.run("int counter = 0;");
        fails("counter++;\nint x = nothing5;\ncounter++;");
        assertEquals(1, cells.run("counter"));
    }

    @Test
    void aMistakeOfSyntaxAfterOneOfNames() {
        fails("int x = nothing6;\nint y = ;\n");
        assertTrue(error.contains("nothing6") && error.contains("   2 | int y = ;"), error);
    }

    @Test
    void aSuperclassThatIsMissing() {
        fails("class Child extends Parent0 { }\nChild c = new Child();");
        assertCause("class Parent0", 1, 1);
    }

    @Test
    void aTypeThatIsMissingInAVariable() {
        fails("Tensor9 t = null;");
        assertCause("class Tensor9", 1, 1);
    }

    @Test
    void aTypeThatIsMissingInASignature() {
        fails("void use(Tensor8 t) { }\nuse(null);");
        assertTrue(error.contains("Tensor8"), error);
    }

    @Test
    void aPackageThatIsMissing() {
        fails("import org.nowhere.Thing;");
        assertTrue(error.contains("package org.nowhere does not exist"), error);
    }

    @Test
    void anExceptionWithItsPlaceInTheCell() {
        fails("int fine = 1;\n\nint bad(int x) {\n    return 1 / x;\n}\nbad(0);");
        assertTrue(error.contains("java.lang.ArithmeticException: / by zero"), error);
        assertTrue(error.contains(", line 4)"), error);
        assertTrue(error.contains(", line 6)"), error);
    }

    @Test
    void anExceptionWhoseMessageFails() {
        fails("throw new RuntimeException() { public String getMessage() { throw new IllegalStateException(); } };");
        assertTrue(error.contains("its message cannot be had: java.lang.IllegalStateException"), error);
    }

    @Test
    void anExceptionThatIsItsOwnCause() {
        fails(
                "var one = new RuntimeException(\"one\"); var two = new RuntimeException(\"two\", one); one.initCause(two);"
                        + " throw two;");
        assertTrue(error.contains("caused by"), error);
    }

    @Test
    void aNameThatTheKernelKeepsForItself() {
        fails("int $parsimony$value = 3;");
        assertTrue(error.contains("names that begin with"), error);
        error = "";
    }
}
