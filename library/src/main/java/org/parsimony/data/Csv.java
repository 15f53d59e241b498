package org.parsimony.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table of numbers with one column of class names, as read from comma-separated values (RFC 4180, UTF-8, a header
 * line; a header with tabs or, without any comma, with semicolons sets that separator instead). Every other column must
 * hold a finite number in every line; lines that are empty are skipped.
 *
 * @param inputs names of the columns that are features
 * @param values {@code [samples × inputs]}, row-major, not scaled; shared
 * @param labels class numbers, indices into {@code classes}; shared
 * @param classes class names: in numerical order if all are numbers, else in alphabetical order
 */
public record Csv(List<String> inputs, double[] values, int[] labels, List<String> classes) {

    /** How the file is laid out: a header in the file or given from outside, and which columns mean what. */
    record Layout(List<String> header, int skipLines, String labelColumn, List<String> classes, List<String> ignored) {}

    /** One line as its fields and the number it has in the file. */
    private record Line(int number, List<String> fields) {}

    /**
     * Reads {@code file}, which may be gzipped.
     *
     * @param labelColumn name of the column with the class of each sample
     * @param ignoredColumns names of columns to leave out, for example an identifier
     * @throws DataException naming line and column of the first value that is missing or not a finite number
     */
    public static Csv read(Path file, String labelColumn, String... ignoredColumns) {
        return decode(file, Unpacked.bytes(file), new Layout(null, 0, labelColumn, null, List.of(ignoredColumns)));
    }

    /** Reads the content of a file whose name is used in errors only. */
    static Csv decode(Object file, byte[] content, Layout layout) {
        List<Line> lines = lines(file, text(file, content));
        lines = lines.subList(Math.min(layout.skipLines, lines.size()), lines.size());
        List<String> header = layout.header;
        if (header == null && !lines.isEmpty()) {
            header = lines.get(0).fields.stream().map(String::strip).toList();
            lines = lines.subList(1, lines.size());
        }
        if (lines.isEmpty()) {
            throw new DataException(file, "holds no samples; it must have a header line and a line for each sample");
        }
        List<String> names = header;
        int label = column(file, names, layout.labelColumn);
        List<Integer> ignored =
                layout.ignored.stream().map(name -> column(file, names, name)).toList();
        int[] features = IntStream.range(0, names.size())
                .filter(i -> i != label && !ignored.contains(i))
                .toArray();
        if (features.length == 0) {
            throw new DataException(file, "has no column beside \"" + layout.labelColumn + "\" that could be an input");
        }
        double[] values = new double[Math.multiplyExact(lines.size(), features.length)];
        List<String> labels = new ArrayList<>();
        int n = 0;
        for (Line line : lines) {
            if (line.fields.size() != names.size()) {
                throw new DataException(
                        file,
                        "line " + line.number + " has " + line.fields.size() + " fields, but the header has "
                                + names.size());
            }
            for (int column : features) {
                values[n++] = number(file, line, column, names.get(column));
            }
            String name = line.fields.get(label).strip();
            if (name.isEmpty()) {
                throw new DataException(file, at(line, names.get(label)) + " is empty, but must name a class");
            }
            labels.add(name);
        }
        List<String> classes = layout.classes == null ? classes(labels) : layout.classes;
        List<String> inputs = IntStream.of(features).mapToObj(names::get).toList();
        return new Csv(inputs, values, numbered(labels, classes), classes);
    }

    /** Class names in an order that does not depend on the order of the samples. */
    private static List<String> classes(List<String> labels) {
        List<String> distinct = labels.stream().distinct().sorted().toList();
        try {
            return distinct.stream()
                    .sorted(Comparator.comparingDouble(Double::parseDouble))
                    .toList();
        } catch (NumberFormatException e) {
            return distinct;
        }
    }

    private static int[] numbered(List<String> labels, List<String> classes) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return labels.stream().mapToInt(name -> numbers.get(name)).toArray();
    }

    private static int column(Object file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0 || header.lastIndexOf(name) != column) {
            throw new DataException(
                    file,
                    (column < 0 ? "has no column \"" : "has more than one column \"") + name + "\"; its columns are "
                            + String.join(", ", header));
        }
        return column;
    }

    private static double number(Object file, Line line, int column, String name) {
        String text = line.fields.get(column).strip();
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Float.isFinite((float) value)) {
            throw new DataException(
                    file,
                    at(line, name) + " is " + (text.isEmpty() ? "empty" : "\"" + text + "\"")
                            + ", but must be a finite number; impute it, drop the line, or ignore the column");
        }
        return value;
    }

    private static String at(Line line, String column) {
        return "line " + line.number + ", column \"" + column + "\"";
    }

    private static String text(Object file, byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(file, "is not UTF-8 text (" + e.getMessage() + "); convert it first", e);
        }
    }

    private static char separator(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return first.indexOf('\t') >= 0 ? '\t' : first.indexOf(',') < 0 && first.indexOf(';') >= 0 ? ';' : ',';
    }

    private static List<Line> lines(Object file, String text) {
        char separator = separator(text);
        List<Line> lines = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int number = 1;
        int start = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i < text.length()) {
                if (c != '"') {
                    field.append(c);
                    number += c == '\n' ? 1 : 0;
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (quoted) {
                throw new DataException(file, "a quotation mark opened in line " + start + " is never closed");
            } else if (c == '"' && field.toString().isBlank()) {
                field.setLength(0);
                quoted = true;
            } else if (c == separator || c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    if (fields.size() > 1 || !fields.get(0).isBlank()) {
                        lines.add(new Line(start, fields));
                    }
                    fields = new ArrayList<>();
                    start = ++number;
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        return lines;
    }
}
