package org.parsimony.notebook.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Rows;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %help}: every magic with one line about it. */
final class HelpMagic extends CommandMagic {

    /** What this project's kernel has without this project's magics, and stock IJava has too. */
    private static final Map<String, String> KERNEL = new TreeMap<>(Map.of(
            "%time", "evaluate Java and print how long it took",
            "%jars, %classpath", "add jars or folders to the notebook",
            "%maven, %loadFromPOM", "add libraries from Maven repositories",
            "%load", "run the source in a file or another notebook"));

    private final List<Magic> magics;

    /** @param magics the others */
    HelpMagic(Notebook notebook, List<Magic> magics) {
        super(notebook, "help", Table.class, "this table of magics");
        this.magics = List.copyOf(magics);
    }

    @Override
    protected Object call(ParseResult given, String body) {
        Map<String, String> all = new LinkedHashMap<>();
        magics.forEach(magic -> all.put("%" + magic.name(), magic.summary()));
        all.put("%" + name(), summary());
        all.putAll(KERNEL);
        return Rows.of(all.entrySet())
                .texts("magic", Map.Entry::getKey)
                .texts("what it does", Map.Entry::getValue)
                .table("Magics; each tells its options with --help, and Tab completes them");
    }
}
