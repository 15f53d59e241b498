package org.parsimony.notebook.kernel.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Magics become calls, Java stays Java, and every line keeps its number. */
class MagicSyntax_TranslateTest {

    private static final MagicSyntax.Names NAMES = new MagicSyntax.Names() {
        @Override
        public boolean contains(String name) {
            return List.of("table", "jars", "time").contains(name);
        }

        @Override
        public String valueType(String name) {
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
    };

    private static String translate(String cell) {
        return MagicSyntax.translate(cell, NAMES);
    }

    @Test
    void aStatementOfItsOwnIsACall() {
        assertEquals("lineMagic(\"table\", java.util.List.of(\"t\", \"--csv\"));", translate("%table t --csv"));
        assertEquals("runMagic(\"jars\", java.util.List.of(\"a b.jar\"));", translate("%jars 'a b.jar'"));
        assertEquals("int i = 1\nrunMagic(\"jars\", java.util.List.of());", translate("int i = 1\n%jars"));
    }

    @Test
    void anAssignedMagicHasItsType() {
        assertEquals(
                "var s = (java.lang.String) lineMagic(\"table\", java.util.List.of(\"t\"));",
                translate("var s = %table t;"));
        assertEquals("List<String> l = lineMagic(\"jars\", java.util.List.of());", translate("List<String> l = %jars"));
    }

    @Test
    void rawTextKeepsItsQuotes() {
        assertEquals(
                "lineMagic(\"time\", java.util.List.of(\"f(\\\"a b\\\")\"));".replace("line", "run"),
                translate("%time f(\"a b\")"));
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
                cell.chars().filter(c -> c == '\n').count(),
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
}
