package org.parsimony.data.format;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.data.DataException;

/**
 * A matrix of the Matrix Market exchange format (NIST, {@code .mtx}): coordinate or array; real, integer or pattern;
 * general, symmetric or skew-symmetric, the last two written out. Kept as entries, since such a matrix may be far too
 * large to be dense.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param row of each entry, from 0; shared
 * @param column of each entry, from 0; shared
 * @param value of each entry, 1 in a pattern; shared
 */
public record MatrixMarket(int rows, int columns, int[] row, int[] column, double[] value) {

    /** A decimal number; Fortran writes the exponent of one of 64 bits with D. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eEdD][+-]?\\d++)?");

    private static final int LONGEST_SHOWN = 80;

    /** Largest number of values that {@link #dense()} makes: 1 GiB of them. */
    private static final long DENSE = 1L << 28;

    /**
     * Reads {@code file}, which may be gzipped.
     *
     * @throws DataException naming the line of whatever is missing, surplus, out of range or not a number
     */
    public static MatrixMarket read(Path file) {
        return decode(file, Unpacked.bytes(file));
    }

    /** Reads the content of a file whose name is used in errors only. */
    public static MatrixMarket decode(Object file, byte[] content) {
        return new Reader(file, content).matrix();
    }

    /**
     * The whole matrix {@code [rows × columns]} of 32-bit floats; entries given more than once are added up.
     *
     * @throws IllegalArgumentException if it would have over 2^28 values, or one beyond the range of 32-bit floats
     */
    public INDArray dense() {
        Require.that(
                (long) rows * columns <= DENSE,
                "a dense matrix of %d × %d has %d values, but must have at most %d; use the entries",
                rows,
                columns,
                (long) rows * columns,
                DENSE);
        float[] values = new float[rows * columns];
        for (int i = 0; i < value.length; i++) {
            int at = row[i] * columns + column[i];
            double sum = values[at] + value[i];
            values[at] = (float) sum;
            if (!Float.isFinite(values[at])) {
                throw new IllegalArgumentException("row " + (row[i] + 1) + ", column " + (column[i] + 1) + " is " + sum
                        + ", but must lie within ±" + Float.MAX_VALUE
                        + ", the range of 32-bit floats, for a dense matrix;"
                        + " scale the matrix or use the entries");
            }
        }
        return Nd4j.create(values, new long[] {rows, columns}, 'c');
    }

    /** The matrix as text of the coordinate format, real and general; decimal numbers that give back the same value. */
    public String text() {
        StringBuilder out = new StringBuilder("%%MatrixMarket matrix coordinate real general\n");
        out.append(rows)
                .append(' ')
                .append(columns)
                .append(' ')
                .append(value.length)
                .append('\n');
        for (int i = 0; i < value.length; i++) {
            out.append(row[i] + 1)
                    .append(' ')
                    .append(column[i] + 1)
                    .append(' ')
                    .append(value[i])
                    .append('\n');
        }
        return out.toString();
    }

    /** Reads line by line, so that every error can name its line. Arrays grow with the lines that are there. */
    private static final class Reader {
        private final Object file;
        private final BufferedReader in;
        private int line;
        private int[] row = new int[64];
        private int[] column = new int[64];
        private double[] value = new double[64];
        private int n;

        Reader(Object file, byte[] content) {
            this.file = file;
            this.in = new BufferedReader(
                    new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.US_ASCII));
        }

        MatrixMarket matrix() {
            String[] banner = next(true, "a banner");
            if (banner.length != 5 || !banner[0].equals("%%MatrixMarket") || !banner[1].equalsIgnoreCase("matrix")) {
                throw error("must be \"%%MatrixMarket matrix\" with format, type and symmetry");
            }
            boolean array = one(banner[2], "coordinate", "array").equals("array");
            boolean pattern = one(banner[3], "real", "integer", "pattern").equals("pattern");
            String symmetry = one(banner[4], "general", "symmetric", "skew-symmetric");
            if (array && pattern) {
                throw error("says array and pattern, which exclude each other");
            }
            String[] size = next(false, "a line of sizes");
            if (size.length != (array ? 2 : 3)) {
                throw error("must give rows and columns" + (array ? "" : " and the number of entries"));
            }
            int rows = index(size[0], "number of rows", 1, Integer.MAX_VALUE);
            int columns = index(size[1], "number of columns", 1, Integer.MAX_VALUE);
            if (!symmetry.equals("general") && rows != columns) {
                throw error("gives " + rows + " × " + columns + ", but a " + symmetry + " matrix must be square");
            }
            if (array) {
                for (int c = 0; c < columns; c++) {
                    int first = symmetry.equals("general") ? 0 : symmetry.equals("symmetric") ? c : c + 1;
                    for (int r = first; r < rows; r++) {
                        String[] fields = next(false, "the value of row " + (r + 1) + ", column " + (c + 1));
                        add(fields, 1, r, c, symmetry);
                    }
                }
            } else {
                int entries = index(size[2], "number of entries", 0, Integer.MAX_VALUE);
                for (int i = 0; i < entries; i++) {
                    String[] fields = next(false, "entry " + (i + 1) + " of " + entries);
                    int r = index(fields[0], "row", 1, rows) - 1;
                    int c = index(fields.length > 1 ? fields[1] : "", "column", 1, columns) - 1;
                    add(fields, pattern ? 2 : 3, r, c, symmetry);
                }
            }
            if (fields(false) != null) {
                throw error("follows the last entry; the line of sizes must tell all of them");
            }
            return new MatrixMarket(
                    rows, columns, Arrays.copyOf(row, n), Arrays.copyOf(column, n), Arrays.copyOf(value, n));
        }

        private void add(String[] fields, int expected, int r, int c, String symmetry) {
            if (fields.length != expected) {
                throw error("has " + fields.length + " fields, but must have " + expected);
            }
            double v = expected == 2 ? 1 : number(fields[expected - 1]);
            if (r == c && v != 0 && symmetry.equals("skew-symmetric")) {
                throw error("gives " + v + " on the diagonal, but that of a skew-symmetric matrix is zero");
            }
            put(r, c, v);
            if (r != c && !symmetry.equals("general")) {
                put(c, r, symmetry.equals("symmetric") ? v : -v);
            }
        }

        private void put(int r, int c, double v) {
            if (n == value.length) {
                row = Arrays.copyOf(row, 2 * n);
                column = Arrays.copyOf(column, 2 * n);
                value = Arrays.copyOf(value, 2 * n);
            }
            row[n] = r;
            column[n] = c;
            value[n++] = v;
        }

        private String[] next(boolean banner, String what) {
            String[] fields = fields(banner);
            if (fields == null) {
                throw new DataException(file, "ends after line " + line + " where " + what + " must follow");
            }
            return fields;
        }

        private String[] fields(boolean banner) {
            try {
                while (true) {
                    String text = in.readLine();
                    if (text == null) {
                        return null;
                    }
                    line++;
                    String stripped = text.strip();
                    if (banner || !stripped.isEmpty() && stripped.charAt(0) != '%') {
                        return stripped.split("\\s+");
                    }
                }
            } catch (IOException e) {
                throw new DataException(file, "cannot be read at line " + line, e);
            }
        }

        private String one(String value, String... allowed) {
            String lower = value.toLowerCase(Locale.ROOT);
            if (!List.of(allowed).contains(lower)) {
                throw error("says \"" + value + "\", but must say one of " + String.join(", ", allowed));
            }
            return lower;
        }

        private int index(String text, String what, int low, int high) {
            try {
                int value = Integer.parseInt(text);
                if (value >= low && value <= high) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below like any other value out of range
            }
            throw error(
                    "gives " + what + " \"" + text + "\", but must give a whole number from " + low + " to " + high);
        }

        private double number(String text) {
            double value = NUMBER.matcher(text).matches()
                    ? Double.parseDouble(text.replace('D', 'E').replace('d', 'e'))
                    : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
            String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
            throw error("gives the value \"" + shown + "\", but must give a finite decimal number");
        }

        private DataException error(String problem) {
            return new DataException(file, "line " + line + " " + problem);
        }
    }
}
