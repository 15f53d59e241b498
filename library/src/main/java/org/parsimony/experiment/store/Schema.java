package org.parsimony.experiment.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a {@link RunStore}, and how those of an earlier version become them. */
final class Schema {

    /** Version of the tables; raised when they change. */
    static final int VERSION = 2;

    /** A store of more pages (4096 bytes each) is not read through at every opening; SQLite tells of damage where it meets it. */
    private static final int CHECKED_PAGES = 8192;

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
        "PRAGMA user_version = " + VERSION
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

    private Schema() {}

    /** Looks into {@code file}: makes the tables where there are none, and moves those of an earlier schema. */
    static void prepare(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                int schema = number(statement, "PRAGMA user_version");
                int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
                if (schema > VERSION) {
                    throw new RunStoreException(
                            "the run store " + file + " has schema " + schema + ", but this library knows only "
                                    + VERSION + ": use the newer version of the library that wrote it, or another file",
                            null);
                }
                if (schema == 0 && tables > 0
                        || schema > 0 && number(statement, "PRAGMA application_id") != APPLICATION) {
                    throw new RunStoreException(
                            file + " is an SQLite file, but not a run store; name another file", null);
                }
                if (schema < VERSION) {
                    execute(statement, schema == 1 ? FROM_SCHEMA_1 : new String[0]);
                    execute(statement, TABLES);
                    execute(statement, schema == 1 ? KEEP_SCHEMA_1 : new String[0]);
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                rollback(statement, e);
                throw e;
            }
            if (number(statement, "PRAGMA page_count") > CHECKED_PAGES) {
                return;
            }
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!check.getString(1).equals("ok")) {
                    throw RunStoreException.damaged(file, check.getString(1), null);
                }
            }
        }
    }

    private static void execute(Statement statement, String... commands) throws SQLException {
        for (String sql : commands) {
            statement.execute(sql);
        }
    }

    /** Undoes what was begun, {@code reason} being why. */
    static void rollback(Statement statement, Exception reason) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e); // SQLite has rolled back by itself, as it does when the disk is full
        }
    }

    /** The number that {@code sql} gives. */
    static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }
}
