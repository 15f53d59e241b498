package org.parsimony.report;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * A part of a report as it is read: a heading, and below it sentences, tables, figures and texts in the order in which they were
 * added.
 */
public final class Chapter {

    private final String heading;
    private final List<Item> items = new ArrayList<>();

    Chapter(String heading) {
        this.heading = heading;
    }

    /** Something below the heading. */
    public sealed interface Item {}

    /** A sentence or some. */
    public record Words(String text) implements Item {}

    /** A table. */
    public record Rows(Table table) implements Item {}

    /**
     * A figure.
     *
     * @param caption what it shows
     */
    public record Picture(Chart<?, ?> chart, String caption) implements Item {}

    /**
     * Text to be copied, folded away.
     *
     * @param title of what is folded away
     */
    public record Source(String title, String text) implements Item {}

    Chapter words(String text) {
        if (!text.isBlank()) {
            items.add(new Words(text));
        }
        return this;
    }

    Chapter table(Table table) {
        if (!table.isEmpty()) {
            items.add(new Rows(table));
        }
        return this;
    }

    Chapter figure(Chart<?, ?> chart, String caption) {
        items.add(new Picture(chart, caption));
        return this;
    }

    Chapter source(String title, String text) {
        items.add(new Source(title, text));
        return this;
    }

    /** What stands above it. */
    public String heading() {
        return heading;
    }

    /** What stands below the heading. */
    public List<Item> items() {
        return List.copyOf(items);
    }
}
