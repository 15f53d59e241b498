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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.base.WholeFile;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Runs as a table, as lines of JSON, and back; the same runs always give the same bytes. */
public final class Runs {

    private static final Comparator<Run> ORDER = Comparator.<Run, String>comparing(
                    run -> run.recipe().method())
            .thenComparing(run -> run.recipe().dataset())
            .thenComparing(run -> run.recipe().network())
            .thenComparing(run -> run.recipe().tier())
            .thenComparing(run -> run.recipe().seed())
            .thenComparing(Run::id);

    private Runs() {}

    /**
     * One row a run, in the order given: {@code id} (12 digits), {@code tier}, every column of the measurement, then as
     * {@code option.name} those options in which the runs differ. A value that was not measured is missing.
     */
    public static Table table(List<Run> runs) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<String> varying = varying(runs);
        for (Run run : runs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", run.recipe().shortId());
            row.put("tier", run.recipe().tier().toString());
            row.putAll(run.measurement().columns());
            for (String option : varying) {
                row.put("option." + option, run.recipe().options().get(option));
            }
            rows.add(row);
        }
        Set<String> names = new LinkedHashSet<>(List.of("id", "tier"));
        rows.forEach(row -> names.addAll(row.keySet()));
        Table table = Table.create("runs");
        for (String name : inOrder(names)) {
            table.addColumns(
                    column(name, rows.stream().map(row -> row.get(name)).toList()));
        }
        return table;
    }

    /** Options last, whichever row named them first; codes of bytes together, in the order of the alphabet. */
    private static List<String> inOrder(Set<String> names) {
        List<String> order = new ArrayList<>();
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

    private static Set<String> varying(List<Run> runs) {
        Map<String, Set<String>> values = new TreeMap<>();
        Set<String> names = runs.stream()
                .flatMap(run -> run.recipe().options().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Run run : runs) {
            for (String name : names) {
                values.computeIfAbsent(name, n -> new TreeSet<>())
                        .add(Json.write(run.recipe().options().get(name)));
            }
        }
        values.values().removeIf(different -> different.size() < 2);
        return values.keySet();
    }

    private static Column<?> column(String name, List<Object> cells) {
        if (cells.stream().allMatch(cell -> cell == null || cell instanceof Long)) {
            LongColumn column = LongColumn.create(name);
            boolean count = !name.equals("seed") && !name.startsWith("option.");
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
     * Writes {@code runs.jsonl} (everything, one run a line) and {@code runs.csv} (the table, for people) into a folder.
     * Each file is replaced as a whole or not at all.
     */
    public static void write(Path folder, List<Run> runs) throws IOException {
        List<Run> sorted = runs.stream().sorted(ORDER).toList();
        String lines = sorted.stream().map(run -> run.json() + "\n").collect(Collectors.joining());
        WholeFile.write(folder.resolve("runs.jsonl"), lines.getBytes(StandardCharsets.UTF_8));
        WholeFile.write(folder.resolve("runs.csv"), csv(table(sorted)).getBytes(StandardCharsets.UTF_8));
    }

    /** The table as CSV (RFC 4180, but with line feeds): numbers in their fewest digits, missing cells empty. */
    public static String csv(Table table) {
        StringBuilder out = new StringBuilder();
        out.append(table.columnNames().stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append('\n');
        for (int row = 0; row < table.rowCount(); row++) {
            for (int c = 0; c < table.columnCount(); c++) {
                Column<?> column = table.column(c);
                Object cell = column.isMissing(row) ? "" : column.get(row);
                out.append(c == 0 ? "" : ",");
                out.append(Csv.cell(cell instanceof Number n ? Json.write(Json.normal(n)) : cell.toString()));
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
}
