package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import tech.tablesaw.api.Table;

class Records_BesideTest {

    private static final String HEAD = "method,year,dataset,network,bytes,times,error,counted,source\n";

    @TempDir
    Path folder;

    private static List<Run> arm(String name, int seeds, long bytes, double accuracy) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Recipe recipe = Recipe.of("toy", "4-3-2", Step.of("train", Map.of("epochs", 2)))
                    .withSeed(seed);
            runs.add(Fixtures.run(recipe, 23, accuracy, Map.of("raw", 400L, "pars", bytes))
                    .as(new Arm(name)));
        }
        return runs;
    }

    private List<Records.Published> read(String lines) throws Exception {
        return Records.read(Files.writeString(folder.resolve("records.csv"), HEAD + lines));
    }

    /** Of what is accurate enough and measured often enough the smallest; the ratio is to the dense network's floats. */
    @Test
    void besideARecordStandsOurSmallestAtNoLargerError() throws Exception {
        List<Records.Published> records = read("A,2020,toy,4-3-2,20,20,3,file,there\nB,2021,toy,4-3-2,,90,0.5,rates,\n"
                + "C,2022,toy,9-9-9,,90,5,rates,\"here, and there\"\n");
        Map<String, List<Run>> runs = new java.util.TreeMap<>();
        runs.put("one", arm("good", 5, 40, 0.98));
        runs.put("two", arm("better", 5, 50, 0.99));
        List<Run> three = new ArrayList<>(arm("wrong", 5, 10, 0.9));
        three.addAll(arm("seldom", 4, 8, 0.99));
        runs.put("three", three);
        Table table = Records.table(records, runs);
        assertEquals("one: good", table.stringColumn("ours at no more error").get(0));
        assertEquals(10.0, table.doubleColumn("× smaller, ours").get(0), 1e-9);
        assertEquals(2.0, table.doubleColumn("error of ours %").get(0), 1e-9);
        assertEquals(5.0, table.doubleColumn("seeds").get(0), 0);
        for (int without : new int[] {1, 2}) {
            assertTrue(table.doubleColumn("file, B").isMissing(without), table.print());
            assertTrue(table.doubleColumn("× smaller, ours").isMissing(without), table.print());
        }
        assertTrue(table.doubleColumn("bytes").isMissing(1), table.print());
        Table any = Records.smallest(records, runs);
        assertEquals(1, any.rowCount(), any.print());
        assertEquals("three: wrong", any.stringColumn("our smallest file").get(0));
    }

    @Test
    void whatIsNoRecordIsNamedWithItsPlace() {
        for (String[] bad : new String[][] {
            {"A,2020,toy,4-3-2,20,20,three,file,there\n", "row 1: error is \"three\", but must be a number"},
            {"A,2020,toy\n", "row 1: there are 3 cells, but must be 9"}
        }) {
            String said = assertThrows(IllegalArgumentException.class, () -> read(bad[0]))
                    .getMessage();
            assertTrue(said.contains("records.csv") && said.contains(bad[1]), said);
        }
    }
}
