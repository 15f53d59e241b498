package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.spi.MimeBundle;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableRenderer_FormsTest {

    @Test
    void nothingInATableIsMarkup() {
        Table table = Table.create("<script>1</script>", StringColumn.create("<b>\"'", "<img onerror=x>&amp;"));
        String html = html(new TableRenderer(), table);
        assertFalse(html.contains("<script") || html.contains("<b>") || html.contains("<img"), html);
        assertTrue(html.contains("<td>&lt;img onerror=x&gt;&amp;amp;</td>"), html);
        assertTrue(html.contains("&lt;b&gt;&quot;&#39;</th>"), html);
    }

    @Test
    void aLongTableShowsItsEndsAndCountsTheRest() {
        Table table = Table.create("", IntColumn.indexColumn("i", 100, 0));
        String text = new TableRenderer(8).render(table).data().get(MimeBundle.TEXT);
        assertEquals(" i\n──\n 0\n 1\n 2\n 3\n 4\n 5\n⋮\n98\n99\n… 92 more rows × 1 columns", text);
        assertEquals(8, html(new TableRenderer(8), table).split("<tr><td", -1).length - 1);
        assertFalse(html(new TableRenderer(100), table).contains("more rows"));
        assertThrows(IllegalArgumentException.class, () -> new TableRenderer(0));
    }

    @Test
    void aTableWithoutRowsOrColumnsIsShown() {
        assertTrue(html(new TableRenderer(), Table.create("empty")).contains("empty"));
        assertTrue(html(new TableRenderer(), Table.create("none", StringColumn.create("column")))
                .contains("column"));
    }

    @Test
    void missingValuesAreDashes() {
        Table table = Table.create(
                "", StringColumn.create("s", Arrays.asList("a", null)), DoubleColumn.create("d", Double.NaN, 1.5));
        assertEquals(
                "s    d\n─  ───\na    –\n–  1.5",
                new TableRenderer().render(table).data().get(MimeBundle.TEXT));
    }

    @Test
    void numbersOfAColumnStandPointBelowPoint() {
        assertEquals(List.of("0.971", "0.980", "1.000"), written(0.971, 0.98, 1));
        assertEquals(List.of("55.00", "184.35", "0.01", "0.12"), written(55, 184.35, 0.01, 0.12));
        assertEquals(List.of("1,367,263", "12", "1.37"), written(1_367_263.37, 12.33, 1.37));
        assertEquals(List.of("123.456", "1e-7"), written(123.456, 1e-7));
        assertEquals(List.of("0", "2"), written(-0.0, 2));
        assertEquals(
                List.of("–", "∞", "-∞", "1"),
                written(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1));
    }

    private static List<String> written(double... values) {
        Digits digits = Digits.of(values);
        return Arrays.stream(values).mapToObj(digits::write).toList();
    }

    private static String html(TableRenderer renderer, Table table) {
        String html = renderer.render(table).data().get(MimeBundle.HTML);
        return html.substring(html.indexOf("</style>"));
    }
}
