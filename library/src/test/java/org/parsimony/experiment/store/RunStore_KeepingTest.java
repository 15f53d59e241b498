package org.parsimony.experiment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.sqlite.SQLiteConfig;
import tech.tablesaw.api.Table;

class RunStore_KeepingTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("some where/runs.db");
    }

    @Test
    void aRunComesBackAsItWas() {
        Run run = Fixtures.run(Fixtures.recipe("a", 1));
        try (RunStore store = RunStore.open(file())) {
            store.save(run);
        }
        try (RunStore store = RunStore.open(file())) {
            Run again = store.find(run.recipe().shortId()).orElseThrow();
            assertEquals(run.recipe(), again.recipe());
            assertEquals(run.measurement(), again.measurement());
            assertEquals(run.provenance(), again.provenance());
            assertEquals(run.arm(), again.arm());
            Table table = run.steps().get(0).table();
            assertEquals(table.print(), again.steps().get(0).table().print());
            assertEquals(table.types(), again.steps().get(0).table().types());
            assertEquals(run.json(), again.json());
        }
    }

    @Test
    void theFirstOfTwoStaysUntilOneReplacesIt() {
        Recipe recipe = Fixtures.recipe("a", 1);
        try (RunStore store = RunStore.open(file())) {
            store.save(Fixtures.run(recipe));
            assertEquals(
                    0.901, store.save(Fixtures.run(recipe, 0.1)).measurement().accuracyTuned(), "the first one stays");
            assertEquals(0, store.earlier());
            store.replace(Fixtures.run(recipe, 0.2), "measured under the fair protocol");
            assertEquals(
                    0.2, store.find(recipe.id()).orElseThrow().measurement().accuracyTuned());
            assertEquals(1, store.all().size());
            assertEquals(1, store.earlier(), "the earlier one is kept");
            store.replace(Fixtures.run(Fixtures.recipe("b", 1)), "there was none");
            assertEquals(1, store.earlier());
            assertEquals(1, store.ofMethod("b").size());
        }
    }

    /** As the library wrote it before recipes had steps. */
    @Test
    void runsOfTheFirstSchemaAreKeptAsEarlierOnes() throws Exception {
        Files.createDirectories(file().getParent());
        for (String statement : List.of(
                "CREATE TABLE run (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT",
                "CREATE INDEX run_by ON run (id)",
                "CREATE TABLE paper (name TEXT NOT NULL, run TEXT NOT NULL REFERENCES run (id), PRIMARY KEY (name, run))"
                        + " STRICT, WITHOUT ROWID",
                "INSERT INTO run VALUES ('ab', '{\"id\":\"ab\"}'), ('cd', '{\"id\":\"cd\"}')",
                "INSERT INTO paper VALUES ('sham', 'ab')",
                "PRAGMA application_id = 1347572563",
                "PRAGMA user_version = 1")) {
            sql(statement);
        }
        try (RunStore store = RunStore.open(file())) {
            assertEquals(0, store.all().size());
            assertEquals(0, store.ofPaper("sham").size());
            assertEquals(2, store.earlier());
            store.save(Fixtures.run(Fixtures.recipe("a", 1)));
        }
        try (RunStore store = RunStore.open(file())) {
            assertEquals(1, store.all().size());
            assertEquals(2, store.earlier());
        }
    }

    @Test
    void onePaperMayCallARunByTwoNames() {
        Run run = Fixtures.run(Fixtures.recipe("a", 1));
        try (RunStore store = RunStore.open(file())) {
            store.save(run);
            store.file("one", run.as(new Arm("control")));
            store.file("one", run.as(new Arm("magnitude").with("ratio", 0)));
            store.file("two", run);
            store.file("two", run);
            assertEquals(
                    List.of("control", "magnitude"),
                    store.ofPaper("one").stream()
                            .map(r -> r.arm().name())
                            .sorted()
                            .toList());
            assertEquals(
                    List.of(run.arm()),
                    store.ofPaper("two").stream().map(Run::arm).toList());
        }
    }

    @Test
    void queriesAreOrderedAndExact() {
        try (RunStore store = RunStore.open(file())) {
            for (String method : List.of("b", "a")) {
                for (int seed = 10; seed > 0; seed -= 4) {
                    store.save(Fixtures.run(Fixtures.recipe(method, seed)));
                }
            }
            store.save(Fixtures.run(Fixtures.with(Fixtures.recipe("a", 3), "ratio", 0.75)));
            assertEquals(
                    List.of(2L, 2L, 3L, 6L, 6L, 10L, 10L),
                    store.all().stream().map(run -> run.recipe().seed()).toList());
            assertEquals(4, store.ofMethod("a").size());
            Table table = Runs.table(store.all());
            assertEquals(7, table.rowCount());
            assertEquals(0.75, table.doubleColumn("setting.ratio").get(2));
            assertTrue(table.column("trainingMemory").isMissing(0), "-1 is not a count");
        }
    }

    @Test
    void linesAndTableAreTheSameBytesWhateverTheOrder() throws Exception {
        List<Run> runs = List.of(Fixtures.run(Fixtures.recipe("b", 2)), Fixtures.run(Fixtures.recipe("a", 1)));
        Runs.write(folder.resolve("one"), runs);
        Runs.write(folder.resolve("two"), List.of(runs.get(1), runs.get(0)));
        for (String name : List.of("runs.jsonl", "runs.csv")) {
            assertEquals(-1, Files.mismatch(folder.resolve("one/" + name), folder.resolve("two/" + name)));
        }
        try (RunStore store = RunStore.open(file())) {
            Runs.read(folder.resolve("one/runs.jsonl")).forEach(store::save);
            Runs.write(folder.resolve("three"), store.all());
        }
        assertEquals(-1, Files.mismatch(folder.resolve("one/runs.jsonl"), folder.resolve("three/runs.jsonl")));
        assertEquals(
                "id,arm,steps,dataset,start,tier,seed,network,parameters,nonzeros,macsDense,macsNonzero,bytesMemory,"
                        + "bytesDisk.ham,bytesDisk.raw,latencyMedian,latencyLower,latencyUpper,accuracyBefore,"
                        + "accuracyAfter,accuracyTuned,lossBefore,lossAfter,lossTuned,validationAccuracy,trainingMemory,"
                        + "epochs,seconds,engine,cpu,blas,commit,load,setting.ratio",
                Files.readAllLines(folder.resolve("one/runs.csv")).get(0));
    }

    @Test
    void anAlteredLineIsRefused() throws Exception {
        Path lines = folder.resolve("runs.jsonl");
        String line = Fixtures.run(Fixtures.recipe("a", 1)).json();
        Files.writeString(
                lines,
                line + "\n"
                        + line.replace(
                                "\"method\":\"a\",\"options\":{\"ratio\":0.5}",
                                "\"method\":\"a\",\"options\":{\"ratio\":0.6}")
                        + "\n");
        String said = assertThrows(IllegalArgumentException.class, () -> Runs.read(lines))
                .getMessage();
        assertTrue(said.contains("runs.jsonl, line 2") && said.contains("altered"), said);
    }

    @Test
    void aRowOfAnOlderLibraryHasUnmeasuredColumns() {
        String line = Fixtures.run(Fixtures.recipe("a", 1)).json().replace("\"lossTuned\":0.25,", "");
        assertEquals(Double.NaN, Run.fromJson(line).measurement().lossTuned());
        assertEquals(0.901, Run.fromJson(line).measurement().accuracyTuned());
    }

    @Test
    void aFullDiskSaysSoAndKeepsEverything() {
        SQLiteConfig small = new SQLiteConfig();
        small.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, "24");
        int stored = 0;
        try (RunStore store = RunStore.open(file(), small)) {
            RunStoreException full = null;
            while (full == null) {
                try {
                    store.save(Fixtures.run(Fixtures.recipe("a", stored + 1)));
                    stored++;
                } catch (RunStoreException e) {
                    full = e;
                }
            }
            assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
            assertTrue(full.getMessage().contains(file().toAbsolutePath().toString()), full.getMessage());
            assertEquals(stored + 1, full.unsaved().orElseThrow().recipe().seed());
            assertEquals(stored, store.all().size());
            Run unsaved = full.unsaved().orElseThrow();
            try (RunStore roomy = RunStore.open(file())) {
                roomy.save(unsaved);
                assertEquals(stored + 1, roomy.all().size());
            }
        }
    }

    @Test
    void aDamagedFileIsNamedWithWhatToDo() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "this is a text, not a database. ".repeat(100));
        assertRefuses("is damaged or no SQLite file");

        Files.delete(file());
        try (RunStore store = RunStore.open(file())) {
            for (int seed = 0; seed < 30; seed++) {
                store.save(Fixtures.run(Fixtures.recipe("a", seed)));
            }
        }
        byte[] bytes = Files.readAllBytes(file());
        java.util.Arrays.fill(bytes, 4096, 3 * 4096, (byte) 0x5a);
        Files.write(file(), bytes);
        assertRefuses("is damaged or no SQLite file");
    }

    @Test
    void aNewerOrForeignFileIsRefused() throws Exception {
        RunStore.open(file()).close();
        sql("PRAGMA user_version = 3");
        assertRefuses("has schema 3, but this library knows only 2");
        Files.delete(file());
        sql("CREATE TABLE recipes (cake TEXT)");
        assertRefuses("is an SQLite file, but not a run store");
    }

    private void sql(String statement) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            connection.createStatement().execute(statement);
        }
    }

    private void assertRefuses(String message) {
        String said = assertThrows(RunStoreException.class, () -> RunStore.open(file()))
                .getMessage();
        assertTrue(said.contains(message) && said.contains(file().toString()), said);
    }
}
