package org.parsimony.notebook.cli;

import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.network.Model;
import org.parsimony.network.summary.NetworkSummary;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Figure;
import org.parsimony.timing.Detail;
import org.parsimony.timing.LatencyTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code summary FILE}: a network layer by layer. */
@Command(
        name = "summary",
        description = {
            "Prints a network layer by layer: type, output, parameters, zeros, multiply-accumulates, share of bytes,",
            "measured time."
        })
final class SummaryCommand extends Subcommand {

    private static final int BAR = 20;

    @Mixin
    private NetworkChoice choice;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Samples of the batch that is timed; 0 measures no time; default ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--predict",
            description =
                    "Adds the latency of one sample that this machine's table predicts; layers that it lacks are measured.")
    private boolean predict;

    @Option(names = "--plot", paramLabel = "FILE", description = "Writes the bar plot: .svg, .png, .pdf or .eps.")
    private Path plot;

    @Override
    public Integer call() {
        Require.atLeast("--batch", batch, 0);
        Model model = choice.model();
        int[] shape = choice.dataset() == null
                ? NetworkSummary.shape(model)
                : model.fitted(choice.dataset().test()).shape();
        NetworkSummary summary =
                batch == 0 ? NetworkSummary.of(model, shape) : NetworkSummary.measured(model, batch, shape);
        Table table = summary.table();
        if (predict) {
            table.addColumns(
                    LatencyTable.here().predict(model, Detail.EXACT, shape).beside(table));
        }
        StringColumn bars = StringColumn.create("bytes, 100 % = " + BAR + " blocks");
        table.doubleColumn("% of bytes").forEach(share -> bars.append("█".repeat((int) Math.round(share * BAR / 100))));
        bars.set(table.rowCount() - 1, "");
        print(table.addColumns(bars));
        if (plot != null) {
            Figure.of(summary.bars()).write(new Export(), plot);
        }
        return 0;
    }
}
