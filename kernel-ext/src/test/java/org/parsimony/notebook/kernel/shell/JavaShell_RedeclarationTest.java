package org.parsimony.notebook.kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is declared again changes what depends on it, and the cell that does it says what was lost; nothing is lost in silence. */
class JavaShell_RedeclarationTest {

    private static Cells cells;

    @BeforeAll
    static void start() {
        cells = new Cells();
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    @Test
    void variablesOfAClassThatChangedAreNamed() {
        cells.run("class Acc { int n = 1; int get() { return n; } }\nvar acc = new Acc();\n"
                + "var accs = new ArrayList<Acc>(List.of(acc));\nacc.get()");
        cells.run("class Acc { int n = 1; int get() { return n + 1; } }");
        assertEquals("acc, accs were reset: class Acc changed\n", cells.told());
        assertNull(cells.run("acc"));
        assertNull(cells.run("accs"));
        assertEquals(2, cells.run("acc = new Acc(); acc.get()"));
    }

    @Test
    void variablesOfOtherTypesKeepTheirValue() {
        cells.run("class Net { int width = 7; }\nint width = new Net().width;\n"
                + "List<String> names = new ArrayList<>(List.of(new Net().toString().substring(0, 0) + \"a\"));");
        cells.run("class Net { int width = 8; }");
        assertEquals("", cells.told());
        assertEquals(7, cells.run("width"));
        assertEquals(List.of("a"), cells.run("names"));
    }

    @Test
    void variablesOfAClassThatDependsOnTheChangedOneAreNamed() {
        cells.run("class Base { }\nclass Derived extends Base { }\nvar derived = new Derived();");
        cells.run("class Base { int more = 1; }");
        assertTrue(cells.told().contains("derived was reset: classes Base, Derived changed"), cells.told());
        assertEquals(1, cells.run("new Derived().more"));
    }

    @Test
    void theSameClassAgainChangesNothing() {
        String cell = "class Same { int n = 1; }\nint helper(int x) { return x; }";
        cells.run(cell);
        cells.run("var same = new Same(); IntUnaryOperator f = x -> helper(x); same.n = 5;");
        cells.run(cell);
        assertEquals("", cells.told());
        assertEquals(5, cells.run("same.n"));
    }

    @Test
    void theSameClassAgainKeepsItsStaticState() {
        String cell = "class Counter { static int n = 0; }";
        cells.run(cell);
        cells.run("Counter.n = 5;");
        cells.run(cell);
        assertEquals(5, cells.run("Counter.n"));
    }

    @Test
    void aLambdaSeesAVariableThatGetsANewValue() {
        cells.run("int factor = 1;\nIntUnaryOperator f = x -> x * factor;\nf.applyAsInt(10)");
        assertEquals(20, cells.run("int factor = 2;\nf.applyAsInt(10)"));
        cells.run("var list = new ArrayList<Integer>(List.of(1));\nSupplier<Integer> size = () -> list.size();");
        assertEquals(3, cells.run("var list = new ArrayList<Integer>(List.of(1, 2, 3));\nsize.get()"));
    }

    @Test
    void aLambdaThatKeepsAnOldVariableIsTold() {
        cells.run("int scale = 1;\nIntUnaryOperator g = x -> x * scale;");
        cells.run("double scale = 2;");
        assertEquals("g keeps the old scale until the cell that made it runs again\n", cells.told());
    }

    @Test
    void aLambdaThatKeepsAnOldMethodOrClassIsTold() {
        cells.run("int square(int x) { return x * x; }\nIntUnaryOperator h = x -> square(x);");
        cells.run("int square(int x) { return x * x + 1; }");
        assertEquals("h keeps the old square until the cell that made it runs again\n", cells.told());
        cells.run("class Unit { }\nSupplier<Object> make = () -> new Unit();");
        cells.run("class Unit { int n; }");
        assertTrue(cells.told().contains("make keeps the old Unit"), cells.told());
    }

    @Test
    void aMethodSeesAMethodThatChanged() {
        cells.run("int inner(int x) { return x; }\nint outer(int x) { return inner(x) + 1; }");
        cells.run("int inner(int x) { return 10 * x; }");
        assertEquals("", cells.told());
        assertEquals(21, cells.run("outer(2)"));
    }

    /** dflib/jjava#53: what was derived from a variable was null after the variable had been declared again. */
    @Test
    void aDerivedVariableKeepsItsValue() {
        cells.run("String dt = \"first\";\nvar dt1 = dt.substring(2);");
        cells.run("String dt = \"override\";");
        assertEquals("rst", cells.run("dt1"));
        cells.run("int dt = 3;");
        assertEquals("rst", cells.run("dt1"));
    }

    /** dflib/jjava#119: an import in a later cell made earlier variables null. */
    @Test
    void anImportInALaterCellLeavesVariablesAlone() {
        cells.run("import java.util.concurrent.*;");
        cells.run("var queue = new LinkedBlockingQueue<String>(List.of(\"a\"));");
        cells.run("import java.util.concurrent.atomic.*;\nimport java.time.*;\nimport java.awt.*;");
        assertEquals(1, cells.run("queue.size()"));
    }

    @Test
    void aNewValueThatFailsLeavesTheOldOne() {
        cells.run("int safe = 1;");
        assertTrue(cells.error("int safe = 1 / 0;").contains("ArithmeticException"));
        assertEquals(1, cells.run("safe"));
    }

    @Test
    void arraysAndVariablesWithoutAValueAreDeclaredAnew() {
        cells.run("int[] a = {1, 2}; int b = 5;");
        assertEquals(3, cells.run("int[] a = {1, 2, 3};\na.length"));
        assertEquals(0, cells.run("int b;\nb"));
    }

    @Test
    void anotherTypeReplacesTheVariable() {
        cells.run("var x = 1;");
        assertEquals("one", cells.run("var x = \"one\";\nx"));
        assertEquals(2.0, cells.run("double x = 2;\nx"));
    }

    @Test
    void aRedeclaredVariableShowsNothing() {
        cells.run("int shown = 1;");
        assertNull(cells.run("int shown = 2;"));
        assertEquals(2, cells.run("shown"));
    }
}
