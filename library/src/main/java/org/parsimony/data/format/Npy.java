package org.parsimony.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.DataException;

/**
 * NumPy's array files {@code .npy}, versions 1 to 3, in C and Fortran order, plain or gzipped; {@link Npz} reads archives
 * of several.
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final List<String> TYPES =
            List.of("f2", "f4", "f8", "b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8");
    /** What is in the header of every file: a type or a list of fields, an order, and sizes, which Python 2 ends in L. */
    private static final Pattern HEADER = Pattern.compile(
            "\\{(?=.*'descr'\\s*:\\s*(u?'([^']*)'|\\[.*\\]))(?=.*'fortran_order'\\s*:\\s*(True|False))"
                    + "(?=.*'shape'\\s*:\\s*\\(([\\dL, ]*)\\)).*\\}\\s*",
            Pattern.DOTALL);

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private static final Pattern NUMPY_INT = Pattern.compile("np\\.u?int\\d*\\((\\d+)\\)");

    private static final Pattern TYPE = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d*)(\\[.*\\])?");

    /** As NumPy's max_header_size. */
    private static final int LONGEST_HEADER = 10_000;

    private Npy() {}

    /**
     * Reads {@code file}, an array by itself or an archive {@code .npz} of one array. 32- and 64-bit floats keep their
     * type, 16-bit floats become 32-bit ones of the same value; integers of up to 32 bits with sign, 16 without, and
     * booleans become {@code INT}, larger ones {@code LONG}.
     *
     * @return the array in C order, of the shape that the file says
     * @throws DataException if the file is cut or longer than its header says, or holds another type or no values
     */
    public static INDArray read(Path file) {
        byte[] content = Unpacked.bytes(file);
        return Npz.begins(content) ? Npz.one(file) : decode(file, content);
    }

    /** Reads the content of a file whose name is used in errors only. */
    public static INDArray decode(Object file, byte[] content) {
        if (content.length < 10 || !Arrays.equals(content, 0, 6, MAGIC, 0, 6)) {
            throw new DataException(
                    file,
                    "does not begin with \\x93NUMPY and a version, but with " + start(content)
                            + "; is it a .npy file?");
        }
        int version = content[6];
        if (version < 1 || version > 3) {
            throw new DataException(file, "has version " + version + " at byte 6, but must have 1, 2 or 3");
        }
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).position(8);
        int prefix = version == 1 ? 10 : 12;
        long length = version == 1
                ? in.getShort() & 0xffff
                : content.length < prefix ? Long.MAX_VALUE : in.getInt() & 0xffffffffL;
        if (length > content.length - prefix) {
            throw new DataException(file, "is cut at byte " + content.length + ", inside its header; fetch it again");
        }
        if (length > LONGEST_HEADER) {
            throw new DataException(
                    file,
                    "has a header of " + length + " bytes, but must have one of at most " + LONGEST_HEADER
                            + ", as NumPy reads it; save a plain array");
        }
        // NumPy 2 writes sizes that are numbers of its own as np.int64(3), and cannot read them back
        String header = NUMPY_INT
                .matcher(new String(content, prefix, (int) length, StandardCharsets.UTF_8))
                .replaceAll("$1");
        Matcher fields = HEADER.matcher(header);
        boolean more = QUOTED.matcher(header)
                        .replaceAll("")
                        .chars()
                        .filter(c -> c == ':')
                        .count()
                != 3;
        if (!fields.matches() || more) {
            throw new DataException(
                    file,
                    "its header at byte " + prefix + " is \"" + header.strip()
                            + "\", but must give descr, fortran_order and shape, no more, as NumPy writes them; save the array with np.save");
        }
        String type = type(file, fields.group(2) == null ? fields.group(1) : fields.group(2));
        in.position(prefix + (int) length).order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : in.order());
        long[] shape = Arrays.stream(fields.group(4).split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(size -> size(file, size))
                .toArray();
        return array(
                file,
                in,
                type.substring(type.length() - 2),
                shape,
                fields.group(3).equals("True"));
    }

    private static String start(byte[] content) {
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < Math.min(6, content.length); i++) {
            start.append(String.format(i == 0 ? "%02x" : " %02x", content[i]));
        }
        return start.isEmpty() ? "nothing" : start.toString();
    }

    /** A plain type with its order of bytes: {@code <f4}. */
    private static String type(Object file, String descr) {
        Matcher type = TYPE.matcher(descr);
        String plain = type.matches() ? type.group(2) + type.group(3) : "";
        if (TYPES.contains(plain)) {
            return type.group(1) + plain;
        }
        String kind = plain.isEmpty() ? "[" : plain.substring(0, 1);
        String is =
                switch (kind) {
                    case "[" ->
                        "records with fields; save each field by itself, as in np.save(\"x.npy\", records[\"x\"])";
                    case "O" -> "Python objects, pickled, which are not read; make one array of numbers, and save that";
                    case "U", "S", "a" -> "texts; save their numbers, as np.unique(a, return_inverse=True) gives them";
                    case "M", "m" -> "dates or times; save them as numbers with astype(\"float64\")";
                    case "c" -> "complex numbers; save real and imag by themselves";
                    case "V" ->
                        "raw bytes, as bfloat16 and float8 are saved; convert with astype(\"float32\") before saving";
                    case "f", "g" -> "floats of another width; convert them with astype(\"float64\") before saving";
                    default -> "something unknown; convert it with astype(\"float32\")";
                };
        throw new DataException(
                file, "holds values of type " + descr + ", but must hold one of " + TYPES + ": these are " + is);
    }

    private static long size(Object file, String text) {
        String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("\\d{1,10}") || Long.parseLong(digits) > Integer.MAX_VALUE || Long.parseLong(digits) == 0) {
            throw new DataException(
                    file,
                    "its header gives a dimension of " + digits + ", but must give 1 to " + Integer.MAX_VALUE
                            + ("0".equals(digits) ? "; the array holds no values" : ""));
        }
        return Long.parseLong(digits);
    }

    private static INDArray array(Object file, ByteBuffer in, String type, long[] shape, boolean fortran) {
        int width = type.charAt(1) - '0';
        double expected = LongStream.of(shape).mapToDouble(size -> size).reduce(width, (a, b) -> a * b);
        if (expected != in.remaining()) {
            throw new DataException(
                    file,
                    String.format(
                            "its header claims shape %s of %s, %.0f bytes from byte %d on, but there are %d;"
                                    + " fetch it again",
                            Arrays.toString(shape), type, expected, in.position(), in.remaining()));
        }
        INDArray flat = values(file, in, type, in.remaining() / width);
        if (!fortran) {
            return flat.reshape('c', shape);
        }
        int rank = shape.length;
        long[] reversed =
                IntStream.range(0, rank).mapToLong(i -> shape[rank - 1 - i]).toArray();
        return rank == 0
                ? flat.reshape(shape)
                : flat.reshape('c', reversed)
                        .permute(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray())
                        .dup('c');
    }

    private static INDArray values(Object file, ByteBuffer in, String type, int n) {
        switch (type) {
            case "f2":
                float[] halves = new float[n];
                for (int i = 0; i < n; i++) {
                    halves[i] = HalfIndexer.toFloat(in.getShort() & 0xffff);
                }
                return Nd4j.createFromArray(halves);
            case "f4":
                float[] floats = new float[n];
                in.asFloatBuffer().get(floats);
                return Nd4j.createFromArray(floats);
            case "f8":
                double[] doubles = new double[n];
                in.asDoubleBuffer().get(doubles);
                return Nd4j.createFromArray(doubles);
            case "b1", "i1", "u1", "i2", "u2", "i4":
                int[] ints = new int[n];
                for (int i = 0; i < n; i++) {
                    ints[i] = switch (type) {
                        case "i1" -> in.get();
                        case "b1", "u1" -> in.get() & 0xff;
                        case "i2" -> in.getShort();
                        case "u2" -> in.getShort() & 0xffff;
                        default -> in.getInt();
                    };
                }
                return Nd4j.createFromArray(ints);
            case "u4", "i8", "u8":
                long[] longs = new long[n];
                for (int i = 0; i < n; i++) {
                    longs[i] = type.equals("u4") ? in.getInt() & 0xffffffffL : in.getLong();
                    if (type.equals("u8") && longs[i] < 0) {
                        throw new DataException(file, "value " + i + " is above 2^63 - 1, which LONG cannot hold");
                    }
                }
                return Nd4j.createFromArray(longs);
            default:
                throw new IllegalStateException(type);
        }
    }

    /**
     * Writes {@code array} in C order as version 1 (version 2 if the header is long), gzipped if the name of
     * {@code file} ends in {@code .gz}. Types: {@code FLOAT}, {@code DOUBLE}, {@code INT}, {@code LONG}.
     *
     * <p>The file appears whole or not at all.
     */
    public static void write(Path file, INDArray array) {
        byte[] content = encode(array);
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
            try {
                try (OutputStream out = file.toString().endsWith(".gz")
                        ? new GZIPOutputStream(Files.newOutputStream(part))
                        : Files.newOutputStream(part)) {
                    out.write(content);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new DataException(file, "cannot be written (" + e + "); check folder, rights and free space", e);
        }
    }

    /** The bytes of a file with {@code array}. */
    public static byte[] encode(INDArray array) {
        DataType type = array.dataType();
        String name =
                switch (type) {
                    case FLOAT -> "f4";
                    case DOUBLE -> "f8";
                    case INT -> "i4";
                    case LONG -> "i8";
                    default ->
                        throw new IllegalArgumentException(
                                "array has type " + type + ", but must have FLOAT, DOUBLE, INT or LONG; use castTo");
                };
        StringBuilder shape = new StringBuilder();
        LongStream.of(array.shape()).forEach(size -> shape.append(size).append(", "));
        String header = "{'descr': '<" + name + "', 'fortran_order': False, 'shape': ("
                + shape.toString().strip() + "), }";
        boolean isLong = header.length() > 60_000;
        int prefix = isLong ? 12 : 10;
        // NumPy pads so that the values begin at a multiple of 64 bytes
        int padding = 63 - (prefix + header.length()) % 64;
        header = header + " ".repeat(padding) + "\n";
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(prefix + header.length() + array.length() * type.width()))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) (isLong ? 2 : 1)).put((byte) 0);
        if (isLong) {
            out.putInt(header.length());
        } else {
            out.putShort((short) header.length());
        }
        out.put(header.getBytes(StandardCharsets.US_ASCII));
        INDArray flat = array.dup('c').reshape(array.length());
        switch (type) {
            case FLOAT -> out.asFloatBuffer().put(flat.toFloatVector());
            case DOUBLE -> out.asDoubleBuffer().put(flat.toDoubleVector());
            case INT -> out.asIntBuffer().put(flat.toIntVector());
            default -> out.asLongBuffer().put(flat.toLongVector());
        }
        return out.array();
    }
}
