package org.parsimony.notebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.notebook.display.SweepRenderer;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.toy.RecipeNotebook;
import org.parsimony.notebook.toy.ToyHome;
import picocli.CommandLine;

/** Sweeps on the command line and in cells, with a method of the test tree among them. */
class Sweep_CommandTest {

    private static final String LINES =
            "dataset iris\nnetwork 4-6-3\nseeds 2\ntrain epochs=1\nclip threshold=0.2|0.6|1.5\ntrain epochs=1\n";

    @RegisterExtension
    final ToyHome home = new ToyHome();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = Parsimony.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void aSweepPrintsItsBestAndWhatFailedAndACellFindsTheSameRuns() throws Exception {
        Path file = Files.writeString(home.root().resolve("clip.sweep"), LINES);
        assertEquals(0, run("sweep", file.toString()), err.toString());
        String printed = out.toString();
        assertTrue(printed.contains("3 settings tried (grid), 2 seeds each: 4 runs, 1 of the trials failed"), printed);
        assertTrue(printed.contains("failed: threshold 1.5: line 5: clip: threshold is 1.5"), printed);
        assertEquals(0, run("sweep", file.toString(), "--csv"), err.toString());
        assertEquals(4, out.toString().lines().count(), out.toString());

        RecipeNotebook notebook = new RecipeNotebook();
        SweepOutcome outcome = (SweepOutcome) notebook.cell("sweep", "", LINES);
        assertEquals(4, outcome.runs().size());
        MimeBundle shown = new SweepRenderer().render(outcome);
        assertTrue(shown.data().get(MimeBundle.TEXT).contains("validation accuracy %"));
        assertTrue(shown.data().get(MimeBundle.HTML).contains("parsimony-figure"));
        run("runs", "--csv");
        assertEquals(5, out.toString().lines().count(), "the cell carried nothing out again: " + out);
    }

    @Test
    void whatCannotBeCarriedOutIsToldBeforeAnyWork() throws Exception {
        Path file = Files.writeString(home.root().resolve("clip.sweep"), LINES.replace("iris", "nothing"));
        assertEquals(2, run("sweep", file.toString()));
        assertTrue(err.toString().contains("dataset is \"nothing\""), err.toString());
        assertEquals(2, run("sweep", file.toString(), "--on", "spark://localhost:7077"));
        assertTrue(err.toString().contains("Apache Spark is not on the class path"), err.toString());
        IllegalArgumentException both = assertThrows(
                IllegalArgumentException.class, () -> new RecipeNotebook().cell("sweep", file.toString(), LINES));
        assertTrue(both.getMessage().contains("a file or lines"), both.getMessage());
    }
}
