package org.parsimony.notebook.magic;

import org.parsimony.method.Methods;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.report.MethodTables;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %methods}: the registry of methods; {@code %methods NAME}: the options of one. */
final class MethodsMagic extends CommandMagic {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.OfMethods.class,
            description = "a method, whose options are shown with range and default; without it, all methods")
    private String method;

    MethodsMagic(Notebook notebook) {
        super(notebook, "methods", Table.class, "the methods that recipes and magics know, or the options of one");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        return method == null ? MethodTables.all() : MethodTables.options(Methods.named(method));
    }
}
