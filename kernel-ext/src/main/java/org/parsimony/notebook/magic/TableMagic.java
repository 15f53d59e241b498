package org.parsimony.notebook.magic;

import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.display.TableText;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %table t --latex}: a table as text to copy; {@code %table t --rows 100}: more of its rows. */
final class TableMagic extends CommandMagic {

    @Parameters(paramLabel = "TABLE", description = "a variable or an expression of the type Table")
    private String expression;

    @ArgGroup
    private Form form;

    @Option(names = "--rows", paramLabel = "N", description = "most rows, at least 1; default 20 shown, all as text")
    private Integer rows;

    /** At most one of them. */
    private static final class Form {
        @Option(names = "--latex", description = "a LaTeX tabular with booktabs rules")
        private boolean latex;

        @Option(names = "--csv", description = "comma-separated values")
        private boolean csv;

        @Option(names = "--markdown", description = "a Markdown table")
        private boolean markdown;
    }

    TableMagic(Notebook notebook) {
        super(notebook, "table", Void.class, "a table with more rows, or as LaTeX, CSV or Markdown to copy");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        Table table = new Values(notebook).get("TABLE", expression, Table.class);
        if (rows != null) {
            org.parsimony.base.Require.atLeast("--rows", rows, 1);
        }
        if (form == null) {
            notebook.display(new TableRenderer(rows == null ? TableRenderer.ROWS : rows).render(table));
            return null;
        }
        Table part = rows == null || rows >= table.rowCount() ? table : table.first(rows);
        part.setName(table.name());
        System.out.println(
                form.latex ? TableText.latex(part) : form.csv ? TableText.csv(part) : TableText.markdown(part));
        return null;
    }
}
