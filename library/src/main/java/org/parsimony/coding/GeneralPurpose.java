package org.parsimony.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.parsimony.coding.entropy.SymbolMatrix;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * What compressors that know nothing of matrices make of one: of its index map (the place of each weight among the distinct
 * values by rising value, in as few bytes as their number allows), row by row and column by column, since either order may
 * be the smaller by a factor of two. The table of values is not counted, which is in their favour.
 */
public final class GeneralPurpose {

    /** The order in which the index map is written. */
    public enum Order {
        /** Row-major. */
        ROWS("by rows"),
        /** Column-major. */
        COLUMNS("by columns");

        private final String text;

        Order(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A compressor at its strongest usual setting. */
    public enum Compressor {
        /** DEFLATE in gzip's frame of 18 bytes. */
        GZIP("gzip -9"),
        /** LZMA2. */
        XZ("xz -9"),
        /** Zstandard. */
        ZSTD("zstd -19"),
        /** Brotli with its largest window of 16 MB. */
        BROTLI("brotli -11");

        private final String text;

        Compressor(String text) {
            this.text = text;
        }

        /** Bytes that {@code data} takes. */
        long size(byte[] data) {
            try {
                return switch (this) {
                    case GZIP -> gzip(data);
                    case XZ -> streamed(data, out -> new XZOutputStream(out, new LZMA2Options(9)));
                    case ZSTD -> Zstd.compress(data, 19).length;
                    case BROTLI -> brotli(data);
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A compressed index map.
     *
     * @param compressor that made it
     * @param order in which the map was written
     * @param bytes that it takes
     */
    public record Size(Compressor compressor, Order order, long bytes) {}

    private GeneralPurpose() {}

    /** Every compressor in the order that suits it better, as the enumeration has them. */
    public static List<Size> of(DenseMatrix matrix) {
        return of(SymbolMatrix.of(matrix));
    }

    /** The smallest of them all. */
    public static Size best(DenseMatrix matrix) {
        return best(SymbolMatrix.of(matrix));
    }

    static List<Size> of(SymbolMatrix symbols) {
        byte[][] maps = Arrays.stream(Order.values())
                .map(order -> indexMap(symbols, order))
                .toArray(byte[][]::new);
        List<Size> sizes = new ArrayList<>();
        for (Compressor compressor : Compressor.values()) {
            sizes.add(Arrays.stream(Order.values())
                    .map(order -> new Size(compressor, order, compressor.size(maps[order.ordinal()])))
                    .min(Comparator.comparingLong(Size::bytes))
                    .orElseThrow());
        }
        return sizes;
    }

    static Size best(SymbolMatrix symbols) {
        return of(symbols).stream().min(Comparator.comparingLong(Size::bytes)).orElseThrow();
    }

    /** Symbols by rising value, as narrow as their number allows, the lowest byte first. */
    static byte[] indexMap(SymbolMatrix symbols, Order order) {
        Integer[] byValue = new Integer[symbols.values.length];
        Arrays.setAll(byValue, i -> i);
        Arrays.sort(byValue, (a, b) -> Float.compare(symbols.values[a], symbols.values[b]));
        int[] place = new int[byValue.length];
        for (int i = 0; i < place.length; i++) {
            place[byValue[i]] = i;
        }
        int width = place.length <= 256 ? 1 : place.length <= 65536 ? 2 : 4;
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(symbols.symbols.length, width))
                .order(ByteOrder.LITTLE_ENDIAN);
        int outer = order == Order.COLUMNS ? symbols.cols : symbols.rows;
        int inner = symbols.symbols.length / Math.max(1, outer);
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                int at = order == Order.COLUMNS ? i * symbols.rows + j : j * symbols.rows + i;
                int value = place[symbols.symbols[at]];
                for (int b = 0; b < width; b++) {
                    bytes.put((byte) (value >>> 8 * b));
                }
            }
        }
        return bytes.array();
    }

    private static long gzip(byte[] bytes) throws IOException {
        Deflater deflater = new Deflater(9, true);
        try {
            return 18 + streamed(bytes, out -> new DeflaterOutputStream(out, deflater));
        } finally {
            deflater.end();
        }
    }

    private static long brotli(byte[] bytes) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return Encoder.compress(bytes, new Encoder.Parameters().setQuality(11).setWindow(24)).length;
    }

    private interface Stream {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static long streamed(byte[] bytes, Stream stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressed = stream.over(out)) {
            compressed.write(bytes);
        }
        return out.size();
    }
}
