package org.parsimony.data;

import java.util.Arrays;
import java.util.Locale;
import org.parsimony.base.Rows;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The registry as tables for a reader. */
final class Listing {

    private Listing() {}

    /** One row a data set. */
    static Table all(Sources sources) {
        return Rows.of(Datasets.names().stream().map(Registry::entry).toList())
                .texts("name", Registry.Entry::name)
                .texts("title", Registry.Entry::title)
                .ints("training", entry -> entry.samples().train())
                .ints("validation", entry -> entry.samples().validation())
                .ints("test", entry -> entry.samples().test())
                .ints("inputs", entry -> Arrays.stream(entry.shape()).reduce(1, (a, b) -> a * b))
                .ints("classes", entry -> entry.classes().size())
                .doubles("MB", 2, entry -> entry.bytes() / 1e6)
                .texts("licence", Registry.Entry::licence)
                .texts("comes from", entry -> origin(entry, sources))
                .table("data sets");
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
