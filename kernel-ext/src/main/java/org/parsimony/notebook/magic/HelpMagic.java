package org.parsimony.notebook.magic;

import java.util.List;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code %help}: every magic with one line about it. */
final class HelpMagic extends CommandMagic {

    private static final String KERNEL = "%time, %maven, %jars, %classpath, %load, %loadFromPOM";

    private final List<Magic> magics;

    /** @param magics the others */
    HelpMagic(Notebook notebook, List<Magic> magics) {
        super(notebook, "help", Table.class, "this table of magics");
        this.magics = List.copyOf(magics);
    }

    @Override
    Object call(ParseResult given, String body) {
        StringColumn name = StringColumn.create("magic");
        StringColumn about = StringColumn.create("what it does");
        magics.forEach(magic -> {
            name.append("%" + magic.name());
            about.append(magic.summary());
        });
        name.append("%" + name());
        about.append(summary());
        name.append(KERNEL);
        about.append("of every Java kernel: time a statement, add libraries, load sources");
        return Table.create("Magics; each tells its options with --help, and Tab completes them", name, about);
    }
}
