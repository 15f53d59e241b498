package org.parsimony.base;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.LongColumnType;

/**
 * A table with one row for each of some items, told column by column:
 *
 * <pre>{@code
 * Rows.of(epochs).numbered("epoch").doubles("loss", Epoch::loss).table("training");
 * }</pre>
 *
 * @param <T> what has a row
 */
public final class Rows<T> {

    /** A whole number that is missing, for {@link #longs}. */
    public static final long MISSING = LongColumnType.missingValueIndicator();

    /** Rows of a table that stays with its run. */
    public static final int FEW = 40;

    private final List<T> items;
    private final Table table = Table.create();

    private Rows(List<T> items) {
        this.items = items;
    }

    /** One row for each item, in their order, and no column yet. */
    public static <T> Rows<T> of(Iterable<? extends T> items) {
        List<T> all = new ArrayList<>();
        items.forEach(all::add);
        return new Rows<>(all);
    }

    /**
     * One row for each item where there are at most {@value #FEW}; of more the first, the last, and others at equal distances
     * between: a table that stays with its run, whose longer tables are left out of committed results.
     */
    public static <T> Rows<T> few(List<? extends T> items) {
        int step = Math.max(1, (items.size() + FEW - 3) / (FEW - 1));
        List<T> some = new ArrayList<>();
        for (int i = 0; i < items.size() - 1; i += step) {
            some.add(items.get(i));
        }
        if (!items.isEmpty()) {
            some.add(items.get(items.size() - 1));
        }
        return new Rows<>(some);
    }

    /** A column of the numbers 1, 2, 3, … of the rows. */
    public Rows<T> numbered(String name) {
        return numbered(name, 1);
    }

    /** A column of the numbers of the rows, from {@code first} on. */
    public Rows<T> numbered(String name, int first) {
        table.addColumns(IntColumn.create(
                name, IntStream.range(first, first + items.size()).toArray()));
        return this;
    }

    /** A column of texts; what a cell gives is written as {@link String#valueOf(Object)} writes it, null as nothing. */
    public Rows<T> texts(String name, Function<? super T, ?> cell) {
        StringColumn column = StringColumn.create(name);
        for (T item : items) {
            Object value = cell.apply(item);
            column.append(value == null ? "" : value.toString());
        }
        table.addColumns(column);
        return this;
    }

    /** A column of whole numbers of 32 bits. */
    public Rows<T> ints(String name, ToIntFunction<? super T> cell) {
        table.addColumns(IntColumn.create(name, items.stream().mapToInt(cell).toArray()));
        return this;
    }

    /** A column of whole numbers of 64 bits; {@link #MISSING} is missing. */
    public Rows<T> longs(String name, ToLongFunction<? super T> cell) {
        table.addColumns(LongColumn.create(name, items.stream().mapToLong(cell).toArray()));
        return this;
    }

    /** A column of numbers; NaN is missing. */
    public Rows<T> doubles(String name, ToDoubleFunction<? super T> cell) {
        table.addColumns(
                DoubleColumn.create(name, items.stream().mapToDouble(cell).toArray()));
        return this;
    }

    /** A column of numbers for readers, each rounded to so many decimals; NaN is missing. */
    public Rows<T> doubles(String name, int decimals, ToDoubleFunction<? super T> cell) {
        return doubles(name, item -> rounded(cell.applyAsDouble(item), decimals));
    }

    /** {@code value} rounded to so many decimals; NaN stays NaN. */
    public static double rounded(double value, int decimals) {
        double steps = Math.pow(10, decimals);
        return Double.isNaN(value) ? value : Math.round(value * steps) / steps;
    }

    /** A column of truths. */
    public Rows<T> flags(String name, Predicate<? super T> cell) {
        BooleanColumn column = BooleanColumn.create(name);
        items.forEach(item -> column.append(cell.test(item)));
        table.addColumns(column);
        return this;
    }

    /** The table with the columns told so far, in their order. */
    public Table table(String name) {
        return table.setName(name);
    }
}
