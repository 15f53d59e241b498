package org.parsimony.coding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.parsimony.base.Require;
import org.parsimony.coding.GeneralPurpose.Compressor;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.coding.columns.CserMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.IndexMapMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.SymbolMatrix;
import org.parsimony.coding.prototypes.PrototypeMatrix;
import org.parsimony.data.format.Npy;
import org.parsimony.network.graph.Blueprint;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One matrix in every code: its entropy, its sizes, the papers' bounds, and what gzip, xz, zstd and brotli make of it. */
public final class CodeReport {

    /** The names of all codes. */
    private static final List<String> CODES = List.of("CSC", "index map", "CSER", "HAM", "sHAM", "prototypes");

    private CodeReport() {}

    /** All codes of {@code matrix}, the plainest first. Complexity: that of {@link PrototypeMatrix#of}. */
    public static List<CompressedMatrix> codes(DenseMatrix matrix) {
        return codes(matrix, name -> true);
    }

    /** The codes of {@code matrix} whose names are {@code wanted}. */
    public static List<CompressedMatrix> codes(DenseMatrix matrix, Predicate<String> wanted) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        return CODES.stream()
                .filter(wanted)
                .map(name -> switch (name) {
                    case "CSC" -> CscMatrix.of(matrix);
                    case "index map" -> IndexMapMatrix.of(symbols);
                    case "CSER" -> CserMatrix.of(symbols);
                    case "HAM" -> HamMatrix.of(symbols, HuffmanCode.of(symbols.values, symbols.counts));
                    case "sHAM" -> ShamMatrix.of(symbols);
                    default -> PrototypeMatrix.of(symbols);
                })
                .toList();
    }

    /**
     * A row for each code: size in bytes by the code's own accounting, bits a weight, occupancy ψ (size over that of
     * 32-bit floats), and the paper's bound in bits a weight where there is one (else missing).
     *
     * <p>The row "zero-order entropy" is H₀·n·m/8 without any table. The general-purpose compressors get the file of
     * 32-bit floats in row-major order ("gzip -9 of floats"), or the index map in the order that suits each better ("… of
     * index map, by rows", its table of values not counted; see {@link GeneralPurpose}).
     */
    public static Table of(DenseMatrix matrix) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        Table table = Table.create(
                matrix.rows() + " × " + matrix.cols() + ", " + symbols.values.length + " distinct values",
                StringColumn.create("code"),
                LongColumn.create("bytes"),
                DoubleColumn.create("bits per weight"),
                DoubleColumn.create("psi"),
                DoubleColumn.create("bound, bits per weight"));
        double weights = symbols.symbols.length;
        add(table, "zero-order entropy", (long) Math.ceil(symbols.entropy() * weights / 8), weights, Double.NaN);
        add(table, "dense", 4L * symbols.symbols.length, weights, Double.NaN);
        int k = symbols.values.length;
        for (CompressedMatrix code : codes(matrix)) {
            double bound = Double.NaN;
            if (code instanceof HamMatrix) {
                bound = Accounting.hamBound(matrix.rows(), matrix.cols(), k);
            } else if (code instanceof ShamMatrix sham) {
                bound = Accounting.shamBound(
                        matrix.rows(),
                        matrix.cols(),
                        sham.nonzeros(),
                        sham.code().size());
            }
            add(table, code.name(), code.sizeInBytes(), weights, bound);
        }
        add(table, "gzip -9 of floats", Compressor.GZIP.size(npy(matrix)), weights, Double.NaN);
        for (GeneralPurpose.Size size : GeneralPurpose.of(symbols)) {
            add(table, size.compressor() + " of index map, " + size.order(), size.bytes(), weights, Double.NaN);
        }
        return table;
    }

    /**
     * A row for each layer with parameters of {@code network}: shape, distinct values, share of zeros, zero-order entropy
     * and sizes in all codes in bytes by their own accounting, and what the file takes for it, biases included.
     *
     * <p>The last row is the whole file. Complexity: that of {@link PrototypeMatrix#of} for each layer.
     */
    public static Table sizes(CodedNetwork network) {
        Table table = Table.create(
                network.blueprint().toString(),
                StringColumn.create("layer"),
                StringColumn.create("weights"),
                LongColumn.create("distinct"),
                DoubleColumn.create("zeros"),
                LongColumn.create("entropy"),
                LongColumn.create("dense"));
        for (String name : CODES) {
            table.addColumns(LongColumn.create(name));
        }
        table.addColumns(StringColumn.create("code in file"), LongColumn.create("bytes in file"));
        List<Blueprint.Node> layers = network.blueprint().parametrised();
        long weights = 0;
        for (int l = 0; l < layers.size(); l++) {
            CodedLayer layer = network.layers().get(l);
            DenseMatrix matrix = layer.matrix().toDense();
            SymbolMatrix symbols = SymbolMatrix.of(matrix);
            int zero = symbols.symbolOf(0f);
            weights += symbols.symbols.length;
            head(table, layers.get(l).op().text(), matrix.rows() + " × " + matrix.cols());
            table.longColumn("distinct").append(symbols.values.length);
            table.doubleColumn("zeros").append(zero < 0 ? 0 : (double) symbols.counts[zero] / symbols.symbols.length);
            table.longColumn("entropy").append((long) Math.ceil(symbols.entropy() * symbols.symbols.length / 8));
            table.longColumn("dense").append(4L * symbols.symbols.length);
            for (CompressedMatrix code : codes(matrix)) {
                table.longColumn(code.name()).append(code.sizeInBytes());
            }
            table.stringColumn("code in file").append(layer.matrix().name());
            table.longColumn("bytes in file").append(LayerFormat.size(layer));
        }
        whole(table, network, weights);
        table.longColumn("distinct").appendMissing();
        table.doubleColumn("zeros").appendMissing();
        table.longColumn("entropy").append((long) table.longColumn("entropy").sum());
        table.longColumn("dense").append(4 * weights);
        for (String name : CODES) {
            table.longColumn(name).append((long) table.longColumn(name).sum());
        }
        return table;
    }

    /** A row for each layer with parameters: shape, code, bytes in the file, bits a weight; the last is the whole file. */
    public static Table contents(CodedNetwork network) {
        Table table = Table.create(
                network.blueprint().toString(),
                StringColumn.create("layer"),
                StringColumn.create("weights"),
                StringColumn.create("code in file"),
                LongColumn.create("bytes in file"),
                DoubleColumn.create("bits per weight"));
        List<Blueprint.Node> layers = network.blueprint().parametrised();
        long weights = 0;
        for (int l = 0; l < layers.size(); l++) {
            CodedLayer layer = network.layers().get(l);
            long n = (long) layer.matrix().rows() * layer.matrix().cols();
            weights += n;
            head(
                    table,
                    layers.get(l).op().text(),
                    layer.matrix().rows() + " × " + layer.matrix().cols());
            table.stringColumn("code in file").append(layer.matrix().name());
            table.longColumn("bytes in file").append(LayerFormat.size(layer));
            table.doubleColumn("bits per weight").append(8.0 * LayerFormat.size(layer) / n);
        }
        whole(table, network, weights);
        table.doubleColumn("bits per weight").append(8.0 * network.sizeInBytes() / weights);
        return table;
    }

    private static void head(Table table, String layer, String weights) {
        table.stringColumn("layer").append(layer);
        table.stringColumn("weights").append(weights);
    }

    private static void whole(Table table, CodedNetwork network, long weights) {
        head(table, "whole file", String.format(Locale.ROOT, "%,d", weights));
        table.stringColumn("code in file").append("");
        table.longColumn("bytes in file").append(network.sizeInBytes());
    }

    /**
     * A row for each {@code .npy} and {@code .npy.gz} matrix in {@code folder}: shape, nonzero share, distinct values,
     * zero-order entropy and size in every code in bytes, and the smallest that a general-purpose compressor makes of the
     * index map in either order, with that compressor's name; see {@link GeneralPurpose}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Table folder(String folder) throws IOException {
        Table table = Table.create(
                folder,
                StringColumn.create("matrix"),
                StringColumn.create("shape"),
                DoubleColumn.create("nonzero %"),
                LongColumn.create("distinct"),
                LongColumn.create("entropy, B"));
        for (String name : CODES) {
            table.addColumns(LongColumn.create(name + ", B"));
        }
        table.addColumns(LongColumn.create("best of xz, zstd, brotli, B"), StringColumn.create("that is"));
        for (Path file : matrices(Path.of(folder))) {
            DenseMatrix matrix = DenseMatrix.of(Npy.read(file));
            SymbolMatrix symbols = SymbolMatrix.of(matrix);
            int zero = symbols.symbolOf(0f);
            double n = symbols.symbols.length;
            table.stringColumn(0).append(file.getFileName().toString().replaceFirst("\\.npy(\\.gz)?$", ""));
            table.stringColumn(1).append(symbols.rows + " × " + symbols.cols);
            table.doubleColumn(2).append(Math.round(1e4 * (1 - (zero < 0 ? 0 : symbols.counts[zero]) / n)) / 100.0);
            table.longColumn(3).append(symbols.values.length);
            table.longColumn(4).append((long) Math.ceil(symbols.entropy() * n / 8));
            for (CompressedMatrix code : codes(matrix)) {
                table.longColumn(code.name() + ", B").append(code.sizeInBytes());
            }
            GeneralPurpose.Size best = GeneralPurpose.best(symbols);
            table.longColumn("best of xz, zstd, brotli, B").append(best.bytes());
            table.stringColumn("that is").append(best.compressor() + " " + best.order());
        }
        return table;
    }

    /**
     * The {@code .npy} and {@code .npy.gz} files of a folder, or the one that {@code path} is itself.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static List<Path> matrices(Path path) throws IOException {
        try (Stream<Path> all = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            List<Path> files = all.filter(
                            f -> f.toString().endsWith(".npy") || f.toString().endsWith(".npy.gz"))
                    .sorted()
                    .toList();
            Require.that(!files.isEmpty(), "%s holds no .npy or .npy.gz file; name a matrix or a folder of them", path);
            return files;
        }
    }

    private static void add(Table table, String code, long bytes, double weights, double bound) {
        table.stringColumn(0).append(code);
        table.longColumn(1).append(bytes);
        table.doubleColumn(2).append(8 * bytes / weights);
        table.doubleColumn(3).append(bytes / (4 * weights));
        table.doubleColumn(4).append(bound);
    }

    /** The matrix as NumPy would write it. */
    private static byte[] npy(DenseMatrix matrix) {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + matrix.rows() + ", " + matrix.cols() + "), }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(128 + 4 * matrix.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        bytes.put(text);
        bytes.asFloatBuffer().put(matrix.values());
        return bytes.array();
    }
}
