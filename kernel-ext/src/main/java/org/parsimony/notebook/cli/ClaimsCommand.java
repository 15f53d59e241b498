package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.parsimony.base.Home;
import org.parsimony.claims.Claims;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.report.ClaimTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code claims optinet}: what the paper states beside what we measured. */
@Command(
        name = "claims",
        description = "Prints what a paper states beside what we measured, with a verdict.",
        mixinStandardHelpOptions = true)
final class ClaimsCommand implements Callable<Integer> {

    private static final int MANY = 10_000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PAPER",
            description = "A folder of papers/; default all that have claims.")
    private String paper;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<String> papers = paper != null
                ? List.of(paper)
                : Home.papers().stream()
                        .filter(name -> Files.exists(claims(name)))
                        .toList();
        for (String name : papers) {
            var claims = Claims.ofPaper(name);
            var runs = PaperRuns.of(name);
            var table = ClaimTables.claims(claims, runs);
            table.setName(name);
            out.println(new TableRenderer(MANY).render(table).data().get(MimeBundle.TEXT));
            out.println();
            out.println(name + ", " + ClaimTables.summary(claims, runs));
            out.println();
        }
        out.flush();
        return 0;
    }

    private static Path claims(String name) {
        return Home.paper(name).resolve("claims.csv");
    }
}
