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
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Step;
import org.sqlite.SQLiteConfig;

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
            Schema.prepare(absolute, connection);
            return store;
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw RunStoreException.of(absolute, e, null);
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

    /** The store's file. */
    public Path path() {
        return file;
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
                return Schema.number(statement, "SELECT count(*) FROM earlier");
            } catch (SQLException e) {
                throw RunStoreException.of(file, e, null);
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
                Schema.rollback(statement, e);
                throw e;
            }
        } catch (SQLException e) {
            throw RunStoreException.of(file, e, unsaved);
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
            throw RunStoreException.of(file, e, null);
        }
    }

    /** The runs that have a step of this method, in the same order. */
    public List<Run> ofMethod(String method) {
        return query("SELECT json FROM run JOIN step ON step.run = run.id WHERE step.method = ?" + ORDER, method);
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
            throw RunStoreException.of(file, e, null);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw RunStoreException.of(file, e, null);
        }
    }
}
