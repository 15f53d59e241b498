package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class Rows_TableTest {

    private record Item(String name, int count, double share) {}

    private static final List<Item> ITEMS = List.of(new Item("a", 3, 0.125), new Item("b", 0, Double.NaN));

    @Test
    void columnsStandInTheirOrderAndHoldACellForEachItem() {
        Table table = Rows.of(ITEMS)
                .numbered("number")
                .numbered("place", 0)
                .texts("name", Item::name)
                .ints("count", Item::count)
                .longs("squared", item -> (long) item.count() * item.count())
                .doubles("share", Item::share)
                .flags("any", item -> item.count() > 0)
                .table("items");
        assertEquals("items", table.name());
        assertEquals(List.of("number", "place", "name", "count", "squared", "share", "any"), table.columnNames());
        assertEquals("1 0 a 3 9 0.125 true", String.join(" ", cells(table, 0)));
        assertEquals("2 1 b 0 0  false", String.join(" ", cells(table, 1)));
    }

    @Test
    void whatIsMissingIsMissing() {
        Table table = Rows.of(ITEMS)
                .longs("count", item -> item.count() == 0 ? Rows.MISSING : item.count())
                .texts("text", item -> item.count() == 0 ? null : item.name())
                .doubles("rounded", 1, Item::share)
                .table("");
        for (int c = 0; c < table.columnCount(); c++) {
            assertTrue(
                    !table.column(c).isMissing(0) && table.column(c).isMissing(1),
                    table.column(c).name());
        }
        assertEquals(0.1, table.doubleColumn("rounded").get(0));
    }

    @Property(tries = 200)
    void numbersAreThoseOfTheItems(@ForAll @Size(max = 20) List<Double> values) {
        Table table = Rows.of(values).doubles("value", value -> value).table("");
        assertEquals(values.size(), table.rowCount());
        for (int i = 0; i < values.size(); i++) {
            assertEquals(values.get(i), table.doubleColumn(0).get(i));
        }
    }

    /** Of many items first and last are there, and others at equal distances between. */
    @Property(tries = 200)
    void fewRowsLieEvenly(@ForAll @IntRange(max = 1000) int count) {
        List<Integer> items = IntStream.range(0, count).boxed().toList();
        List<Integer> few = Rows.few(items)
                .ints("item", item -> item)
                .table("")
                .intColumn(0)
                .asList();
        if (count <= Rows.FEW) {
            assertEquals(items, few);
            return;
        }
        assertTrue(few.size() <= Rows.FEW && few.size() > Rows.FEW / 2, few::toString);
        int step = few.get(1);
        for (int i = 0; i < few.size() - 1; i++) {
            assertEquals(i * step, few.get(i));
        }
        assertEquals(count - 1, few.get(few.size() - 1));
        assertTrue(count - 1 - few.get(few.size() - 2) <= step, "no gap at the end");
    }

    private static List<String> cells(Table table, int row) {
        return table.columns().stream().map(column -> column.getString(row)).toList();
    }
}
