package org.parsimony.notebook.display;

import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.notebook.spi.MimeBundle;
import tech.tablesaw.api.Table;

/** A table with a picture of it below; as text the table alone. */
public final class FigureBelow {

    private FigureBelow() {}

    /** All rows of {@code table}, and {@code chart}. */
    public static MimeBundle of(Table table, Chart<?, ?> chart) {
        MimeBundle rows = new TableRenderer(Integer.MAX_VALUE).render(table);
        return MimeBundle.html(
                rows.data().get(MimeBundle.HTML) + "\n\n" + LiveFigure.of(chart),
                rows.data().get(MimeBundle.TEXT));
    }
}
