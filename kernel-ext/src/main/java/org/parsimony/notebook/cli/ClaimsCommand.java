package org.parsimony.notebook.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.parsimony.base.Home;
import org.parsimony.notebook.display.ClaimRenderer;
import org.parsimony.notebook.magic.arguments.ClaimFilter;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.report.ClaimReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code claims optinet}: what the paper states beside what we measured. */
@Command(
        name = "claims",
        description =
                "Prints what a paper states beside what we measured: a summary by verdict and kind, then what is not"
                        + " reproduced and why; with a filter the claims that it leaves.")
final class ClaimsCommand extends Subcommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "PAPER",
            description = "A folder of papers/; default all that have claims.")
    private String paper;

    @Mixin
    private ClaimFilter filter;

    @Override
    public Integer call() {
        PrintWriter out = out();
        List<String> papers = paper != null
                ? List.of(paper)
                : Home.papers().stream()
                        .filter(name -> Files.exists(claims(name)))
                        .toList();
        for (String name : papers) {
            ClaimReport report = filter.of(ClaimReport.of(name));
            out.println(new ClaimRenderer().render(report).data().get(MimeBundle.TEXT));
            out.println();
        }
        out.flush();
        return 0;
    }

    private static Path claims(String name) {
        return Home.paper(name).resolve("claims.csv");
    }
}
