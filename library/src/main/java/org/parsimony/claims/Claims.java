package org.parsimony.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Home;
import org.parsimony.base.Require;

/** What a paper states, from its {@code papers/NAME/claims.csv}. */
public final class Claims {

    private static final List<String> COLUMNS = List.of(
            "id",
            "statement",
            "where",
            "certainty",
            "method",
            "dataset",
            "network",
            "options",
            "metric",
            "rule",
            "value",
            "sd",
            "against",
            "tolerance");

    /** Columns that a file may have behind these, in this order as far as it has them. */
    private static final List<String> MORE = List.of("n", "counting", "about", "experiment");

    private Claims() {}

    /** The claims of a paper by the name of its folder; none where the folder has no {@code claims.csv}, as that of a comparison. */
    public static List<Claim> ofPaper(String paper) {
        Path file = Home.paper(paper).resolve("claims.csv");
        if (Files.notExists(file)) {
            return List.of();
        }
        try {
            return read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the claims of " + paper + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads claims.
     *
     * @throws IllegalArgumentException naming file, claim and column of what cannot be a claim: among others a certainty
     *     other than text, code, data or abstract
     */
    public static List<Claim> read(Path file) throws IOException {
        List<List<String>> rows = CsvRows.read(Files.readString(file));
        List<String> columns = rows.isEmpty() ? List.of() : rows.get(0);
        if (!isHead(columns)) {
            throw new IllegalArgumentException(file + " has the columns " + (rows.isEmpty() ? "none" : columns)
                    + ", but must have " + COLUMNS + ", and may have " + MORE + " behind them");
        }
        List<Claim> claims = new ArrayList<>();
        for (int row = 1; row < rows.size(); row++) {
            try {
                claims.add(claim(columns, rows.get(row)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", claim " + row + ": " + e.getMessage(), e);
            }
        }
        List<String> ids = claims.stream().map(Claim::id).toList();
        for (String id : ids) {
            Require.that(
                    Collections.frequency(ids, id) == 1,
                    "%s: the id \"%s\" stands twice; every claim has its own",
                    file,
                    id);
        }
        return List.copyOf(claims);
    }

    private static boolean isHead(List<String> columns) {
        List<String> more = columns.subList(Math.min(COLUMNS.size(), columns.size()), columns.size());
        return columns.size() >= COLUMNS.size()
                && columns.subList(0, COLUMNS.size()).equals(COLUMNS)
                && more.equals(MORE.stream().filter(more::contains).toList());
    }

    private static Claim claim(List<String> columns, List<String> cells) {
        Require.that(
                cells.size() == columns.size(), "there are %d cells, but must be %d", cells.size(), columns.size());
        Map<String, String> row = new TreeMap<>();
        MORE.forEach(column -> row.put(column, ""));
        for (int c = 0; c < cells.size(); c++) {
            row.put(columns.get(c), cells.get(c));
        }
        double repeats = number(row, "n", 0);
        Require.that(repeats == Math.rint(repeats), "n is %s, but must be a whole number or empty", row.get("n"));
        return new Claim(
                row.get("id"),
                row.get("statement"),
                row.get("where"),
                constant(row, "certainty", Claim.Certainty.class),
                row.get("method"),
                row.get("dataset"),
                row.get("network"),
                options(row.get("options")),
                row.get("metric"),
                constant(row, "rule", Verdict.Rule.class),
                number(row, "value", Double.NaN),
                number(row, "sd", Double.NaN),
                row.get("against"),
                number(row, "tolerance", 0),
                (int) repeats,
                row.get("counting"),
                row.get("about"),
                row.get("experiment"));
    }

    /** {@code a=1;b=x} as a map. */
    private static Map<String, Object> options(String text) {
        Map<String, Object> options = new TreeMap<>();
        Arrays.stream(text.split(";")).filter(part -> !part.isBlank()).forEach(part -> {
            String[] pair = part.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException("options is \"" + text + "\", but must read name=value;name=value");
            }
            options.put(pair[0].trim(), pair[1].trim());
        });
        return options;
    }

    private static double number(Map<String, String> row, String column, double missing) {
        String text = row.get(column);
        try {
            return text.isEmpty() ? missing : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " is \"" + text + "\", but must be a number or empty", e);
        }
    }

    private static <E extends Enum<E>> E constant(Map<String, String> row, String column, Class<E> type) {
        String text = row.get(column);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> spelled(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(column + " is \"" + text + "\", but must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Claims::spelled)
                                .toList()));
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
