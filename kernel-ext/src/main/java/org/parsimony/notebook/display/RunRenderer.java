package org.parsimony.notebook.display;

import java.util.List;
import org.parsimony.experiment.Run;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;
import org.parsimony.report.Tables;

/** A run: its row in short, and below it what each step did. */
public final class RunRenderer implements Renderer<Run> {

    @Override
    public MimeBundle render(Run run) {
        TableRenderer renderer = new TableRenderer();
        MimeBundle row = renderer.render(Tables.byArm(List.of(run), ""));
        MimeBundle steps = renderer.render(run.trace());
        return MimeBundle.html(both(row, steps, MimeBundle.HTML), both(row, steps, MimeBundle.TEXT));
    }

    private static String both(MimeBundle above, MimeBundle below, String type) {
        return above.data().get(type) + "\n\n" + below.data().get(type);
    }
}
