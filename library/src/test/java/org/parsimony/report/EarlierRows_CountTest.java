package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Every earlier row is counted once, and only a run of its own arm, data set and network is its successor. */
class EarlierRows_CountTest {

    private static final String PAPER = "optinet";
    private static final String THEN = "original, trained on";

    @Test
    void everyRowIsMeasuredAgainOrPlannedOrWithoutSuccessor() throws IOException {
        Table table = EarlierRows.of(PAPER, PaperRuns.inResults(PAPER)).orElseThrow();
        int all = 0;
        for (Row row : table) {
            all += row.getInt("rows");
            assertEquals(
                    row.getInt("rows"),
                    row.getInt("measured again") + row.getInt("planned") + row.getInt("no successor"));
        }
        try (var lines = Files.lines(PaperRuns.folder(PAPER).resolve("earlier/runs-1.jsonl"))) {
            assertEquals(lines.count(), all);
        }
    }

    @Test
    void aRunIsTheSuccessorOfItsOwnArmAlone() {
        List<Run> controls = PaperRuns.inResults(PAPER).stream()
                .filter(run -> run.arm().name().equals("control"))
                .toList();
        String network = controls.get(0).recipe().network();
        int found = 0;
        for (Row row : EarlierRows.of(PAPER, controls).orElseThrow()) {
            boolean own = row.getString("arm then").equals(THEN)
                    && row.getString("network").equals(network);
            assertEquals(own ? row.getInt("rows") : 0, row.getInt("measured again"), row.getString("arm then"));
            found += row.getInt("measured again");
        }
        assertTrue(found > 0, "no control is a successor");
    }

    @Test
    void withoutRunsNothingIsMeasuredAgain() {
        for (Row row : EarlierRows.of(PAPER, List.of()).orElseThrow()) {
            assertEquals(0, row.getInt("measured again"));
        }
    }

    @Test
    void aPaperWithoutEarlierRowsHasNoTable() {
        assertTrue(EarlierRows.of("splitting", List.of()).isEmpty());
    }
}
