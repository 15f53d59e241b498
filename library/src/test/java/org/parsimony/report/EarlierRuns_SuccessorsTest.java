package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

/** Settings of then are found again by the options that today's recipes have, and by nothing else. */
class EarlierRuns_SuccessorsTest {

    @TempDir
    Path folder;

    private static String earlier(String method, String options, double accuracy) {
        return "{\"recipe\": {\"method\": \"" + method
                + "\", \"dataset\": \"toy\", \"network\": \"4-3\", \"tier\": \"paper\"," + " \"options\": " + options
                + "}, \"measurement\": {\"accuracyTuned\": " + accuracy + "}}";
    }

    private static Run today(double ratio, long seed, double accuracy) {
        var recipe = Fixtures.with(Fixtures.recipe("cut", seed).withNetwork("4-3+bn"), "ratio", ratio);
        return Fixtures.run(recipe, accuracy).as(new Arm("magnitude"));
    }

    private EarlierRuns of(List<String> earlier, List<String> successors, Run... runs) throws IOException {
        Files.write(folder.resolve("runs-1.jsonl"), earlier);
        Files.write(folder.resolve("successors.jsonl"), successors);
        return EarlierRuns.of(folder, List.of(runs)).orElseThrow();
    }

    @Test
    void onlySettingsThatWereMeasuredAgainAreCompared() throws IOException {
        EarlierRuns runs = of(
                List.of(
                        earlier("min-K", "{\"percent\": 90, \"step\": 0}", 0.80),
                        earlier("min-K", "{\"percent\": 90, \"step\": 0}", 0.90),
                        earlier("min-K", "{\"percent\": 50, \"step\": 0}", 0.10),
                        earlier("min-K", "{\"percent\": 90, \"step\": 1}", 0.20)),
                List.of(
                        "{\"method\": \"min-K\", \"when\": {\"step\": 0}, \"arm\": \"magnitude\", \"network\": \"+bn\","
                                + " \"options\": {\"ratio\": \"percent %\"}}",
                        "{\"method\": \"min-K\"}"),
                today(0.9, 1, 0.6),
                today(0.9, 2, 0.7),
                today(0.3, 1, 0.1));
        Table table = runs.table();
        assertEquals(2, table.rowCount());
        assertEquals(3, table.intColumn("runs").get(0));
        assertEquals(2, table.intColumn("settings").get(0));
        assertEquals(1, table.intColumn("measured again").get(0));
        assertEquals(85.0, table.doubleColumn("accuracy of these then %").get(0));
        assertEquals(65.0, table.doubleColumn("today %").get(0));
        assertEquals("magnitude", table.getString(0, "arm today"));
        assertEquals("none yet", table.getString(1, "arm today"));
        assertTrue(table.doubleColumn("today %").isMissing(1));
        assertEquals(4, runs.size());
        assertEquals(2, runs.succeeded());
    }

    @Test
    void anArmWithoutALineIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> of(
                        List.of(earlier("random", "{}", 0.5)), List.of("{\"method\": \"min-K\"}"))
                .table());
        assertTrue(e.getMessage().contains("has no line for the runs of \"random\""), e.getMessage());
    }

    @Test
    void aPaperWithoutEarlierRunsHasNoPageOfThem() {
        assertTrue(EarlierRuns.of(folder, List.of()).isEmpty());
    }
}
