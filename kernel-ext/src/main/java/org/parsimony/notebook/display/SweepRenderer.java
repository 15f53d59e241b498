package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.base.Rows;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.Trial;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import org.parsimony.report.SweepFigures;
import org.parsimony.report.SweepTables;

/** A sweep: its best settings, what failed, and below them the metric against the size or the one choice. */
public final class SweepRenderer implements Renderer<SweepOutcome> {

    private static final int BEST = 10;

    @Override
    public MimeBundle render(SweepOutcome outcome) {
        TableRenderer tables = new TableRenderer(BEST);
        MimeBundle best = tables.render(SweepTables.best(outcome, BEST));
        StringBuilder html = new StringBuilder(best.data().get(MimeBundle.HTML));
        StringBuilder text = new StringBuilder(best.data().get(MimeBundle.TEXT));
        List<Trial> failed = outcome.failed();
        if (!failed.isEmpty()) {
            MimeBundle rows = tables.render(Rows.of(failed)
                    .texts("setting", Trial::setting)
                    .texts("error", trial -> String.join("; ", trial.errors()))
                    .table("failed"));
            html.append("\n\n").append(rows.data().get(MimeBundle.HTML));
            text.append("\n\n").append(rows.data().get(MimeBundle.TEXT));
        }
        SweepFigures.usual(outcome).ifPresent(chart -> html.append("\n\n").append(LiveFigure.of(chart)));
        return MimeBundle.html(html.toString(), text.toString());
    }
}
