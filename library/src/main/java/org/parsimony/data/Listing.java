package org.parsimony.data;

import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The registry as tables for a reader. */
final class Listing {

    private Listing() {}

    /** One row a data set. */
    static Table all(Sources sources) {
        StringColumn name = StringColumn.create("name");
        StringColumn title = StringColumn.create("title");
        IntColumn train = IntColumn.create("training");
        IntColumn validation = IntColumn.create("validation");
        IntColumn test = IntColumn.create("test");
        IntColumn inputs = IntColumn.create("inputs");
        IntColumn classes = IntColumn.create("classes");
        DoubleColumn size = DoubleColumn.create("MB");
        StringColumn licence = StringColumn.create("licence");
        StringColumn from = StringColumn.create("comes from");
        for (String each : Datasets.names()) {
            Registry.Entry entry = Registry.entry(each);
            name.append(entry.name());
            title.append(entry.title());
            train.append(entry.samples().train());
            validation.append(entry.samples().validation());
            test.append(entry.samples().test());
            inputs.append(Arrays.stream(entry.shape()).reduce(1, (a, b) -> a * b));
            classes.append(entry.classes().size());
            size.append(Math.round(entry.bytes() / 1e4) / 1e2);
            licence.append(entry.licence());
            from.append(origin(entry, sources));
        }
        return Table.create("data sets", name, title, train, validation, test, inputs, classes, size, licence, from);
    }

    /** All that the registry says about one data set, one row a fact. */
    static Table one(Registry.Entry entry, Sources sources) {
        StringColumn fact = StringColumn.create("fact");
        StringColumn value = StringColumn.create("value");
        Table table = Table.create(entry.title(), fact, value);
        row(table, "name", entry.name());
        row(table, "citation", entry.citation());
        row(table, "licence", entry.licence());
        row(table, "home", entry.home());
        row(table, "shape of a sample", Arrays.toString(entry.shape()));
        row(table, "classes", String.join(", ", entry.classes()));
        Registry.Splits n = entry.samples();
        row(table, "samples", n.train() + " training, " + n.validation() + " validation, " + n.test() + " test");
        row(table, "comes from", origin(entry, sources));
        for (Registry.Item item : entry.files()) {
            row(table, item.name(), String.format(Locale.ROOT, "%,d bytes, SHA-256 %s", item.bytes(), item.sha256()));
        }
        entry.variants().forEach(variant -> row(table, "also accepted: " + variant.name(), variant.note()));
        return table;
    }

    private static void row(Table table, String fact, String value) {
        table.stringColumn(0).append(fact);
        table.stringColumn(1).append(value);
    }

    private static String origin(Registry.Entry entry, Sources sources) {
        try {
            return Located.find(entry, sources)
                    .map(located -> located.folder().name())
                    .orElse(sources.download() ? "download, " + entry.home() : "nowhere: downloading is off");
        } catch (DataException e) {
            return e.getMessage();
        }
    }
}
