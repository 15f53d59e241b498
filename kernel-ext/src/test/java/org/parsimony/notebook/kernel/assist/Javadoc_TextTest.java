package org.parsimony.notebook.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A comment reads well as text and as HTML. */
class Javadoc_TextTest {

    private static final String COMMENT =
            " Keeps {@code a < b} of {@link Model#weights() the weights} &amp; more.\n\n <p>See {@link java.util.List}.\n\n"
                    + " @param ratio share, above 0\n     and below 1\n @return the {@literal <net>}\n @throws IllegalStateException if not\n @see Other\n";

    @Test
    void asText() {
        assertEquals(
                "Keeps a < b of the weights & more.\n\n\nSee java.util.List.\n  ratio: share, above 0\nand below 1\n"
                        + "  returns the <net>\n  IllegalStateException: if not",
                Javadoc.text(COMMENT));
    }

    @Test
    void asHtml() {
        assertEquals(
                "<dl><dt><code>ratio</code></dt><dd>share, above 0\n     and below 1</dd><dt>returns</dt><dd>the"
                        + " <code>&lt;net&gt;</code></dd><dt><code>IllegalStateException</code></dt><dd>if not</dd></dl>",
                Javadoc.html(COMMENT).substring(Javadoc.html(COMMENT).indexOf("<dl>")));
    }

    @Test
    void signaturesAsTheyWereWritten() {
        assertEquals(
                "Options Options.ratio(double ratio)",
                Documentation.named(
                        Documentation.plainSignature("Options Options(double ratio, int k).ratio(double other)")));
        assertEquals("Options(int k)", Documentation.plainSignature("Options(int k)(int k)"));
        assertEquals("int Math.abs(int a)", Documentation.named(Documentation.plainSignature("int Math.abs(int a)")));
    }
}
