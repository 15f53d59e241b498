package org.parsimony.notebook.cli;

import java.io.IOException;
import java.util.Optional;
import org.parsimony.notebook.display.TableText;
import org.parsimony.report.ResultsPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code results optinet}: writes the results folder of a paper from its runs, or checks that it is what they give. */
@Command(
        name = "results",
        description =
                "Writes papers/PAPER/results/ from the runs filed under the paper: runs, tables, figures, claims.")
final class ResultsCommand extends Subcommand {

    @Parameters(paramLabel = "PAPER", description = "A folder of papers/.")
    private String paper;

    @Option(
            names = "--check",
            description =
                    "Writes nothing; status 1, and the first difference, if the folder is not what its own runs give.")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        var out = out();
        ResultsPage page =
                check ? ResultsPage.ofResults(paper, TableText::brief) : ResultsPage.of(paper, TableText::brief);
        if (!check) {
            page.write();
            out.println("wrote " + page.runs() + " runs to papers/" + paper + "/results");
            return 0;
        }
        Optional<String> difference = page.difference();
        out.println(difference.orElse("papers/" + paper + "/results is what its " + page.runs() + " runs give"));
        return difference.isEmpty() ? 0 : 1;
    }
}
