package org.parsimony.notebook.cli;

import org.parsimony.method.Methods;
import org.parsimony.report.MethodTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code methods}: the registry; {@code methods NAME}: the options of one. */
@Command(
        name = "methods",
        description = "Prints the methods that recipes know, or the options of one with range and default.")
final class MethodsCommand extends Subcommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A method.")
    private String method;

    @Override
    public Integer call() {
        print(method == null ? MethodTables.all() : MethodTables.options(Methods.named(method)));
        return 0;
    }
}
