package org.parsimony.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.CsvRows;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;
import org.parsimony.report.Tables.Group;
import tech.tablesaw.api.Table;

/**
 * The smallest networks that others have published, from a folder's {@code records.csv}, and beside each our smallest file at no
 * larger error: of all arms that at least five seeds have measured, by the mean of the whole file and the mean test error. Which
 * arm that is was chosen by test error, as the published ones were.
 */
final class Records {

    static final String FILE = "records.csv";

    /** Fewer seeds are no record. */
    private static final int SEEDS = 5;

    private static final String OURS = "ours at no more error";

    private static final List<String> COLUMNS =
            List.of("method", "year", "dataset", "network", "bytes", "times", "error", "counted", "source");

    /**
     * One published network.
     *
     * @param dataset that it was tested on, a registered name
     * @param network that it was made from, as recipes name it
     * @param bytes of it; NaN where none are stated
     * @param times bytes of the parameters as 32-bit floats over its bytes, or as it counts
     * @param error on test samples, in percent
     * @param counted what the ratio counts
     * @param source where it stands
     */
    record Published(
            String method,
            String year,
            String dataset,
            String network,
            double bytes,
            double times,
            double error,
            String counted,
            String source) {}

    /** Our networks by one arm and setting. */
    private record Ours(String name, int seeds, double bytes, Estimate error) {}

    /** What our tables look like. */
    private record Beside(Published published, Optional<Ours> ours, double dense) {

        double of(ToDoubleFunction<Ours> column) {
            return ours.map(column::applyAsDouble).orElse(Double.NaN);
        }
    }

    private Records() {}

    /**
     * What a file states.
     *
     * @throws IllegalArgumentException naming file, row and cell of what cannot be read
     */
    static List<Published> read(Path file) {
        try {
            List<List<String>> rows = CsvRows.read(Files.readString(file));
            Require.that(
                    !rows.isEmpty() && rows.get(0).equals(COLUMNS),
                    "%s has the columns %s, but must have %s",
                    file,
                    rows.isEmpty() ? "none" : rows.get(0),
                    COLUMNS);
            List<Published> records = new ArrayList<>();
            for (int row = 1; row < rows.size(); row++) {
                records.add(published(file, row, rows.get(row)));
            }
            return List.copyOf(records);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Published published(Path file, int row, List<String> cells) {
        Require.that(
                cells.size() == COLUMNS.size(),
                "%s, row %d: there are %d cells, but must be %d",
                file,
                row,
                cells.size(),
                COLUMNS.size());
        double[] numbers = new double[3];
        for (int i = 0; i < numbers.length; i++) {
            String cell = cells.get(4 + i);
            try {
                numbers[i] = i == 0 && cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        file + ", row " + row + ": " + COLUMNS.get(4 + i) + " is \"" + cell
                                + "\", but must be a number",
                        e);
            }
        }
        return new Published(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                numbers[0],
                numbers[1],
                numbers[2],
                cells.get(7),
                cells.get(8));
    }

    /**
     * One row for each record: what it states, and of ours the arm, its seeds, bytes of the file, ratio, and test error in percent
     * with 95 % interval; missing where no arm of ours has an error as low.
     *
     * @param runs by the paper that they are filed under
     */
    static Table table(List<Published> records, Map<String, List<Run>> runs) {
        List<Beside> rows = records.stream()
                .map(one -> new Beside(one, ours(one, runs), dense(one, runs)))
                .toList();
        return Rows.of(rows)
                .texts("published", row -> row.published().method())
                .texts("year", row -> row.published().year())
                .texts(
                        "network",
                        row -> row.published().dataset() + ", "
                                + row.published().network())
                .doubles("bytes", 0, row -> row.published().bytes())
                .doubles("× smaller", 0, row -> row.published().times())
                .doubles("error %", 2, row -> row.published().error())
                .texts("counted", row -> row.published().counted())
                .texts(OURS, row -> row.ours().map(Ours::name).orElse(""))
                .doubles("seeds", 0, row -> row.of(Ours::seeds))
                .doubles("file, B", 0, row -> row.of(Ours::bytes))
                .doubles("× smaller, ours", 0, row -> row.dense() / row.of(Ours::bytes))
                .doubles(
                        "error of ours %", 2, row -> row.of(ours -> ours.error().mean()))
                .doubles("±95 %", 2, row -> row.of(ours -> ours.error().half()))
                .texts("source", row -> row.published().source())
                .table("records");
    }

    /** Our smallest file from the same network on the same data, whatever its error; one row for each such pair. */
    static Table smallest(List<Published> records, Map<String, List<Run>> runs) {
        List<Published> any = records.stream()
                .map(one -> new Published("", "", one.dataset(), one.network(), Double.NaN, Double.NaN, 100, "", ""))
                .distinct()
                .toList();
        Table table = table(any, runs);
        table.removeColumns("published", "year", "bytes", "× smaller", "error %", "counted", "source");
        table.column(OURS).setName("our smallest file");
        return table.dropWhere(table.doubleColumn("file, B").isMissing());
    }

    private static Optional<Ours> ours(Published record, Map<String, List<Run>> papers) {
        List<Ours> all = new ArrayList<>();
        papers.forEach((paper, runs) -> {
            List<Run> own = runs.stream()
                    .filter(run -> run.recipe().dataset().equals(record.dataset())
                            && run.recipe().network().equals(record.network()))
                    .toList();
            Map<Group, List<Run>> groups = Tables.groups(own);
            groups.forEach((group, same) -> {
                double bytes = Overview.file(same, Measurement.FILE);
                if (same.size() >= SEEDS && !Double.isNaN(bytes)) {
                    Estimate error = Tables.estimate(
                            same, run -> 100 * (1 - run.measurement().accuracyTuned()));
                    all.add(new Ours(
                            paper + ": " + group.method() + (group.setting().isEmpty() ? "" : ", " + group.setting()),
                            same.size(),
                            bytes,
                            error));
                }
            });
        });
        return all.stream()
                .filter(our -> our.error().mean() <= record.error())
                .min(Comparator.comparingDouble(Ours::bytes).thenComparing(Ours::name));
    }

    /** Bytes of the network's own parameters as 32-bit floats: the most that a run of it has, whatever became of it. */
    private static double dense(Published record, Map<String, List<Run>> papers) {
        return papers.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.recipe().network().equals(record.network()))
                .mapToLong(run -> run.measurement().bytesDisk().getOrDefault(Measurement.RAW, -1L))
                .max()
                .orElse(-1);
    }
}
