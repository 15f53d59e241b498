package org.parsimony.notebook.kernel.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Magics become calls, Java stays Java, and every line keeps its number. */
class MagicSyntax_TranslateTest {

    private static final MagicSyntax.Names NAMES = new MagicSyntax.Names() {
        @Override
        public boolean contains(String name) {
            return List.of("table", "jars", "time").contains(name);
        }

        @Override
        public String valueType(String name, List<String> arguments) {
            return name.equals("table") ? "java.lang.String" : null;
        }

        @Override
        public boolean showsValue(String name) {
            return name.equals("table");
        }

        @Override
        public boolean takesRawText(String name) {
            return name.equals("time");
        }

        @Override
        public int remember(String name, List<String> arguments) {
            CALLS.add(name + " " + arguments);
            return CALLS.size() - 1;
        }
    };

    private static final List<String> CALLS = new ArrayList<>();

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    private static String translate(String cell) {
        return MagicSyntax.translate(cell, NAMES).java();
    }

    @Test
    void aStatementOfItsOwnIsACall() {
        assertEquals("$parsimony$value(0);", translate("%table t --csv"));
        assertEquals("$parsimony$run(1);", translate("%jars 'a b.jar'"));
        assertEquals("int i = 1\n$parsimony$run(2);", translate("int i = 1\n%jars"));
        assertEquals(List.of("table [t, --csv]", "jars [a b.jar]", "jars []"), CALLS);
    }

    @Test
    void anAssignedMagicHasItsType() {
        assertEquals("var s = (java.lang.String) $parsimony$value(0);", translate("var s = %table t;"));
        assertEquals("List<String> l = $parsimony$value(1);", translate("List<String> l = %jars"));
    }

    @Test
    void rawTextKeepsItsQuotes() {
        assertEquals("$parsimony$run(0);", translate("%time f(\"a b\")"));
        assertEquals(List.of("time [f(\"a b\")]"), CALLS);
    }

    @Test
    void whatIsTranslatedStandsForWhatWasWritten() {
        CellText text = MagicSyntax.translate("int a;\nvar s = %table t;\nint b;", NAMES);
        int call = text.java().indexOf("$parsimony$");
        assertEquals(text.original().indexOf("%table"), text.originalStart(call));
        assertEquals(text.original().indexOf("\nint b"), text.originalEnd(call, call + 3));
        int after = text.java().indexOf("int b");
        assertEquals(text.original().indexOf("int b"), text.originalStart(after));
        assertEquals(3, text.line(after));
    }

    @Test
    void everyLineEndEndsALine() {
        assertEquals("int a = 1;\n$parsimony$run(0);\nint b;", translate("int a = 1;\r%jars\r\nint b;"));
        assertEquals(
                "int q = 1;", MagicSyntax.cellMagic("%%time\rint q = 1;", NAMES).body());
    }

    @Test
    void remaindersStringsAndCommentsStay() {
        for (String java : List.of(
                "int c = a\n  %b;",
                "int c = a %\n b;",
                "c %= 3;",
                "f()\n%other;",
                "String s = \"\"\"\n%table t\n\"\"\";",
                "/*\n%table t\n*/ int i;",
                "// x\nchar c = '\"'; // = %table",
                "String s = \"= %table \\\" = %table\";")) {
            assertEquals(java, translate(java));
        }
    }

    @Property
    void linesKeepTheirNumbers(@ForAll String cell) {
        assertEquals(
                cell.replace("\r\n", "\n")
                        .chars()
                        .filter(c -> c == '\n' || c == '\r')
                        .count(),
                translate(cell).chars().filter(c -> c == '\n').count());
    }

    @Test
    void aCellMagicHasNameWordsAndBody() {
        MagicSyntax.CellMagic magic = MagicSyntax.cellMagic("%%table --csv 'a b'\nline 1\nline 2\n", NAMES);
        assertEquals("table", magic.name());
        assertEquals(List.of("--csv", "a b"), magic.arguments());
        assertEquals("line 1\nline 2\n", magic.body());
        assertNull(MagicSyntax.cellMagic("%table t", NAMES));
    }

    @Test
    void wordsAreJoinedByQuotesAndBackslashes() {
        assertEquals(List.of("a", "b c", "d\"e", "", "C:\\data"), MagicSyntax.words("a 'b c' d\\\"e '' C:\\data"));
    }

    @Test
    void anExpressionInBracesIsOneWordAsItIsWritten() {
        assertEquals(List.of("net", "{out(\"f 1\")}"), MagicSyntax.words("net {out(\"f 1\")}"));
        assertEquals(List.of("--n={a + '}'}!", "b"), MagicSyntax.words("--n={a + '}'}! b"));
        assertEquals(List.of("{f(\"\\\"}\")}"), MagicSyntax.words("{f(\"\\\"}\")}"));
        assertEquals(List.of("{{a", "b}}"), MagicSyntax.words("{{a \"b}}\""), "a doubled brace is no expression");
        assertEquals(List.of("{a", "b c"), MagicSyntax.words("{a 'b c'"), "what is not closed is words");
        assertEquals(List.of("{a b}"), MagicSyntax.words("'{a b}'"));
    }
}
