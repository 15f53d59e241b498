package org.parsimony.experiment;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Home;

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

    private Claims() {}

    /** The claims of a paper by the name of its folder. */
    public static List<Claim> ofPaper(String paper) {
        Path file = Home.paper(paper).resolve("claims.csv");
        try {
            return read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the claims of " + paper + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads claims.
     *
     * @throws IllegalArgumentException naming file, line and column of what cannot be a claim: among others a certainty
     *     other than text, code, data or abstract
     */
    public static List<Claim> read(Path file) throws IOException {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setHeaderExtractionEnabled(true);
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setNullValue("");
        settings.setMaxCharsPerColumn(10_000);
        CsvParser parser = new CsvParser(settings);
        List<Claim> claims = new ArrayList<>();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            parser.beginParsing(reader);
            for (Record row = parser.parseNextRecord(); row != null; row = parser.parseNextRecord()) {
                String[] header = parser.getContext().headers();
                if (!List.of(header).equals(COLUMNS)) {
                    throw new IllegalArgumentException(
                            file + " has the columns " + List.of(header) + ", but must have " + COLUMNS);
                }
                claims.add(claim(file + ", line " + parser.getContext().currentLine(), row));
            }
        } finally {
            parser.stopParsing();
        }
        return List.copyOf(claims);
    }

    private static Claim claim(String place, Record row) {
        try {
            return new Claim(
                    row.getString("id"),
                    row.getString("statement"),
                    row.getString("where"),
                    constant(row, "certainty", Claim.Certainty.class),
                    row.getString("method"),
                    row.getString("dataset"),
                    row.getString("network"),
                    options(row.getString("options")),
                    row.getString("metric"),
                    constant(row, "rule", Claim.Rule.class),
                    number(row, "value", Double.NaN),
                    number(row, "sd", Double.NaN),
                    row.getString("against"),
                    number(row, "tolerance", 0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
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

    private static double number(Record row, String column, double missing) {
        String text = row.getString(column);
        try {
            return text.isEmpty() ? missing : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " is \"" + text + "\", but must be a number or empty", e);
        }
    }

    private static <E extends Enum<E>> E constant(Record row, String column, Class<E> type) {
        String text = row.getString(column);
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
