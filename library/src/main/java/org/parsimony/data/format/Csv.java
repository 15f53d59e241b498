package org.parsimony.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.parsimony.data.DataException;
import org.parsimony.data.format.CsvText.Line;

/**
 * A table of numbers with one column of class names, as read from comma-separated values (RFC 4180 with a header line; tab,
 * semicolon or bar as separator, UTF-8 or UTF-16, and any line ends too). Every other column must hold a finite decimal
 * number within the range of 32-bit floats in every line; lines that are empty are skipped. Nothing is guessed: a column
 * without a name, a label that spreadsheets write for a missing value, and two labels that are the same number are errors.
 *
 * @param inputs names of the columns that are features
 * @param values {@code [samples × inputs]}, row-major, not scaled; shared
 * @param labels class numbers, indices into {@code classes}; shared
 * @param classes class names: in numerical order if all are numbers, else in alphabetical order
 */
public record Csv(List<String> inputs, double[] values, int[] labels, List<String> classes) {

    /** What pandas reads as a missing value; R, NumPy, SQL and spreadsheets write one or another. */
    private static final Set<String> MISSING = Set.of(
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null",
            "NaT");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*+,\\d++([eE][+-]?\\d++)?");
    private static final Pattern WORDS = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");
    /** What pandas calls a column without a name when it reads its own index back. */
    private static final String UNNAMED = "Unnamed: 0";

    /** How the file is laid out: a header in the file or given from outside, and which columns mean what. */
    public record Layout(
            List<String> header, int skipLines, String labelColumn, List<String> classes, List<String> ignored) {}

    /**
     * Reads {@code file}, which may be gzipped.
     *
     * @param labelColumn name of the column with the class of each sample
     * @param ignoredColumns names of columns to leave out, for example an identifier; {@code ""} are those without a name
     * @throws DataException naming line and column of the first value that is missing or not a finite number
     */
    public static Csv read(Path file, String labelColumn, String... ignoredColumns) {
        return decode(file, Unpacked.bytes(file), new Layout(null, 0, labelColumn, null, List.of(ignoredColumns)));
    }

    /** Whether what should be the names of columns has a number among it. */
    public static boolean looksLikeValues(List<String> header) {
        return header.stream().anyMatch(each -> NUMBER.matcher(each).matches());
    }

    /** Reads the content of a file whose name is used in errors only. */
    public static Csv decode(Object file, byte[] content, Layout layout) {
        List<Line> lines = CsvText.lines(file, content);
        lines = lines.subList(Math.min(layout.skipLines, lines.size()), lines.size());
        List<String> names = layout.header;
        if (names == null && !lines.isEmpty()) {
            names = lines.get(0).fields().stream().map(Csv::stripped).toList();
            lines = lines.subList(1, lines.size());
        }
        if (lines.isEmpty()) {
            throw new DataException(file, "holds no samples; it must have a header line and a line for each sample");
        }
        return new Reader(file, names, lines, layout).table();
    }

    /** One file's columns and lines. */
    private record Reader(Object file, List<String> names, List<Line> lines, Layout layout) {

        Csv table() {
            int label = column(layout.labelColumn);
            Set<Integer> left = new HashSet<>(Set.of(label));
            for (String name : layout.ignored) {
                IntStream named = IntStream.range(0, names.size())
                        .filter(i -> names.get(i).isEmpty());
                if (!name.isEmpty() || !names.contains(name)) {
                    left.add(column(name));
                } else {
                    named.forEach(left::add);
                }
            }
            int[] features = IntStream.range(0, names.size())
                    .filter(i -> !left.contains(i))
                    .toArray();
            if (features.length == 0) {
                throw error("has no column beside \"" + layout.labelColumn + "\" that could be an input");
            }
            for (Line line : lines) {
                if (line.fields().size() != names.size()) {
                    throw error(
                            "line " + line.number() + " has " + line.fields().size() + " fields, but the header has "
                                    + names.size()
                                    + (line.fields().size() == names.size() + 1
                                            ? "; if they are row names, as R's write.table writes them, name them in the header"
                                            : "; complete the line, or quote a field that holds a separator"));
                }
            }
            for (int column : features) {
                if (names.get(column).isEmpty() || names.get(column).equals(UNNAMED)) {
                    unnamed(column);
                }
            }
            double[] values = new double[Math.multiplyExact(lines.size(), features.length)];
            List<String> labels = new ArrayList<>();
            int n = 0;
            for (Line line : lines) {
                for (int column : features) {
                    values[n++] = number(line, column);
                }
                labels.add(label(line, label));
            }
            List<String> classes = layout.classes == null ? classes(labels) : layout.classes;
            List<String> inputs = IntStream.of(features).mapToObj(names::get).toList();
            return new Csv(inputs, values, numbered(labels, classes), classes);
        }

        /** Throws unless the column is one that somebody named "Unnamed: 0" on purpose. */
        private void unnamed(int column) {
            String name = names.get(column);
            String place = "column " + (column + 1) + (name.isEmpty() ? " has no name" : " is \"" + name + "\"");
            String ignore = "or ignore column \"" + name + "\"";
            if (counts(column, 0) || counts(column, 1)) {
                throw error(place + " and counts the lines, as the index that pandas and R write does; save the table "
                        + "without it (index=False, row.names=FALSE), " + ignore);
            }
            if (name.isEmpty()) {
                boolean empty =
                        lines.stream().allMatch(line -> text(line, column).isEmpty());
                throw error(place
                        + (empty
                                ? " and no values, as if each line ended with a separator too many; take it away, "
                                : "; name it in the header, ")
                        + ignore);
            }
        }

        private boolean counts(int column, int from) {
            return IntStream.range(0, lines.size())
                    .allMatch(i -> text(lines.get(i), column).equals(Integer.toString(i + from)));
        }

        private int column(String name) {
            int column = names.indexOf(name);
            if (column < 0 || names.lastIndexOf(name) != column) {
                String help = names.size() == 1
                        ? "; columns are separated by comma, semicolon, tab or bar"
                        : layout.header == null && looksLikeValues(names)
                                ? "; is its header line missing? then say header=none, and the columns are 1, 2, …"
                                : "";
                throw error((column < 0 ? "has no column \"" : "has more than one column \"") + name
                        + "\"; its columns are " + shortened(String.join(", ", names)) + (column < 0 ? help : ""));
            }
            return column;
        }

        private String text(Line line, int column) {
            return stripped(line.fields().get(column));
        }

        private double number(Line line, int column) {
            String text = text(line, column);
            String place = at(line, column) + " is " + (text.isEmpty() ? "empty" : "\"" + shown(text) + "\"");
            if (NUMBER.matcher(text).matches()) {
                double value = Double.parseDouble(text);
                if (Float.isFinite((float) value)) {
                    return value;
                }
                throw error(place + ", but must lie within ±" + Float.MAX_VALUE
                        + ", the range of 32-bit floats; scale the column or ignore it");
            }
            if (DECIMAL_COMMA.matcher(text).matches()) {
                throw error(place + ", but must have a point where it has a comma; save the table with decimal points");
            }
            if (text.isEmpty() || MISSING.contains(text) || WORDS.matcher(text).matches() || text.equals("?")) {
                throw error(place + ", but must be a finite number; impute it, drop the line, or ignore the column");
            }
            throw error(place + ", but must be a decimal number such as 1, -0.5 or 2e-3; correct it, encode the column "
                    + "as numbers, or leave it out: ignore=" + names.get(column));
        }

        private String label(Line line, int column) {
            String name = text(line, column);
            if (name.isEmpty()) {
                throw error(at(line, column) + " is empty, but must name a class; name it or drop the line");
            }
            if (MISSING.contains(name)) {
                throw error(at(line, column) + " is \"" + name
                        + "\", which stands for a missing value, but must name a class; drop the line, or give the class "
                        + "another name");
            }
            if (layout.classes != null && !layout.classes.contains(name)) {
                throw error(at(line, column) + " is \"" + shown(name) + "\", but must be one of "
                        + shortened(String.join(", ", layout.classes)));
            }
            return name;
        }

        /** Class names in an order that does not depend on the order of the samples. */
        private List<String> classes(List<String> labels) {
            List<String> distinct = labels.stream().distinct().sorted().toList();
            if (!distinct.stream().allMatch(name -> NUMBER.matcher(name).matches())) {
                return distinct;
            }
            Map<Double, String> byNumber = new TreeMap<>();
            for (String name : distinct) {
                // adding 0 makes one of the two zeros
                String same = byNumber.put(Double.parseDouble(name) + 0.0, name);
                if (same != null) {
                    throw error("column \"" + layout.labelColumn + "\" has the labels \"" + same + "\" and \"" + name
                            + "\", which are the same number; write it in one way");
                }
            }
            return distinct.stream()
                    .sorted(Comparator.comparingDouble(Double::parseDouble))
                    .toList();
        }

        private String at(Line line, int column) {
            return "line " + line.number() + ", column \"" + names.get(column) + "\"";
        }

        private DataException error(String problem) {
            return new DataException(file, problem);
        }
    }

    private static int[] numbered(List<String> labels, List<String> classes) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return labels.stream().mapToInt(numbers::get).toArray();
    }

    /** Without white space around, the no-break spaces of web pages and the mark of UTF-8 among it. */
    public static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        while (from < to && blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }

    /** The text, shortened, with its characters as codes where they look like others: the minus sign, for one. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        boolean digits = text.chars().anyMatch(Character::isDigit);
        for (char c : shortened(text).toCharArray()) {
            shown.append(c < ' ' || digits && c > '~' && c != '…' ? String.format("\\u%04x", (int) c) : c);
        }
        return shown.toString();
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
