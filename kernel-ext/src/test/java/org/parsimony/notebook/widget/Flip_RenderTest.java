package org.parsimony.notebook.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.spi.MimeBundle;

/** A flip is a page by itself: every value is in it, one stop is pressed, and no script moves it. */
class Flip_RenderTest {

    private final FlipRenderer renderer = new FlipRenderer(new FakeNotebook());

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void everyValueHasAStopAndTheFirstIsPressed() {
        Flip flip = Flip.of("ratio", List.of(0.5, 0.7, 0.9), ratio -> "value at " + ratio);
        MimeBundle shown = renderer.render(flip);
        String html = shown.data().get(MimeBundle.HTML);
        assertEquals(3, count(html, "type=\"radio\""));
        assertEquals(1, count(html, " checked>"));
        for (Object value : flip.values()) {
            assertEquals(1, count(html, value.toString()), "the page holds " + value);
        }
        assertFalse(html.contains("<script"), "it moves without a script");
        assertEquals("ratio: 0.5, 0.7, 0.9", shown.data().get(MimeBundle.TEXT));
    }

    @Test
    void twoOfThemOnOnePageDoNotMoveEachOther() {
        Flip flip = Flip.of("k", List.of(2, 4), k -> k);
        String one = renderer.render(flip).data().get(MimeBundle.HTML);
        String other = renderer.render(flip).data().get(MimeBundle.HTML);
        String name = one.replaceAll("(?s).*?name=\"([^\"]+)\".*", "$1");
        assertFalse(other.contains(name), "each has a name of its own");
    }

    @Test
    void wordsAreWordsAndNoMarkup() {
        Flip flip = new Flip("a < b", List.of("\"x\" & <y>"), List.of("<b>"));
        String html = renderer.render(flip).data().get(MimeBundle.HTML);
        assertTrue(html.contains("a &lt; b") && html.contains("&quot;x&quot; &amp; &lt;y&gt;"), html);
        assertTrue(html.contains("<pre>&lt;b&gt;</pre>"), html);
    }

    @Test
    void asManyLabelsAsValues() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Flip("k", List.of("2"), List.of()));
        assertEquals("flip has 1 labels and 0 values, but must have as many of both and at least one", e.getMessage());
    }
}
