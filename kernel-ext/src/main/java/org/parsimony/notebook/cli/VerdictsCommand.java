package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.parsimony.base.Home;
import org.parsimony.base.WholeFile;
import org.parsimony.experiment.Runs;
import org.parsimony.notebook.display.TableText;
import org.parsimony.report.VerdictChanges;
import picocli.CommandLine.Command;

/** {@code verdicts}: writes the page of verdicts before and after, and each paper's changes as a file. */
@Command(
        name = "verdicts",
        description =
                "Writes papers/verdicts.md: counts of verdicts before and after the rule of today, and why they changed;"
                        + " each change stands in papers/PAPER/results/changes.csv.")
final class VerdictsCommand extends Subcommand {

    private static final String PAGE = "verdicts.md";

    @Override
    public Integer call() throws IOException {
        StringBuilder page =
                new StringBuilder("# Verdicts before and after\n\nWritten by `./parsimony verdicts` from the verdicts"
                        + " of the first results pages (`results/earlier/verdicts-1.csv`), whose rule looked at our mean alone, and from"
                        + " the runs of today. The second row of each table has the earlier numbers under the rule of today, by which no"
                        + " claim is weak or strong: that takes runs of controls.\n");
        Path papers = null;
        for (String paper : Home.papers()) {
            VerdictChanges changes = VerdictChanges.of(paper);
            if (!changes.earlier().isEmpty()) {
                page.append("\n## ").append(paper).append("\n\n").append(TableText.markdown(changes.counts()));
                page.append("\n\nWhat changed; claim by claim in [changes.csv](")
                        .append(paper)
                        .append("/results/changes.csv):\n\n")
                        .append(TableText.markdown(changes.grouped()))
                        .append('\n');
                papers = Home.paper(paper).getParent();
                WholeFile.write(
                        Home.paper(paper).resolve("results").resolve("changes.csv"),
                        Runs.csv(changes.changes()).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (papers != null) {
            WholeFile.write(papers.resolve(PAGE), page.toString().getBytes(StandardCharsets.UTF_8));
        }
        out().println(papers == null ? "no paper has earlier verdicts" : "wrote papers/" + PAGE);
        return 0;
    }
}
