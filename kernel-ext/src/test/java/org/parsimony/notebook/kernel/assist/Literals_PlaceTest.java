package org.parsimony.notebook.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.spi.LiteralCompleter.Place;

/** An open string knows what it is an argument of. */
class Literals_PlaceTest {

    private static Place place(String text) {
        return Literals.place(text, MagicSyntax.openString(text));
    }

    @Test
    void ofACall() {
        assertEquals(new Place("Datasets.load", 0, "mn"), place("int a; Datasets.load(\"mn"));
        assertEquals(new Place("new File", 0, "/x"), place("var f = new File(\"/x"));
        assertEquals(new Place("a.b.c", 2, ""), place("a . b\n.c(f(1, 2), \"x, (\", \""));
        assertEquals(new Place("outer", 1, "z"), place("outer(inner(\"a\"), \"z"));
    }

    @Test
    void ofNone() {
        assertEquals(new Place("", 0, "abc"), place("String s = \"abc"));
        assertEquals(new Place("", 0, "x"), place("f(1); String[] a = {\"x"));
    }

    @Test
    void whatIsOpen() {
        assertEquals(-1, MagicSyntax.openString("f(\"a\""));
        assertEquals(-1, MagicSyntax.openString("// \"a"));
        assertEquals(-1, MagicSyntax.openString("char c = '\"';"));
        assertEquals(-1, MagicSyntax.openString("\"a\nint b"));
        assertEquals(0, MagicSyntax.openString("\"a\\\""));
        assertEquals(2, MagicSyntax.openString("f(\""));
        assertEquals(-1, MagicSyntax.openString("\"\"\"\n text"));
    }
}
