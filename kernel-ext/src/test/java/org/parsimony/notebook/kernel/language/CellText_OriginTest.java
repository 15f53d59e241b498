package org.parsimony.notebook.kernel.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Whatever replaces whatever, each character of the Java knows where it came from. */
class CellText_OriginTest {

    @Property
    void whatWasNotReplacedIsItself(
            @ForAll @AlphaChars @StringLength(min = 1, max = 30) String cell,
            @ForAll @Size(max = 6) List<@IntRange(max = 60) Integer> places) {
        CellText text = CellText.of(cell);
        for (int i = 0; i + 1 < places.size(); i += 2) {
            int start = Math.min(places.get(i), text.java().length());
            int end = Math.min(start + places.get(i + 1) % 4, text.java().length());
            text = text.with(start, end, "#".repeat(places.get(i) % 5));
        }
        int last = 0;
        for (int i = 0; i < text.java().length(); i++) {
            int start = text.originalStart(i);
            int end = text.originalEnd(i, i + 1);
            assertTrue(start >= last && end >= start && end <= cell.length(), "monotone and inside");
            last = start;
            if (text.java().charAt(i) != '#') {
                assertEquals(cell.charAt(start), text.java().charAt(i));
                assertEquals(start + 1, end);
            }
        }
    }

    @Test
    void aReplacementStandsForAllThatItReplaced() {
        CellText text = CellText.of("a;\n%magic x y\nb;").with(3, 13, "call(0);");
        assertEquals("a;\ncall(0);\nb;", text.java());
        for (int i = 3; i < 11; i++) {
            assertEquals(3, text.originalStart(i));
            assertEquals(13, text.originalEnd(i, i + 1));
        }
        assertEquals(3, text.line(12));
        assertEquals("a;\n        \nb;", text.blanked(3, 11).java());
    }
}
