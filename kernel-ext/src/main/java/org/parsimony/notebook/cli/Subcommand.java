package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.parsimony.base.Progress;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** A command of {@code ./parsimony}: it has {@code --help}, and prints to where the command line says. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** This command as it was parsed. */
    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Progress on the error stream. */
    final Progress progress() {
        return new LineProgress(spec.commandLine().getErr());
    }

    /** A table as text, with every row. */
    final void print(Table table) {
        out().println(new TableRenderer(Integer.MAX_VALUE).render(table).data().get(MimeBundle.TEXT));
        out().flush();
    }
}
