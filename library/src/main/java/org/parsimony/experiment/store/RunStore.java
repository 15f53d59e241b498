package org.parsimony.experiment.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.Step;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tech.tablesaw.api.Table;

/**
 * Every finished run, in one SQLite file.
 *
 * <p>A run is durable as soon as {@link #save} returns: it is there after a kill, and after a power cut. Several
 * threads and several processes on one machine may use the same file at once (write-ahead log; a writer waits up to 30
 * seconds for another). The file must lie on a local disk, not on a network share, where SQLite's locks do not hold.
 *
 * <p>Beside the runs the store keeps which paper a run belongs to and what it is called there; one run may belong to
 * several. A run that is measured again takes the place of the earlier one, which is kept in the table {@code earlier}. So
 * are runs of a store of schema 1, whose recipes had one method and no steps: they cannot be run again and are compared
 * with nothing.
 */
public final class RunStore implements AutoCloseable {

    /** Version of the tables; raised when they change. */
    static final int SCHEMA = 2;

    private static final int APPLICATION = 0x50525353; // "PRSS", which file(1) and SQLite's own tools show

    private static final String[] TABLES = {
        """
        CREATE TABLE run (
          id TEXT PRIMARY KEY,
          json TEXT NOT NULL CHECK (json_extract(json, '$.id') = id),
          dataset TEXT AS (json_extract(json, '$.recipe.dataset')) VIRTUAL,
          network TEXT AS (json_extract(json, '$.recipe.network')) VIRTUAL,
          tier TEXT AS (json_extract(json, '$.recipe.tier')) VIRTUAL,
          seed INTEGER AS (json_extract(json, '$.recipe.seed')) VIRTUAL
        ) STRICT""",
        "CREATE INDEX run_by ON run (dataset, network, tier, seed, id)",
        """
        CREATE TABLE step (
          run TEXT NOT NULL REFERENCES run (id),
          method TEXT NOT NULL,
          PRIMARY KEY (method, run)
        ) STRICT, WITHOUT ROWID""",
        """
        CREATE TABLE paper (
          name TEXT NOT NULL,
          run TEXT NOT NULL REFERENCES run (id),
          arm TEXT NOT NULL,
          PRIMARY KEY (name, run, arm)
        ) STRICT, WITHOUT ROWID""",
        """
        CREATE TABLE earlier (
          id TEXT NOT NULL,
          replaced TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
          why TEXT NOT NULL,
          json TEXT NOT NULL
        ) STRICT""",
        "PRAGMA application_id = " + APPLICATION,
        "PRAGMA user_version = " + SCHEMA
    };

    /** What was measured before recipes had steps is kept, and no longer taken for a run. */
    private static final String[] FROM_SCHEMA_1 = {
        "DROP INDEX run_by", "ALTER TABLE run RENAME TO run_1", "ALTER TABLE paper RENAME TO paper_1",
    };

    private static final String[] KEEP_SCHEMA_1 = {
        "INSERT INTO earlier (id, why, json) SELECT id, 'a recipe of one method, without steps', json FROM run_1",
        "DROP TABLE paper_1",
        "DROP TABLE run_1",
    };

    private static final String ORDER = " ORDER BY dataset, network, tier, seed, id";

    private final Path file;
    private final Connection connection;

    private RunStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the store, or makes an empty one where there is none.
     *
     * @throws RunStoreException if the file is damaged, is no run store, or was made by a newer version
     */
    public static RunStore open(Path file) {
        return open(file, new SQLiteConfig());
    }

    static RunStore open(Path file, SQLiteConfig config) {
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(30_000);
        config.enforceForeignKeys(true);
        Path absolute = file.toAbsolutePath();
        Connection connection = null;
        try {
            Files.createDirectories(absolute.getParent());
            connection = config.createConnection("jdbc:sqlite:" + absolute);
            RunStore store = new RunStore(absolute, connection);
            store.prepare();
            return store;
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw explain(absolute, e, null);
        } catch (IOException e) {
            throw new RunStoreException("cannot make the folder of the run store " + absolute + ": " + e, e);
        } catch (RuntimeException e) {
            closeQuietly(connection, e);
            throw e;
        }
    }

    private static void closeQuietly(Connection connection, Exception reason) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                int schema = number(statement, "PRAGMA user_version");
                int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
                if (schema > SCHEMA) {
                    throw new RunStoreException(
                            "the run store " + file + " has schema " + schema + ", but this library knows only "
                                    + SCHEMA + ": use the newer version of the library that wrote it, or another file",
                            null);
                }
                if (schema == 0 && tables > 0
                        || schema > 0 && number(statement, "PRAGMA application_id") != APPLICATION) {
                    throw new RunStoreException(
                            file + " is an SQLite file, but not a run store; name another file", null);
                }
                if (schema < SCHEMA) {
                    execute(statement, schema == 1 ? FROM_SCHEMA_1 : new String[0]);
                    execute(statement, TABLES);
                    execute(statement, schema == 1 ? KEEP_SCHEMA_1 : new String[0]);
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                rollback(statement, e);
                throw e;
            }
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!check.getString(1).equals("ok")) {
                    throw damaged(file, check.getString(1), null);
                }
            }
        }
    }

    private static void execute(Statement statement, String... commands) throws SQLException {
        for (String sql : commands) {
            statement.execute(sql);
        }
    }

    private static void rollback(Statement statement, Exception reason) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e); // SQLite has rolled back by itself, as it does when the disk is full
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }

    /**
     * Stores a run durably. Where its recipe has been stored already, by another process perhaps, the first one stays.
     *
     * @return the run that is in the store
     * @throws RunStoreException if it cannot be written; the exception keeps the run, and earlier runs are untouched
     */
    public synchronized Run save(Run run) {
        boolean fresh = transaction(run, () -> {
            boolean inserted = update("INSERT OR IGNORE INTO run (id, json) VALUES (?, ?)", run.id(), run.json()) == 1;
            if (inserted) {
                steps(run);
            }
            return inserted;
        });
        return fresh ? run : find(run.id()).orElseThrow();
    }

    /**
     * Stores a run in the place of the earlier one of its recipe, if there is one, which is kept as such.
     *
     * @param why the earlier one no longer counts, in a few words
     */
    public synchronized void replace(Run run, String why) {
        transaction(run, () -> {
            update("INSERT INTO earlier (id, why, json) SELECT id, ?, json FROM run WHERE id = ?", why, run.id());
            if (update("UPDATE run SET json = ? WHERE id = ?", run.json(), run.id()) == 0) {
                update("INSERT INTO run (id, json) VALUES (?, ?)", run.id(), run.json());
                steps(run);
            }
            return true;
        });
    }

    private void steps(Run run) throws SQLException {
        for (Step step : run.recipe().steps()) {
            update("INSERT OR IGNORE INTO step (run, method) VALUES (?, ?)", run.id(), step.method());
        }
    }

    /** Files a stored run under a paper, the name of its folder in {@code papers/}, and what it is called there. */
    public synchronized void file(String paper, Run run) {
        transaction(
                null,
                () -> update(
                                "INSERT OR IGNORE INTO paper (name, run, arm) VALUES (?, ?, ?)",
                                paper,
                                run.id(),
                                Json.write(Records.write(run.arm())))
                        == 1);
    }

    /** How many runs were replaced by later ones, or were made before recipes had steps. */
    public int earlier() {
        synchronized (this) {
            try (Statement statement = connection.createStatement()) {
                return number(statement, "SELECT count(*) FROM earlier");
            } catch (SQLException e) {
                throw explain(file, e, null);
            }
        }
    }

    private interface Change {
        boolean make() throws SQLException;
    }

    private boolean transaction(Run unsaved, Change change) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                boolean made = change.make();
                statement.execute("COMMIT");
                return made;
            } catch (SQLException | RuntimeException e) {
                rollback(statement, e);
                throw e;
            }
        } catch (SQLException e) {
            throw explain(file, e, unsaved);
        }
    }

    private int update(String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** The run with this id, whole or its first digits. */
    public Optional<Run> find(String id) {
        if (!id.matches("[0-9a-f]{6,64}")) {
            throw new IllegalArgumentException(
                    "run id is \"" + id + "\", but must be 6 to 64 hexadecimal digits in lower case");
        }
        List<Run> found = query("SELECT json FROM run WHERE id >= ? AND id < ? || 'g' LIMIT 2", id, id);
        if (found.size() > 1) {
            throw new IllegalArgumentException("run id \"" + id + "\" fits several runs; give more digits");
        }
        return found.stream().findFirst();
    }

    /** Every run, ordered by data set, network, tier, seed and id. */
    public List<Run> all() {
        return query("SELECT json FROM run" + ORDER);
    }

    /** The runs filed under a paper under the names that they have there, in the same order. */
    public synchronized List<Run> ofPaper(String paper) {
        String sql =
                "SELECT json, arm FROM run JOIN paper ON paper.run = run.id WHERE paper.name = ?" + ORDER + ", arm";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, paper);
            List<Run> runs = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    runs.add(
                            Run.fromJson(rows.getString(1)).as(Arm.fromMap(Json.readObject("arm", rows.getString(2)))));
                }
            }
            return runs;
        } catch (SQLException e) {
            throw explain(file, e, null);
        }
    }

    /** The runs that have a step of this method, in the same order. */
    public List<Run> ofMethod(String method) {
        return query("SELECT json FROM run JOIN step ON step.run = run.id WHERE step.method = ?" + ORDER, method);
    }

    /** The runs on a data set, in the same order. */
    public List<Run> onDataset(String dataset) {
        return query("SELECT json FROM run WHERE dataset = ?" + ORDER, dataset);
    }

    /** The runs of a recipe with any seed, in the order of the seeds. */
    public List<Run> seedsOf(Recipe recipe) {
        return query(
                        "SELECT json FROM run WHERE dataset = ? AND network = ?" + ORDER,
                        recipe.dataset(),
                        recipe.network())
                .stream()
                .filter(run -> run.recipe().withSeed(recipe.seed()).equals(recipe))
                .toList();
    }

    /** Every run as a row; see {@link Runs#table}. */
    public Table table() {
        return Runs.table(all());
    }

    private synchronized List<Run> query(String sql, String... arguments) {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setString(i + 1, arguments[i]);
            }
            List<Run> runs = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    runs.add(Run.fromJson(rows.getString(1)));
                }
            }
            return runs;
        } catch (SQLException e) {
            throw explain(file, e, null);
        }
    }

    /** The file. */
    public Path path() {
        return file;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw explain(file, e, null);
        }
    }

    private static RunStoreException explain(Path file, SQLException e, Run unsaved) {
        SQLiteErrorCode code = e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        String name = code.name();
        if (name.startsWith("SQLITE_NOTADB") || name.startsWith("SQLITE_CORRUPT")) {
            return damaged(file, e.getMessage(), e);
        }
        String advice;
        if (name.startsWith("SQLITE_FULL") || name.startsWith("SQLITE_IOERR")) {
            advice = "the disk is full or cannot be written: free space, then save again; earlier runs are intact";
        } else if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            advice = "another process has held it for 30 seconds: close that process, then try again";
        } else if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN")) {
            advice = "it cannot be opened for writing: check that path and rights allow it, or name another file";
        } else {
            advice = "SQLite refused";
        }
        return new RunStoreException("run store " + file + ": " + advice + " (" + e.getMessage() + ")", e, unsaved);
    }

    private static RunStoreException damaged(Path file, String how, Throwable cause) {
        return new RunStoreException(
                "the run store " + file + " is damaged or no SQLite file (" + how + "): move it away together with its "
                        + "-wal and -shm files, open a fresh store under this name, and import what you have exported "
                        + "(runs.jsonl); `sqlite3 FILE .recover` may save more",
                cause);
    }
}
