package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.parsimony.notebook.spi.MimeBundle;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableRenderer_RenderTest {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern KNOWN = Pattern.compile(
            "</?(style|div|table|caption|thead|tbody|tr|th|td|p)( (class|align|title|colspan)=\"[^\"<>]*\"| nowrap"
                    + "| style=\"min-width:\\d+em\")*>");

    @Property(tries = 200)
    void noValueBecomesMarkup(
            @ForAll @CharRange(from = ' ', to = '~') @NotEmpty String header,
            @ForAll String name,
            @ForAll String value) {
        String html =
                html(Table.create(name, StringColumn.create(header, value, value + "<script>alert('1')</script>")));
        var tags = TAG.matcher(html);
        while (tags.find()) {
            assertTrue(KNOWN.matcher(tags.group()).matches(), tags.group());
        }
        assertFalse(TAG.matcher(html).replaceAll("").contains("<"), html);
    }

    @Property(tries = 60)
    void everyRowIsShownOrCounted(
            @ForAll @IntRange(max = 300) int rows, @ForAll @IntRange(min = 1, max = 60) int most) {
        Table table =
                Table.create("t", IntColumn.create("n", IntStream.range(0, rows).toArray()));
        MimeBundle bundle = new TableRenderer(most).render(table);
        String html = bundle.data().get(MimeBundle.HTML);
        int shown = html.split("<td align=\"right\">", -1).length - 1;
        assertEquals(Math.min(rows, most), shown);
        String rest = String.format("… %,d more rows × 1 columns", rows - shown);
        assertEquals(rows > most, html.contains(rest));
        assertEquals(rows > most, bundle.data().get(MimeBundle.TEXT).contains(rest));
        assertEquals(rows > most, html.contains("⋮"));
    }

    @Property(tries = 100)
    void everyLineOfTheTextHasItsColumnsBelowEachOther(
            @ForAll @NotEmpty List<@CharRange(from = ' ', to = 'z') String> words) {
        Table table = Table.create(
                "",
                StringColumn.create("word", words),
                IntColumn.create("n", IntStream.range(0, words.size()).toArray()));
        List<String> lines = new TableRenderer(1000)
                .render(table)
                .data()
                .get(MimeBundle.TEXT)
                .lines()
                .toList();
        assertEquals(words.size() + 2, lines.size());
        assertEquals(1, lines.stream().map(String::length).distinct().count(), () -> String.join("\n", lines));
    }

    @Test
    void theFirstAndTheLastRowsOfALongTableAreShown() {
        Table table = Table.create(
                "t", IntColumn.create("n", IntStream.range(1000, 1100).toArray()));
        String text = new TableRenderer(8).render(table).data().get(MimeBundle.TEXT);
        assertEquals(
                List.of("t", "   n", "────", "1000", "1001", "1002", "1003", "1004", "1005", "⋮", "1098", "1099"),
                text.lines().limit(12).toList());
    }

    @Test
    void whatIsMissingIsADashAndCounted() {
        Table table = Table.create("t", DoubleColumn.create("x", 0.5, Double.NaN), StringColumn.create("s", "a", ""));
        String html = html(table);
        assertTrue(html.contains("<td align=\"right\">–</td><td nowrap>–</td>"), html);
        assertTrue(html.contains("title=\"double, 1 missing\""), html);
    }

    @Test
    void aLineBreakInAValueDoesNotBreakTheRow() {
        Table table = Table.create("", StringColumn.create("s", "a\nb\tc"));
        assertEquals(
                3,
                new TableRenderer()
                        .render(table)
                        .data()
                        .get(MimeBundle.TEXT)
                        .lines()
                        .count());
    }

    @Test
    void anEmptyAndAWideTableAreShown() {
        assertTrue(html(Table.create("empty")).contains("empty"));
        Table wide = Table.create("wide");
        IntStream.range(0, 785).forEach(i -> wide.addColumns(IntColumn.create("pixel " + i, new int[] {i})));
        assertTrue(html(wide).contains("… 725 more columns"));
    }

    @Test
    void fewerThanOneRowIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new TableRenderer(0))
                .getMessage();
        assertEquals("rows is 0, but must be at least 1", message);
    }

    private static String html(Table table) {
        return new TableRenderer().render(table).data().get(MimeBundle.HTML);
    }
}
