package org.parsimony.data.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Lineage;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.CsvText;
import org.parsimony.data.format.Unpacked;

/** A user's own data where a data set's name stands: a path, and after colons what must be said of it. */
public final class OwnData {

    private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv|tsv|tab|txt|data)(\\.gz)?");
    private static final Pattern ARRAYS = Pattern.compile("(?i).*\\.npz");
    private static final Pattern FILE = Pattern.compile("(?i).*\\.(csv|tsv|tab|txt|data|npz|npy)(\\.gz)?");
    private static final Pattern OPTION = Pattern.compile("(.*):(\\w+)=([^:]*)", Pattern.DOTALL);
    private static final List<String> LABELS = List.of("class", "label", "target", "y");

    /**
     * What a text says.
     *
     * @param label column with the class of each sample; null if it is not said
     * @param ignored columns to leave out
     * @param headed whether a table's first line names its columns; else they are called 1, 2, …
     * @param skip lines before that
     * @param channelsFirst whether arrays of images have their channels first
     */
    record Choice(
            Path path,
            String label,
            List<String> ignored,
            boolean headed,
            int skip,
            Tables.Shares shares,
            long seed,
            boolean channelsFirst) {

        /** Whether it speaks of columns or lines, which only tables have. */
        boolean isOfTables() {
            return label != null || !ignored.isEmpty() || !headed || skip > 0;
        }
    }

    private OwnData() {}

    /** Whether {@code text} means a file or folder rather than a name: it has a slash, or ends as a file of data does. */
    public static boolean isPath(String text) {
        String path = text;
        for (Matcher option = OPTION.matcher(path); option.matches(); option = OPTION.matcher(path)) {
            path = option.group(1);
        }
        return path.indexOf('/') >= 0
                || path.indexOf('\\') >= 0
                || FILE.matcher(path).matches();
    }

    /** What {@code text} says. */
    static Choice choice(String text) {
        String path = text;
        String label = null;
        boolean first = false;
        boolean headed = true;
        int skip = 0;
        List<String> ignored = new ArrayList<>();
        double validation = Tables.Shares.USUAL.validation();
        double test = Tables.Shares.USUAL.test();
        long seed = 1;
        for (Matcher option = OPTION.matcher(path); option.matches(); option = OPTION.matcher(path)) {
            String key = option.group(2);
            String value = option.group(3);
            switch (key) {
                case "label" -> label = value;
                case "ignore" -> ignored.add(value);
                case "skip" -> skip = (int) number(text, key, value, 0, 1_000_000, true);
                case "header" -> {
                    Require.that(value.equals("none"), "\"%s\" says header=%s, but may say none only", text, value);
                    headed = false;
                }
                case "seed" -> seed = (long) number(text, key, value, Long.MIN_VALUE, Long.MAX_VALUE, true);
                case "validation" -> validation = number(text, key, value, 0.001, 0.9, false);
                case "test" -> test = number(text, key, value, 0.001, 0.9, false);
                case "channels" -> {
                    Require.that(
                            value.equals("first") || value.equals("last"),
                            "\"%s\" says channels=%s, but must say first or last",
                            text,
                            value);
                    first = value.equals("first");
                }
                default ->
                    throw new IllegalArgumentException(
                            "\"" + text + "\" says " + key + "=" + value
                                    + ", but after the path there may be label, ignore, header, skip, seed, validation, test, channels");
            }
            path = option.group(1);
        }
        Require.that(
                validation + test < 1,
                "\"%s\" leaves nothing for training: validation %s and test %s must sum to less than 1",
                text,
                validation,
                test);
        return new Choice(
                Path.of(path),
                label,
                List.copyOf(ignored),
                headed,
                skip,
                new Tables.Shares(validation, test),
                seed,
                first);
    }

    private static double number(String text, String key, String value, double low, double high, boolean whole) {
        try {
            double number = whole ? Long.parseLong(value) : Double.parseDouble(value);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below like any other value
        }
        throw new IllegalArgumentException("\"" + text + "\" says " + key + "=" + value + ", but must say "
                + (whole ? "a whole number" : "a number from " + low + " to " + high));
    }

    /** The data that {@code text} means. */
    public static Dataset load(String text, Progress progress) {
        Choice choice = choice(text);
        Path path = choice.path;
        if (!Files.exists(path)) {
            throw new DataException(
                    path,
                    "there is no such file or folder in " + Path.of("").toAbsolutePath()
                            + "; correct the path, or give a" + " name: " + String.join(", ", Datasets.names()));
        }
        boolean folder = Files.isDirectory(path);
        boolean table = !folder && TABLE.matcher(path.toString()).matches();
        Require.that(table || !choice.isOfTables(), "\"%s\" names a column or a line, but only tables have them", text);
        if (table) {
            try {
                return table(choice);
            } catch (IllegalArgumentException e) {
                throw new DataException(path, e.getMessage(), e);
            }
        } else if (folder && OwnGraph.isFolder(path)) {
            return OwnGraph.read(choice);
        } else if (folder && OwnIdx.isFolder(path)) {
            return OwnIdx.read(choice);
        } else if (folder && !OwnArrays.isFolder(path)) {
            return ImageFolder.read(choice, progress);
        } else if (folder || ARRAYS.matcher(path.toString()).matches()) {
            return OwnArrays.read(choice);
        }
        throw new DataException(
                path,
                "is no data set; give a table (.csv, .tsv), an archive .npz with x_train and y_train, or a folder of .npy,"
                        + " IDX or images, or of a graph");
    }

    /** The one column that is called like a label. */
    private static String label(Choice choice, List<String> header) {
        List<String> named = header.stream()
                .filter(name -> LABELS.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (named.size() != 1) {
            throw new DataException(
                    choice.path,
                    (named.isEmpty() ? "has no column called " : "has more than one column called ")
                            + String.join(", ", LABELS) + "; say which column holds the classes: "
                            + choice.path.getFileName() + (choice.headed ? "" : ":header=none") + ":label=COLUMN, of "
                            + header.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                            + (choice.headed && Csv.looksLikeValues(header)
                                    ? "; if that is no header line, add :header=none, and the columns are 1, 2, …"
                                    : ""));
        }
        return named.get(0);
    }

    /** A table with its label column, split within each class, scaled by the range of training. */
    public static Dataset table(Path file, String label, List<String> ignored, Tables.Shares shares, long seed) {
        return table(new Choice(file, label, ignored, true, 0, shares, seed, false));
    }

    private static Dataset table(Choice choice) {
        Path file = choice.path;
        byte[] content = Unpacked.bytes(file);
        List<String> names = CsvText.fields(file, content, choice.skip).stream()
                .map(Csv::stripped)
                .toList();
        if (!choice.headed) {
            names = IntStream.rangeClosed(1, names.size())
                    .mapToObj(Integer::toString)
                    .toList();
        }
        String label = choice.label == null ? label(choice, names) : choice.label;
        List<String> header = choice.headed ? null : names;
        Csv table = Csv.decode(file, content, new Csv.Layout(header, choice.skip, label, null, choice.ignored));
        if (table.classes().size() < 2) {
            throw new DataException(
                    file,
                    "column \"" + label + "\" names one class, \""
                            + table.classes().get(0) + "\", but must name at least 2; is it the label column?");
        }
        String sha256 = HexFormat.of().formatHex(Unpacked.sha256().digest(content));
        String name = Require.fileName(file);
        Lineage lineage = new Lineage(file.toString(), "", Map.of(name, sha256), List.of());
        int[] shape = {table.inputs().size()};
        return Tables.dataset(name, name, table, table.classes(), shape, choice.shares, choice.seed, lineage);
    }
}
