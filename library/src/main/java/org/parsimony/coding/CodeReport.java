package org.parsimony.coding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
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
        double weights = symbols.symbols.length;
        List<Size> sizes = new ArrayList<>();
        sizes.add(new Size("zero-order entropy", (long) Math.ceil(symbols.entropy() * weights / 8), Double.NaN));
        sizes.add(new Size("dense", 4L * symbols.symbols.length, Double.NaN));
        for (CompressedMatrix code : codes(matrix)) {
            sizes.add(new Size(code.name(), code.sizeInBytes(), bound(code, symbols)));
        }
        sizes.add(new Size("gzip -9 of floats", Compressor.GZIP.size(npy(matrix)), Double.NaN));
        for (GeneralPurpose.Size size : GeneralPurpose.of(symbols)) {
            sizes.add(new Size(size.compressor() + " of index map, " + size.order(), size.bytes(), Double.NaN));
        }
        return Rows.of(sizes)
                .texts("code", Size::code)
                .longs("bytes", Size::bytes)
                .doubles("bits per weight", size -> 8 * size.bytes() / weights)
                .doubles("psi", size -> size.bytes() / (4 * weights))
                .doubles("bound, bits per weight", Size::bound)
                .table(matrix.rows() + " × " + matrix.cols() + ", " + symbols.values.length + " distinct values");
    }

    private record Size(String code, long bytes, double bound) {}

    /** The papers' bound in bits a weight; NaN where there is none. */
    private static double bound(CompressedMatrix code, SymbolMatrix symbols) {
        if (code instanceof HamMatrix) {
            return Accounting.hamBound(symbols.rows, symbols.cols, symbols.values.length);
        }
        return code instanceof ShamMatrix sham
                ? Accounting.shamBound(
                        symbols.rows, symbols.cols, sham.nonzeros(), sham.code().size())
                : Double.NaN;
    }

    /** A matrix, its symbols, what it takes in every code, and what holds it in a file or best, in how many bytes. */
    private record Coded(String name, SymbolMatrix symbols, Map<String, Long> sizes, String holder, long bytes) {

        static Coded of(String name, DenseMatrix matrix, String holder, long bytes) {
            Map<String, Long> sizes = codes(matrix).stream()
                    .collect(Collectors.toMap(CompressedMatrix::name, CompressedMatrix::sizeInBytes));
            return new Coded(name, SymbolMatrix.of(matrix), sizes, holder, bytes);
        }

        String shape() {
            return symbols.rows + " × " + symbols.cols;
        }

        long weights() {
            return symbols.symbols.length;
        }

        double zeros() {
            int zero = symbols.symbolOf(0f);
            return zero < 0 ? 0 : (double) symbols.counts[zero] / weights();
        }

        long entropy() {
            return (long) Math.ceil(symbols.entropy() * weights() / 8);
        }
    }

    /**
     * A row for each layer with parameters of {@code network}: shape, distinct values, share of zeros, zero-order entropy
     * and sizes in all codes in bytes by their own accounting, and what the file takes for it, biases included.
     *
     * <p>The last row is the whole file. Complexity: that of {@link PrototypeMatrix#of} for each layer.
     */
    public static Table sizes(CodedNetwork network) {
        List<Coded> layers = layers(network)
                .map(layer -> Coded.of(
                        layer.name(), layer.matrix().toDense(), layer.matrix().name(), layer.bytes()))
                .toList();
        Rows<Coded> rows = Rows.of(layers)
                .texts("layer", Coded::name)
                .texts("weights", Coded::shape)
                .longs("distinct", layer -> layer.symbols().values.length)
                .doubles("zeros", Coded::zeros)
                .longs("entropy", Coded::entropy)
                .longs("dense", layer -> 4 * layer.weights());
        CODES.forEach(code -> rows.longs(code, layer -> layer.sizes().get(code)));
        Table table = rows.texts("code in file", Coded::holder)
                .longs("bytes in file", Coded::bytes)
                .table(network.blueprint().toString());
        whole(table, network, layers.stream().mapToLong(Coded::weights).sum());
        table.longColumn("distinct").appendMissing();
        table.doubleColumn("zeros").appendMissing();
        Stream.concat(Stream.of("entropy", "dense"), CODES.stream())
                .map(table::longColumn)
                .forEach(column -> column.append((long) column.sum()));
        return table;
    }

    /** A row for each layer with parameters: shape, code, bytes in the file, bits a weight; the last is the whole file. */
    public static Table contents(CodedNetwork network) {
        List<Layer> layers = layers(network).toList();
        Table table = Rows.of(layers)
                .texts("layer", Layer::name)
                .texts(
                        "weights",
                        layer -> layer.matrix().rows() + " × " + layer.matrix().cols())
                .texts("code in file", layer -> layer.matrix().name())
                .longs("bytes in file", Layer::bytes)
                .doubles("bits per weight", layer -> 8.0 * layer.bytes() / layer.weights())
                .table(network.blueprint().toString());
        long all = layers.stream().mapToLong(Layer::weights).sum();
        whole(table, network, all);
        table.doubleColumn("bits per weight").append(8.0 * network.sizeInBytes() / all);
        return table;
    }

    /** A layer of a coded network. */
    private record Layer(String name, CompressedMatrix matrix, long bytes) {

        long weights() {
            return (long) matrix.rows() * matrix.cols();
        }
    }

    private static Stream<Layer> layers(CodedNetwork network) {
        List<Blueprint.Node> nodes = network.blueprint().parametrised();
        return IntStream.range(0, nodes.size()).mapToObj(l -> {
            CodedLayer layer = network.layers().get(l);
            return new Layer(nodes.get(l).op().text(), layer.matrix(), LayerFormat.size(layer));
        });
    }

    private static void whole(Table table, CodedNetwork network, long weights) {
        table.stringColumn("layer").append("whole file");
        table.stringColumn("weights").append(String.format(Locale.ROOT, "%,d", weights));
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
        List<Coded> matrices = new ArrayList<>();
        for (Path file : matrices(Path.of(folder))) {
            DenseMatrix matrix = DenseMatrix.of(Npy.read(file));
            GeneralPurpose.Size best = GeneralPurpose.best(SymbolMatrix.of(matrix));
            String name = file.getFileName().toString().replaceFirst("\\.npy(\\.gz)?$", "");
            matrices.add(Coded.of(name, matrix, best.compressor() + " " + best.order(), best.bytes()));
        }
        Rows<Coded> rows = Rows.of(matrices)
                .texts("matrix", Coded::name)
                .texts("shape", Coded::shape)
                .doubles("nonzero %", 2, matrix -> 100 * (1 - matrix.zeros()))
                .longs("distinct", matrix -> matrix.symbols().values.length)
                .longs("entropy, B", Coded::entropy);
        CODES.forEach(code -> rows.longs(code + ", B", matrix -> matrix.sizes().get(code)));
        return rows.longs("best of xz, zstd, brotli, B", Coded::bytes)
                .texts("that is", Coded::holder)
                .table(folder);
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
