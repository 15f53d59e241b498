package org.parsimony.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.base.Json;
import org.parsimony.base.Require;
import org.parsimony.base.WholeFile;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Runs as a table, as lines of JSON, and back; the same runs always give the same bytes. */
public final class Runs {

    private static final Comparator<Run> ORDER = Comparator.<Run, String>comparing(
                    run -> run.arm().name())
            .thenComparing(run -> Json.write(run.arm().settings()))
            .thenComparing(run -> run.recipe().dataset())
            .thenComparing(run -> run.recipe().network())
            .thenComparing(run -> run.recipe().tier())
            .thenComparing(run -> run.recipe().seed())
            .thenComparing(Run::id);

    private static final String SETTING = "setting.";

    private Runs() {}

    /**
     * The runs of one arm with one seed, to say where a figure of that recipe comes from.
     *
     * @throws IllegalArgumentException if there is none; the message lists the arms
     */
    public static List<Run> select(List<Run> runs, String arm, long seed) {
        List<Run> own = runs.stream()
                .filter(run -> run.arm().name().equals(arm) && run.recipe().seed() == seed)
                .toList();
        Require.that(
                !own.isEmpty(),
                "there is no run of the arm \"%s\" with seed %d; the arms are %s",
                arm,
                seed,
                runs.stream().map(run -> run.arm().name()).distinct().toList());
        return own;
    }

    /**
     * One row a run, in the order given: {@code id} (12 digits), {@code arm}, {@code steps}, {@code dataset}, the network it
     * started from, {@code tier}, {@code seed}, every column of the measurement, processor, BLAS with its kernel, commit, and the load of the machine, then as {@code
     * setting.name} the settings of the arms. A value that was not measured is missing.
     */
    public static Table table(List<Run> runs) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Run run : runs) {
            Recipe recipe = run.recipe();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", recipe.shortId());
            row.put("arm", run.arm().name());
            row.put("steps", recipe.chain());
            row.put("dataset", recipe.dataset());
            row.put("start", recipe.network());
            row.put("tier", recipe.tier().toString());
            row.put("seed", recipe.seed());
            row.putAll(run.measurement().columns());
            row.put("cpu", run.provenance().cpu());
            row.put("blas", run.provenance().blas() + " " + run.provenance().kernel());
            row.put("commit", run.provenance().commit());
            row.put("load", run.provenance().load());
            run.arm().settings().forEach((name, value) -> row.put(SETTING + name, value));
            rows.add(row);
        }
        Set<String> names = new LinkedHashSet<>(List.of("id"));
        rows.forEach(row -> names.addAll(row.keySet()));
        Table table = Table.create("runs");
        for (String name : inOrder(names)) {
            table.addColumns(
                    column(name, rows.stream().map(row -> row.get(name)).toList()));
        }
        return table;
    }

    /** Settings last, whichever row named them first; codes of bytes together, in the order of the alphabet. */
    private static List<String> inOrder(Set<String> all) {
        List<String> order = new ArrayList<>();
        List<String> names = new ArrayList<>(
                all.stream().filter(name -> !name.startsWith(SETTING)).toList());
        all.stream().filter(name -> name.startsWith(SETTING)).sorted().forEach(names::add);
        Set<String> codes =
                names.stream().filter(n -> n.startsWith("bytesDisk.")).collect(Collectors.toCollection(TreeSet::new));
        boolean placed = false;
        for (String name : names) {
            if (!codes.contains(name)) {
                order.add(name);
            } else if (!placed) {
                order.addAll(codes);
                placed = true;
            }
        }
        return order;
    }

    private static Column<?> column(String name, List<Object> cells) {
        if (cells.stream().allMatch(cell -> cell == null || cell instanceof Long)) {
            LongColumn column = LongColumn.create(name);
            boolean count = !name.equals("seed") && !name.startsWith(SETTING);
            for (Object cell : cells) {
                if (cell == null || count && (Long) cell == -1) {
                    column.appendMissing();
                } else {
                    column.append((Long) cell);
                }
            }
            return column;
        }
        if (cells.stream().allMatch(cell -> cell == null || cell instanceof Number)) {
            DoubleColumn column = DoubleColumn.create(name);
            cells.forEach(cell -> column.append(cell == null ? Double.NaN : ((Number) cell).doubleValue()));
            return column;
        }
        StringColumn column = StringColumn.create(name);
        cells.forEach(cell -> column.append(cell == null ? "" : cell instanceof String s ? s : Json.write(cell)));
        return column;
    }

    /**
     * Writes {@code runs.jsonl} (everything but long traces, one run a line) and {@code runs.csv} (the table, for people) into a folder.
     * Each file is replaced as a whole or not at all.
     */
    public static void write(Path folder, List<Run> runs) throws IOException {
        for (var file : files(runs).entrySet()) {
            WholeFile.write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Runs in the order of the files that {@link #write} writes: by arm, settings, data, network, tier and seed. */
    public static List<Run> sorted(List<Run> runs) {
        return runs.stream().sorted(ORDER).toList();
    }

    /** What {@link #write} writes, by the file's name. */
    public static Map<String, String> files(List<Run> runs) {
        List<Run> sorted = sorted(runs);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "runs.jsonl",
                sorted.stream().map(run -> run.brief().json() + "\n").collect(Collectors.joining()));
        files.put("runs.csv", csv(table(sorted)));
        return files;
    }

    /** The table as CSV (RFC 4180, but with line feeds): numbers in their fewest digits, missing cells empty. */
    public static String csv(Table table) {
        StringBuilder out = new StringBuilder();
        out.append(table.columnNames().stream().map(Runs::csvCell).collect(Collectors.joining(",")))
                .append('\n');
        for (int row = 0; row < table.rowCount(); row++) {
            for (int c = 0; c < table.columnCount(); c++) {
                Column<?> column = table.column(c);
                Object cell = column.isMissing(row) ? "" : column.get(row);
                out.append(c == 0 ? "" : ",");
                out.append(csvCell(cell instanceof Number n ? Json.write(Json.normal(n)) : cell.toString()));
            }
            out.append('\n');
        }
        return out.toString();
    }

    /**
     * Reads runs from a file of JSON lines as {@link #write} writes it.
     *
     * @throws IllegalArgumentException naming file and line of what cannot be read
     */
    public static List<Run> read(Path file) throws IOException {
        List<Run> runs = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            try {
                runs.add(Run.fromJson(lines.get(i)));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return runs;
    }

    /** A cell of comma-separated values (RFC 4180), in quotes where it needs them. */
    private static String csvCell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
