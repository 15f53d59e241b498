package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

class Claims_VerdictTest {

    @TempDir
    Path folder;

    private static final String HEAD = String.join(",", Claims.COLUMNS) + "\n";

    private Claims claims(String rows) throws Exception {
        Path file = folder.resolve("claims.csv");
        Files.writeString(file, HEAD + rows);
        return Claims.read(file);
    }

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        double[] accuracies = {0.90, 0.92, 0.94};
        for (int seed = 0; seed < 3; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), accuracies[seed]));
            runs.add(Fixtures.run(Fixtures.recipe("random", seed), accuracies[seed] - 0.05));
        }
        return runs;
    }

    @Test
    void meanSdNAndDifferenceAreThoseOfTheSeeds() throws Exception {
        Table table = claims(
                        "a,\"accuracy, three seeds\",ours,toy,4-3-2,accuracyTuned,0.93,,,Table 1,text,within 0.01\n")
                .beside(runs());
        assertEquals(1, table.rowCount());
        assertEquals("accuracy, three seeds", table.stringColumn("what").get(0));
        assertEquals(0.92, table.doubleColumn("measured").get(0), 1e-12);
        assertEquals(0.02, table.doubleColumn("sd").get(0), 1e-12);
        assertEquals(3, table.intColumn("n").get(0));
        assertEquals(-0.01, table.doubleColumn("difference").get(0), 1e-12);
        assertEquals("reproduced", table.stringColumn("verdict").get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0.93, , within 0.01, reproduced",
        "0.93, , within 0.009, not reproduced",
        "0.96, 0.02, within 2 sd, reproduced",
        "0.97, 0.02, within 2 sd, not reproduced",
        "0.92, , at least, reproduced",
        "0.93, , at least, not reproduced",
        "0.93, , at least within 0.02, reproduced",
        "0.91, , at most, not reproduced",
        " , , greater than random, reproduced",
        " , , less than random, not reproduced",
        " , , at most random within 0.06, reproduced",
        " , , at most random within 0.04, not reproduced",
        " , , greater than magnitude removal, not measured",
    })
    void rules(String value, String sd, String rule, String verdict) throws Exception {
        String row = String.format(
                "a,x,ours,,,accuracyTuned,%s,%s,,Table 1,data,%s%n",
                value == null ? "" : value, sd == null ? "" : sd, rule);
        assertEquals(verdict, claims(row).beside(runs()).stringColumn("verdict").get(0));
    }

    @Test
    void aClaimWithoutPlaceIsJudgedWhereverItWasMeasured() throws Exception {
        Claims claims =
                claims("a,x,ours,,,bits,,,,p. 1,text,greater than base\nb,y,ours,,,other,3,,,p. 1,code,at least\n");
        Table table = claims.besideFacts(List.of(
                new Claims.Fact("ours", "d2", "n", "bits", 1, 5),
                new Claims.Fact("ours", "d1", "n", "bits", 1, 2),
                new Claims.Fact("base", "d1", "n", "bits", 1, 3),
                new Claims.Fact("base", "d2", "n", "bits", 1, 3)));
        assertEquals(List.of("d1", "d2", ""), table.stringColumn("dataset").asList());
        assertEquals(
                List.of("not reproduced", "reproduced", "not measured"),
                table.stringColumn("verdict").asList());
    }

    @Test
    void unmeasuredColumnsAreNoFactsAndTheTraceIsOne() {
        List<Claims.Fact> facts = Claims.facts(runs().subList(0, 1));
        assertFalse(facts.stream().anyMatch(f -> f.metric().equals("latencyMedian")), "NaN");
        assertFalse(facts.stream().anyMatch(f -> f.metric().equals("trainingMemory")), "-1");
        assertTrue(facts.contains(new Claims.Fact("ours", "toy", "4-3-2", "trace.epoch", 0, 2)));
        assertTrue(facts.contains(new Claims.Fact("ours", "toy", "4-3-2", "bytesDisk.ham", 0, 40)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a,x,m,,,k,1,,,p,inferred,at least      | what is only inferred is no claim
                    a,x,m,,,k,1,,,p,check,at least         | certainty of claim a is "check"
                    a,x,m,,,k,1,,,p,text,about             | rule is "about", but must be
                    a,x,m,,,k,1,,,p,text,within -1         | must be a number of at least 0
                    a,x,m,,,k,,,,p,text,within 1           | must compare with a method
                    a,x,m,,,k,1,,,p,text,within 2 sd       | needs its sd
                    a,x,m,,,k,one,,,p,text,at least        | value is "one", but must be a number or empty
                    a,x,m,,,k,1,,,,text,at least           | source of claim a is empty
                    a,x,m,,,k,1,,,p,text                   | there are 11 cells, but must be 12
                    """)
    void whatIsNoClaimIsRefusedWithItsPlace(String row, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> claims(row + "\n"))
                .getMessage();
        assertTrue(said.contains(message) && said.contains("claims.csv, claim number 1"), said);
    }

    @Test
    void theClaimsOfEveryPaperInTheRepositoryAreClaims() throws Exception {
        Path papers = Path.of("..", "papers");
        try (var files = Files.find(papers, 2, (file, is) -> file.endsWith("claims.csv"))) {
            for (Path file : files.toList()) {
                assertFalse(Claims.read(file).claims().isEmpty(), file.toString());
            }
        }
    }
}
