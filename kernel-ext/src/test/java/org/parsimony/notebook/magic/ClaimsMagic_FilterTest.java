package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.display.ClaimRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.report.ClaimReport;

class ClaimsMagic_FilterTest {

    private static ClaimReport call(String... arguments) throws Exception {
        return assertInstanceOf(ClaimReport.class, new ClaimsMagic(new FakeNotebook()).run(List.of(arguments), null));
    }

    @Test
    void aFilterLeavesTheClaimsThatItNames() throws Exception {
        ClaimReport all = call("sham");
        assertEquals(370, all.judged().size());
        ClaimReport some = call("sham", "--dataset", "mnist", "--network", "lenet5", "--kind", "occupancy");
        assertEquals(48, some.judged().size());
        assertEquals(48, some.listed().rowCount(), "with a filter every claim is listed");
        assertEquals(
                0,
                call("sham", "--verdict", "weak", "--dataset", "nothing")
                        .judged()
                        .size());
        String said = assertThrows(IllegalArgumentException.class, () -> call("sham", "--verdict", "good"))
                .getMessage();
        assertTrue(said.contains("must be weak or one of [reproduced, no worse, not reproduced"), said);
    }

    /** The summary stands first, each claim's statement and cause below its row, and nothing is wider than a screen. */
    @Test
    void asTextNothingIsCutOff() throws Exception {
        ClaimReport report = call("optinet", "--kind", "accuracy");
        String text = new ClaimRenderer().render(report).data().get(MimeBundle.TEXT);
        assertTrue(text.matches("(?s)optinet, accuracy: \\d+ claims?: .*"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 130), text);
        int statement = text.indexOf("    The optimised network is as accurate as the dense baseline or better");
        assertTrue(statement > text.indexOf("≥ that of control"), text);
        String html = new ClaimRenderer().render(report).data().get(MimeBundle.HTML);
        assertTrue(html.indexOf("borne out, but weak") < html.indexOf("that of control"), html);
        assertTrue(html.contains("The optimised network is as accurate"), html);
    }
}
