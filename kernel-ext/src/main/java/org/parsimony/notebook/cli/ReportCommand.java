package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.base.WholeFile;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;
import org.parsimony.notebook.display.ReportPage;
import org.parsimony.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report PAPER|SWEEP}: one HTML page to send to a colleague. */
@Command(
        name = "report",
        description = "Writes one self-contained HTML page of a paper or a sweep: tables, figures, recipes, provenance."
                + " Nothing is carried out.")
final class ReportCommand extends Subcommand {

    @Parameters(paramLabel = "PAPER|FILE", description = "A folder of papers/, or the file of a sweep.")
    private String what;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes there instead of out/report-NAME.html.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Path sweep = Path.of(what);
        boolean paper = Home.checkout().isPresent() && Home.papers().contains(what);
        Require.that(
                paper || Files.isRegularFile(sweep),
                "\"%s\" is neither a paper (one of %s) nor a sweep's file",
                what,
                Home.checkout().isPresent() ? Home.papers() : "a checkout's papers/");
        Report report =
                paper ? Report.ofPaper(what) : Report.of(Sweeping.look(SweepPlan.read(sweep), Workplace.here()));
        String name = paper ? what : sweep.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        Path out = file != null ? file : Home.runs().resolveSibling("report-" + name + ".html");
        Files.createDirectories(out.toAbsolutePath().getParent());
        String page = ReportPage.of(report, "Written by ./parsimony report " + name + " from the runs that it shows.");
        WholeFile.write(out, page.getBytes(StandardCharsets.UTF_8));
        out().println("wrote " + out);
        return 0;
    }
}
