package org.parsimony.experiment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the store refuses, what it says then, and that it goes on as if nothing had been asked. */
class RunStore_RefusalsTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("runs.db");
    }

    /** The log beside a file is there while somebody has the file open, and no longer. */
    private boolean isHeld() {
        return Files.exists(folder.resolve("runs.db-wal"));
    }

    @Test
    void theFileIsHeldFromOpeningToClosing() {
        SQLiteConfig config = new SQLiteConfig();
        try (RunStore store = RunStore.open(file(), config)) {
            store.save(Fixtures.run(Fixtures.recipe("a", 1)));
            assertTrue(isHeld());
        }
        assertFalse(isHeld());
        assertEquals(30_000, config.getBusyTimeout(), "milliseconds that a writer waits for another");
    }

    @Test
    void aRunThatIsNotStoredIsFiledNowhere() {
        Run run = Fixtures.run(Fixtures.recipe("a", 1));
        try (RunStore store = RunStore.open(file())) {
            RunStoreException refused = assertThrows(RunStoreException.class, () -> store.file("paper", run));
            assertEquals(Optional.empty(), refused.unsaved());
            assertEquals(run.json(), store.save(run).json(), "what failed has been undone");
            store.file("paper", run);
            assertEquals(1, store.ofPaper("paper").size());
        }
    }

    /** Of ten thousand ids some begin with the same six digits. */
    @Test
    void digitsThatFitTwoRunsNameNone() {
        Map<String, Recipe> seen = new HashMap<>();
        Recipe second = null;
        for (int seed = 1; second == null; seed++) {
            Recipe recipe = Fixtures.recipe("a", seed);
            second = seen.putIfAbsent(recipe.id().substring(0, 6), recipe) == null ? null : recipe;
        }
        String digits = second.id().substring(0, 6);
        Recipe first = seen.get(digits);
        try (RunStore store = RunStore.open(file())) {
            store.save(Fixtures.run(first));
            assertEquals(first, store.find(digits).orElseThrow().recipe());
            store.save(Fixtures.run(second));
            String said = assertThrows(IllegalArgumentException.class, () -> store.find(digits))
                    .getMessage();
            assertTrue(said.contains("\"" + digits + "\" fits several runs"), said);
            assertEquals(second, store.find(second.id()).orElseThrow().recipe());
            assertThrows(IllegalArgumentException.class, () -> store.find("ABCDEF"));
            assertThrows(IllegalArgumentException.class, () -> store.find("abcde"));
            assertTrue(store.find("000000").isEmpty());
        }
    }

    @Test
    void whatIsRefusedIsNotHeld() throws Exception {
        RunStore.open(file()).close();
        sql("PRAGMA application_id = 7");
        assertRefuses("is an SQLite file, but not a run store");
        sql("PRAGMA user_version = 3");
        assertRefuses("has schema 3, but this library knows only 2");
    }

    private void assertRefuses(String message) {
        String said = assertThrows(RunStoreException.class, () -> RunStore.open(file()))
                .getMessage();
        assertTrue(said.contains(message), said);
        assertFalse(isHeld());
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var made = connection.createStatement()) {
            made.execute(statement);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        String said = assertThrows(RunStoreException.class, () -> RunStore.open(inTheWay.resolve("runs.db")))
                .getMessage();
        assertTrue(said.startsWith("cannot make the folder of the run store " + inTheWay), said);
    }

    @Test
    void aClosedStoreSaysThatItCannotBeRead() {
        RunStore store = RunStore.open(file());
        store.close();
        Run run = Fixtures.run(Fixtures.recipe("a", 1));
        RunStoreException unsaved = assertThrows(RunStoreException.class, () -> store.save(run));
        assertEquals(Optional.of(run), unsaved.unsaved());
        for (Executable read : List.<Executable>of(store::all, store::earlier, () -> store.ofPaper("paper"))) {
            String said = assertThrows(RunStoreException.class, read).getMessage();
            assertTrue(said.startsWith("run store " + file().toAbsolutePath() + ": SQLite refused"), said);
        }
    }

    /** What SQLite says, and what to do. */
    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, free space",
        "SQLITE_IOERR_WRITE, free space",
        "SQLITE_BUSY, close that process",
        "SQLITE_LOCKED, close that process",
        "SQLITE_READONLY_DIRECTORY, it cannot be opened for writing",
        "SQLITE_CANTOPEN, it cannot be opened for writing",
        "SQLITE_NOTADB, is damaged or no SQLite file",
        "SQLITE_CORRUPT_VTAB, is damaged or no SQLite file",
        "SQLITE_CONSTRAINT, SQLite refused",
    })
    void theAdviceIsForTheCause(SQLiteErrorCode code, String advice) {
        SQLException cause = new SQLiteException("said so", code);
        RunStoreException told = RunStoreException.of(file(), cause, null);
        assertTrue(told.getMessage().contains(advice) && told.getMessage().contains("said so"), told.getMessage());
        assertEquals(cause, told.getCause());
    }
}
