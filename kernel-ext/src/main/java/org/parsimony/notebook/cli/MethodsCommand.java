package org.parsimony.notebook.cli;

import java.util.concurrent.Callable;
import org.parsimony.method.Methods;
import org.parsimony.report.MethodTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code methods}: the registry; {@code methods NAME}: the options of one. */
@Command(
        name = "methods",
        description = "Prints the methods that recipes know, or the options of one with range and default.",
        mixinStandardHelpOptions = true)
final class MethodsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A method.")
    private String method;

    @Override
    public Integer call() {
        Parsimony.print(
                spec.commandLine(), method == null ? MethodTables.all() : MethodTables.options(Methods.named(method)));
        return 0;
    }
}
