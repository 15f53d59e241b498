package org.parsimony.export;

import java.nio.file.Path;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A file that was written.
 *
 * @param file where it is
 * @param form of its weights
 * @param bytes of the whole file
 * @param floats bytes of the parameters of the network as it was given, 32-bit floats
 */
public record Written(Path file, Exports.Form form, long bytes, long floats) {

    /** How many times the file is smaller than the floats. */
    public double times() {
        return (double) floats / bytes;
    }

    /** One row. */
    public Table table() {
        return Table.create(
                "export",
                StringColumn.create("file", file.toString()),
                StringColumn.create("form", form.name().toLowerCase(Locale.ROOT)),
                LongColumn.create("bytes", bytes),
                LongColumn.create("bytes as floats", floats),
                DoubleColumn.create("times smaller", times()));
    }
}
