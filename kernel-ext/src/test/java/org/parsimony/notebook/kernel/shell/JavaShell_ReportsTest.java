package org.parsimony.notebook.kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cells that other kernels were publicly reported to get wrong. Java's: IJava #70, #109, #128; beakerx #2170, #3761, #3762,
 * #4444, #5427, #5951, #6431, #7999, #8187; openjdk/jdk #11251 (JDK-8294583), #17223 (JDK-8322003). Kotlin's:
 * kotlin-jupyter #4, #44, #360, #362. Scala's: almond #120, #784; polynote #14, #172, #386. Others': gophernotes #40; ng
 * #197; ijavascript #107; jkernel #10; modular #119.
 */
class JavaShell_ReportsTest {

    private static Cells cells;

    @BeforeAll
    static void start() {
        cells = new Cells();
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    static List<Arguments> situations() {
        return List.of(
                Arguments.of("IJava #109: a name twice in one cell", "int x = 2;\nint x = 3;\nx", 3),
                Arguments.of(
                        "beakerx #6431: a value over several lines",
                        "new StringBuilder()\n    .append(\"a\")\n    // a remark\n    .append(1)\n    .toString()",
                        "a1"),
                Arguments.of(
                        "kotlin-jupyter #44: names that differ in their case",
                        "int stack(int... t) { return t.length; }\nint X = 1;\nint x = stack(1, X);\nX + x",
                        3),
                Arguments.of("kotlin-jupyter #4: a cell again", "int hello = 1; hello ---- int hello = 1; hello", 1),
                Arguments.of(
                        "kotlin-jupyter #360: a constant", "final int a = 1; ---- int b() { return a; } ---- b()", 1),
                Arguments.of(
                        "kotlin-jupyter #362: a constant in a loop",
                        "final int PARTS = 10; ---- double mean(List<Integer> l) { double s = 0;\n"
                                + "for (int i = 0; i < PARTS; i++) s += l.size(); return s / PARTS; } ---- mean(List.of(1, 2))",
                        2.0),
                Arguments.of(
                        "beakerx #4444: an import of an earlier cell",
                        "import java.time.Duration;\nString greeting = \"hello\"; ---- Duration.ZERO + greeting",
                        "PT0Shello"),
                Arguments.of("beakerx #8187: a variable of an earlier cell", "int myInt = 343; ---- myInt", 343),
                Arguments.of(
                        "beakerx #3761: an interface",
                        "interface Area { double of(double r); } ---- Area area = r -> r * r; ---- area.of(2)",
                        4.0),
                Arguments.of(
                        "beakerx #7999: annotations",
                        "@FunctionalInterface\ninterface One { int get(); }\n\n@Deprecated\n@SuppressWarnings(\"x\")\n"
                                + "class Old { int n = 3; } ---- One one = () -> new Old().n; one.get()",
                        3),
                Arguments.of(
                        "beakerx #3762: static imports", "import static java.lang.Math.*; ---- max(1, abs(-5))", 5),
                Arguments.of(
                        "beakerx #5951: nothing but an import", "import java.util.concurrent.ConcurrentMap;", null),
                Arguments.of(
                        "gophernotes #40, ng #197, ijavascript #107: declarations again",
                        "var data = \"a\";\nrecord Held(String a) {}\nvar held = new Held(data); ---- "
                                + "var data = \"a\";\nrecord Held(String a) {}\nvar held = new Held(data); ---- held.a()",
                        "a"),
                Arguments.of(
                        "polynote #386: a superclass that the cell imports",
                        "import java.util.concurrent.RecursiveTask;\nclass Sum extends RecursiveTask<Integer> {\n"
                                + "    protected Integer compute() { return 7; }\n} ---- new Sum().invoke()",
                        7),
                Arguments.of("polynote #14: a variable that changes", "var v = 1; ---- v = v + 1; ---- v += 2; v", 4),
                Arguments.of(
                        "polynote #172: names that kernels use",
                        "int Out = 1; int In = 2; int _0 = 3;\nOut + In + _0",
                        6),
                Arguments.of(
                        "almond #120: generic types of two cells",
                        "record State<S>(Function<S, S> run) {} ---- record Gen<A>(State<A> sample) {} ---- "
                                + "new Gen<>(new State<Integer>(a -> a + 1)).sample().run().apply(2)",
                        3),
                Arguments.of(
                        "almond #784: a record and its text",
                        "record ATest(double num, String str) {}\nvar oops = new ATest(1.0, \"simon\"); ---- oops.toString()",
                        "ATest[num=1.0, str=simon]"),
                Arguments.of(
                        "openjdk/jdk #17223: a list of a type without a name",
                        "var mixed = List.of(\"\", 0); ---- mixed.get(1)",
                        0),
                Arguments.of(
                        "openjdk/jdk #17223: the value of a conditional without a name",
                        "var either = mixed.isEmpty() ? 1 : \"one\"; ---- either",
                        "one"),
                Arguments.of("modular #119: a variable from itself", "int s = 13; ---- s = s / 5; s", 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void theLastCellHasItsValue(String report, String parts, Object value) {
        Object last = null;
        for (String cell : parts.split(" ---- ")) {
            last = cells.run(cell);
        }
        assertEquals(value, last);
    }

    static List<Arguments> failures() {
        return List.of(
                Arguments.of("beakerx #5427: a name that is missing", "int y = nowhere;", "variable nowhere"),
                Arguments.of(
                        "openjdk/jdk #11251: a type that is missing in a switch",
                        "int r = switch (3) { case Missing5.ONE -> 1; default -> 2; };",
                        "Missing5"),
                Arguments.of(
                        "openjdk/jdk #11251: and in a pattern",
                        "Object any = 1;\nif (any instanceof Missing6 m) { }",
                        "class Missing6"),
                Arguments.of(
                        "beakerx #2170: more memory than there is",
                        "var all = new ArrayList<long[]>();\nwhile (true) { all.add(new long[Integer.MAX_VALUE]); }",
                        "OutOfMemoryError"),
                Arguments.of(
                        "IJava #128: a command of the tool jshell",
                        "/list",
                        "/list is a command of the program jshell"),
                Arguments.of("IJava #70: another", "/vars -all", "/vars is a command of the program jshell"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void theErrorSaysWhatIsWrongAndTheNextCellRuns(String report, String cell, String said) {
        String error = cells.error(cell);
        assertTrue(error.contains(said), error);
        assertFalse(error.contains("REPL") || error.contains("CompilationException"), error);
        assertEquals(2, cells.run("1 + 1"));
    }

    /** jkernel #10: what is wrong must neither run in the place of what was right nor hide behind it. */
    @Test
    void aDefinitionThatFailsIsToldAndLeavesTheEarlierOne() {
        cells.run("int grown(int x) { return x + 1; }");
        assertTrue(cells.error("int grown(int x) { return x + ; }").contains("illegal start of expression"));
        assertEquals(2, cells.run("grown(1)"));
    }

    /** What a cell is worth is the front end's; the kernel must not hold it for ever. */
    @Test
    void theValueOfAnExpressionIsNotKept() throws InterruptedException {
        WeakReference<Object> value = new WeakReference<>(cells.run("new int[1000]"));
        WeakReference<Object> made =
                new WeakReference<>(cells.run("int[] kept = {1, 2}; IntStream.of(kept).boxed().toList()"));
        for (int i = 0; i < 50 && (value.get() != null || made.get() != null); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(value.get() == null && made.get() == null);
        assertEquals(2, cells.run("kept[1]"));
    }

    /** A remark that begins like a command is Java. */
    @Test
    void aRemarkIsNoCommand() {
        assertEquals(3, cells.run("/* /list */ 3"));
        assertEquals(4, cells.run("// /vars\n4"));
        assertEquals(2, cells.run("int a1 = 4, list = 2; a1\n/list"));
    }
}
