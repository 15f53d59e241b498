package org.parsimony.notebook.kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Java allows in a file, a cell allows, in any order. */
class JavaShell_DeclarationTest {

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
    void compactConstructor() {
        assertEquals(
                true,
                cells.run("record Point(int x, int y) { Point { if (x < 0) throw new "
                        + "IllegalArgumentException(\"x\"); } }\nnew Point(1, 2).x() == 1"));
    }

    @Test
    void canonicalConstructorWithAnAnnotationAndANestedRecord() {
        assertEquals(
                "Ratio[value=0.5]",
                cells.run("record Ratio(double value) {\n"
                        + "    // Ratio { is no constructor\n"
                        + "    static final String WORD = \"Ratio {\";\n"
                        + "    @Deprecated Ratio(double value) { this.value = value; }\n"
                        + "    Ratio() { this(0.5); }\n"
                        + "    record Inner(int i) { Inner { } }\n"
                        + "    Ratio half() { return new Ratio(value / 2); }\n"
                        + "}\nnew Ratio().toString()"));
    }

    @Test
    void protectedConstructorOfARecord() {
        assertEquals(3, cells.run("record Kept(int x) { protected Kept { } }\nnew Kept(3).x()"));
    }

    @Test
    void genericRecordWithACompactConstructor() {
        assertEquals(
                "b",
                cells.run("record Two<A, B extends Comparable<B>>(A a, B b) { Two { Objects.requireNonNull(a); } }\n"
                        + "new Two<>(1, \"b\").b()"));
    }

    /** Reported as kawasima/jetshell#17: a sealed type and its subtypes are one file to the user. */
    @Test
    void sealedHierarchyWithoutPermits() {
        assertEquals(
                4.0,
                cells.run(
                        "sealed interface Shape {}\n"
                                + "record Circle(double r) implements Shape {}\n"
                                + "record Square(double a) implements Shape { Square { } }\n"
                                + "double area(Shape s) { return s instanceof Square q ? q.a() * q.a() : 0; }\narea(new Square(2))"));
    }

    @Test
    void sealedClassWithAFinalAndAnAbstractSubclass() {
        assertEquals(
                "leaf",
                cells.run("abstract sealed class Tree { abstract String name(); }\n"
                        + "final class Leaf extends Tree { String name() { return \"leaf\"; } }\n"
                        + "abstract sealed class Branch extends Tree { }\n"
                        + "final class Twig extends Branch { String name() { return \"twig\"; } }\nnew Leaf().name()"));
    }

    /** JDK-8273257: a leaf that is not sealed. */
    @Test
    void sealedHierarchyWithALeafThatIsNotSealed() {
        assertEquals(
                1,
                cells.run(
                        "sealed interface Open permits Free {}\nnon-sealed class Free implements Open { int one = 1; }\n"
                                + "new Free().one"));
    }

    @Test
    void sealedInterfaceWhoseSubtypesStandInIt() {
        assertEquals("A[]", cells.run("sealed interface Own { record A() implements Own {} }\nnew Own.A().toString()"));
    }

    @Test
    void classesThatNeedEachOther() {
        assertEquals(
                true,
                cells.run("class Maker { Made make() { return new Made(); } }\nclass Made extends Maker {}\n"
                        + "new Maker().make() instanceof Maker"));
        assertEquals(
                "n",
                cells.run(
                        "interface Visitor { String visit(Node n); }\n"
                                + "class Node { String accept(Visitor v) { return v.visit(this); } }\nnew Node().accept(n -> \"n\")"));
    }

    @Test
    void methodsThatNeedEachOther() {
        assertEquals(
                true,
                cells.run("boolean even(int n) { return n == 0 || odd(n - 1); }\n"
                        + "boolean odd(int n) { return n != 0 && even(n - 1); }\neven(10)"));
    }

    @Test
    void aClassAndAMethodThatNeedEachOther() {
        assertEquals(
                1,
                cells.run("enum Op { ADD { int apply() { return rank(Op.ADD) + 1; } }; abstract int apply(); }\n"
                        + "int rank(Op op) { return op.ordinal(); }\nOp.ADD.apply()"));
        assertEquals(
                2,
                cells.run("class Ring { int size() { return measure(2); } }\n"
                        + "int measure(int n) { return new Ring() == null ? 0 : n; }\nnew Ring().size()"));
    }

    @Test
    void aPackageLineIsLeftOutWithAWord() {
        assertEquals(3, cells.run("// a file\npackage org.example;\nint z = 3;\nz"));
        assertTrue(cells.told().contains("package line was left out"), cells.told());
    }

    @Test
    void anyKindOfLineEnd() {
        assertEquals(3, cells.run("int one = 1;\r// a comment\rint two = 2;\r\none + two"));
    }

    @Test
    void namesThatGeneratedCodeMightUse() {
        assertEquals(5, cells.run("int java = 5; int org = 1; int jdk = 2; int REPL = 3; String lang = \"\"; java"));
        assertEquals("List[n=1]", cells.run("record List(int n) {}\nnew List(1).toString()"));
    }
}
