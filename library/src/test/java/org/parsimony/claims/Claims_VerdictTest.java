package org.parsimony.claims;

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
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

class Claims_VerdictTest {

    private static final String HEAD =
            "id,statement,where,certainty,method,dataset,network,options,metric,rule,value,sd," + "against,tolerance\n";

    @TempDir
    Path folder;

    /** One claim of a file with more columns. */
    private Claim readWith(String columns, String row) throws Exception {
        Path file = folder.resolve("claims.csv");
        Files.writeString(file, HEAD.strip() + "," + columns + "\n" + row);
        return Claims.read(file).get(0);
    }

    private List<Claim> read(String rows) throws Exception {
        Path file = folder.resolve("claims.csv");
        Files.writeString(file, HEAD + rows);
        return Claims.read(file);
    }

    /** Accuracies 0.90, 0.92, 0.94: mean 0.92, half interval 4.302653 · 0.02 / √3 = 0.0497. Random is 0.05 below. */
    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        double[] accuracies = {0.90, 0.92, 0.94};
        for (int seed = 0; seed < 3; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("ours", seed), accuracies[seed]));
            runs.add(Fixtures.run(Fixtures.recipe("random", seed), accuracies[seed] - 0.05));
        }
        return runs;
    }

    /** Our interval is [0.8703173, 0.9696827]: each bound of each rule from both sides. */
    @ParameterizedTest
    @CsvSource({
        "ours, accuracyTuned, within, 0.93, , , 0.0597, reproduced",
        "ours, accuracyTuned, within, 0.93, , , 0.0596, undecided",
        "ours, accuracyTuned, within, 0.91, , , 0.0597, reproduced",
        "ours, accuracyTuned, within, 0.91, , , 0.0596, undecided",
        "ours, accuracyTuned, within, 0.93, 0.03, , 0.01, reproduced",
        "ours, accuracyTuned, within, 0.93, 0.001, , 0.06, reproduced",
        "ours, accuracyTuned, within, 0.92, , , 0.01, undecided",
        "ours, accuracyTuned, within, 1.04, , , 0.0702, not reproduced",
        "ours, accuracyTuned, within, 1.04, , , 0.0704, undecided",
        "ours, accuracyTuned, within, 0.80, , , 0.0702, not reproduced",
        "ours, accuracyTuned, within, 0.80, , , 0.0704, undecided",
        "ours, accuracyTuned, at least, 0.8703, , , 0, no worse",
        "ours, accuracyTuned, at least, 0.8704, , , 0, undecided",
        "ours, accuracyTuned, at least, 0.92, , , 0.05, reproduced",
        "ours, accuracyTuned, at least, 0.9195, , , 0.05, no worse",
        "ours, accuracyTuned, at least, 0.92, , , 0.049, undecided",
        "ours, accuracyTuned, at least, 0.98, , , 0.0102, not reproduced",
        "ours, accuracyTuned, at least, 0.98, , , 0.0104, undecided",
        "ours, accuracyTuned, less than, 0.9697, , , 0, reproduced",
        "ours, accuracyTuned, less than, 0.9696, , , 0, undecided",
        "ours, accuracyTuned, less than, 0.8703, , , 0, not reproduced",
        "ours, accuracyTuned, less than, 0.8704, , , 0, undecided",
        "ours, accuracyTuned, less than, 0.9697, , , 0.5, reproduced",
        "ours, accuracyTuned, less than, 0.87, , , 0.5, not reproduced",
        "ours, accuracyTuned, at least, , , random, 0, no worse",
        "ours, accuracyTuned, at least, , , random, 0.9, no worse",
        "random, accuracyTuned, at least, , , ours, 0.04, not reproduced",
        "random, accuracyTuned, at least, , , ours, 0.05, no worse",
        "random, accuracyTuned, less than, , , ours, 0, reproduced",
        "ours, accuracyTuned, less than, , , random, 0, not reproduced",
        "ours, accuracyTuned, less than, , , ours, 0, not reproduced",
        "ours, accuracyTuned, at least, , , magnitude, 0, not measured",
        "nobody, accuracyTuned, at least, 0.5, , , 0, not measured",
        "ours, accuracyTuned - accuracyBefore, within, -0.03, , , 0.0497, reproduced",
        "ours, accuracyTuned - accuracyBefore, within, -0.02, , , 0.0497, undecided",
        "ours, trainingMemory, less than, 1000, , , 0, not measured",
        "ours, latencyMedian, less than, 1000, , , 0, not measured",
        "ours, psi.HAM, less than, 1000, , , 0, not measured",
    })
    void verdicts(
            String method,
            String metric,
            String rule,
            String value,
            String sd,
            String against,
            String tolerance,
            String verdict)
            throws Exception {
        String row = String.join(
                ",",
                "a",
                "\"one, two\"",
                "Table 1",
                "text",
                method,
                "toy",
                "",
                "ratio=0.5",
                metric,
                rule,
                value == null ? "" : value,
                sd == null ? "" : sd,
                against == null ? "" : against,
                tolerance);
        Claim claim = readWith("n", row + ",3\n");
        assertEquals("one, two", claim.statement());
        assertEquals(verdict, claim.judge(runs()).verdict().toString());
    }

    @Test
    void differencesAreTakenSeedBySeed() throws Exception {
        Claim claim = read("a,x,p,abstract,ours,,,,accuracyTuned,at least,,,random,0\n")
                .get(0);
        Estimate difference = claim.judge(runs()).ours();
        assertEquals(0.05, difference.mean(), 1e-12);
        assertEquals(0, difference.sd(), 1e-12);
        assertEquals(3, difference.n());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a,x,p,inferred,m,,,,k,at least,1,,,0  | certainty
                    a,x,p,check,m,,,,k,at least,1,,,0     | certainty
                    a,x,p,text,m,,,,k,about,1,,,0         | rule
                    a,x,p,text,m,,,,k,within,,,,1         | must compare with either a value or a method
                    a,x,p,text,m,,,,k,within,one,,,1      | one
                    a,x,p,text,m,,,,k,within,1            | there are 11 cells, but must be 14
                    """)
    void whatIsNoClaimIsRefused(String row, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> read(row + "\n"))
                .getMessage();
        assertTrue(said.contains(message) && said.contains("claims.csv"), said);
    }

    /** Five repeats decide, or as many as the paper's where those are fewer, but never one. */
    @ParameterizedTest
    @CsvSource({", 5", "0, 5", "1, 2", "2, 2", "3, 3", "4, 4", "5, 5", "10, 5"})
    void howManyRepeatsAVerdictTakes(String repeats, int least) throws Exception {
        String row = "a,x,p,text,ours,,,,accuracyTuned,at least,0.5,,,0," + (repeats == null ? "" : repeats) + "\n";
        Claim claim = readWith("n", row);
        assertEquals(least, claim.least());
        for (int n = 1; n <= 6; n++) {
            List<Run> runs = new ArrayList<>();
            for (int seed = 1; seed <= n; seed++) {
                runs.add(Fixtures.run(Fixtures.recipe("ours", seed), 0.9));
            }
            Judged judged = claim.judge(runs);
            assertEquals(n < least ? Verdict.UNDECIDED : Verdict.NO_WORSE, judged.verdict(), "n = " + n);
            boolean isTold = judged.verdict().isBorneOut() && n < 5;
            assertEquals(
                    isTold ? "n = " + n + ", the paper's n = " + claim.repeats() : "", n < least ? "" : judged.cause());
        }
    }

    @Test
    void furtherColumnsStandInTheirOrder() throws Exception {
        String row = "a,x,p,text,ours,,,,accuracyTuned,within,0.5,,,0,2,accuracyTuned * 2,it is another net\n";
        Claim claim = readWith("n,counting,about", row);
        assertEquals(2, claim.repeats());
        assertEquals("it is another net", claim.about());
        assertEquals("", claim.experiment(), "any");
        assertEquals(
                "oneshot",
                readWith("n,experiment", "a,x,p,text,ours,,,,k,within,0.5,,,0,2,oneshot\n")
                        .experiment());
        assertThrows(IllegalArgumentException.class, () -> readWith("experiment,n", "a\n"));
        assertEquals(1.84, claim.judge(runs()).ours().mean(), 1e-12);
        assertEquals(0.92, claim.judge(runs()).plain().mean(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> readWith("about,n", "a\n"));
        assertThrows(IllegalArgumentException.class, () -> readWith("n,n", "a\n"));
        String said = assertThrows(
                        IllegalArgumentException.class, () -> readWith("n", "a,x,p,text,m,,,,k,at least,1,,,0,2.5\n"))
                .getMessage();
        assertTrue(said.contains("n is 2.5, but must be a whole number"), said);
    }

    /** Of several tiers the paper's counts, and of several numbers of samples the greatest; 0 stands for all. */
    @Test
    void theRunsNearestToTheProtocolCount() throws Exception {
        List<Run> runs = new ArrayList<>(runs());
        runs().forEach(run ->
                runs.add(Fixtures.run(run.recipe().withTier(Tier.PAPER).withSamples(9), 0.1)));
        Claim claim = read("a,x,p,text,ours,,,,accuracyTuned,within,0.5,,,0\n").get(0);
        assertEquals(0.1, claim.judge(runs).ours().mean(), 1e-12);
        runs().forEach(run ->
                runs.add(Fixtures.run(run.recipe().withTier(Tier.PAPER).withSamples(99), 0.2)));
        assertEquals(0.2, claim.judge(runs).ours().mean(), 1e-12);
        runs().forEach(run -> runs.add(Fixtures.run(run.recipe().withTier(Tier.PAPER), 0.3)));
        assertEquals(0.3, claim.judge(runs).ours().mean(), 1e-12);
        assertEquals(Tier.PAPER, claim.judge(runs).tier());
    }

    @Test
    void anIdStandsOnce() {
        String row = "a,x,p,text,m,,,,k,at least,1,,,0\n";
        String said = assertThrows(IllegalArgumentException.class, () -> read(row + row))
                .getMessage();
        assertTrue(said.contains("\"a\" stands twice"), said);
    }

    @Test
    void theClaimsOfEveryPaperInTheRepositoryCanBeRead() throws Exception {
        try (var files = Files.find(Path.of("..", "papers"), 2, (file, is) -> file.endsWith("claims.csv"))) {
            for (Path file : files.toList()) {
                assertFalse(Claims.read(file).isEmpty(), file.toString());
            }
        }
    }

    /** It sets methods beside each other, and no paper stands behind it. */
    @Test
    void aFolderWithoutClaimsHasNone() {
        assertTrue(Claims.ofPaper("comparison").isEmpty());
    }

    /** Two settings of one seed share a network: they are one repeat, not two. */
    @Test
    void repeatsAreSeeds() throws Exception {
        List<Run> runs = new ArrayList<>(runs());
        runs().stream()
                .map(run -> Fixtures.run(
                        Fixtures.with(run.recipe(), "other", 1),
                        run.measurement().accuracyTuned()))
                .forEach(runs::add);
        Claim claim =
                read("c,s,w,text,ours,,,,accuracyTuned,within,0.92,,,0.01\n").get(0);
        assertEquals(3, claim.judge(runs).ours().n());
        assertEquals(claim.judge(runs()).ours(), claim.judge(runs).ours());
    }
}
