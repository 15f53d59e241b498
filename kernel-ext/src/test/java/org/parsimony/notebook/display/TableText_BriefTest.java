package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableText_BriefTest {

    private final Table table = Table.create(
            "t",
            StringColumn.create("method", "CWS", "UQ"),
            IntColumn.create("seeds", 2, 2),
            IntColumn.create("nonzeros", 3, 4));

    @Test
    void whatIsTheSameInAllRowsIsSaidOnce() {
        Table varying = table.copy().removeColumns("seeds");
        assertEquals("In every row: seeds 2.\n\n" + TableText.markdown(varying), TableText.brief(table));
    }

    @Test
    void oneRowStaysWhole() {
        Table row = table.first(1);
        assertEquals(TableText.markdown(row), TableText.brief(row));
    }
}
