package org.parsimony.data.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.parsimony.data.DataException;

/**
 * The IDX format of MNIST: two zero bytes, a type, the number of dimensions, the dimensions as big-endian 32-bit
 * numbers, the values row-major. Only unsigned bytes (type 0x08) are read, which is what image sets use.
 *
 * @param shape sizes of the dimensions, for example {@code {60000, 28, 28}}
 * @param values the product of {@code shape} many unsigned bytes, row-major; shared
 */
public record Idx(int[] shape, byte[] values) {

    private static final Map<Byte, String> OTHER_TYPES = Map.of(
            (byte) 0x09, "signed bytes",
            (byte) 0x0b, "whole numbers of 16 bits",
            (byte) 0x0c, "whole numbers of 32 bits",
            (byte) 0x0d, "floats of 32 bits",
            (byte) 0x0e, "floats of 64 bits");

    /** Reads {@code file}, which may be gzipped. */
    public static Idx read(Path file) {
        return decode(file, Unpacked.bytes(file));
    }

    /** Reads the content of a file whose name is used in errors only. */
    public static Idx decode(Object file, byte[] content) {
        if (content.length < 4) {
            throw new DataException(file, "has " + content.length + " bytes, but an IDX header has at least 4");
        }
        String other = content[0] == 0 && content[1] == 0 ? OTHER_TYPES.get(content[2]) : null;
        if (other != null) {
            throw new DataException(
                    file,
                    String.format(
                            "holds %s (type 0x%02x at byte 2), but must hold unsigned bytes (0x08); write it anew with those,"
                                    + " or as .npy",
                            other, content[2]));
        }
        if (content[0] == '<') {
            throw new DataException(
                    file,
                    "begins with \"" + new String(content, 0, Math.min(content.length, 15), StandardCharsets.ISO_8859_1)
                            + "\", as a web page does, but must be an IDX file; download it again and look at the"
                            + " address");
        }
        if (content[0] != 0 || content[1] != 0 || content[2] != 8 || content[3] < 1 || content[3] > 4) {
            throw new DataException(
                    file,
                    String.format(
                            "begins with %02x %02x %02x %02x, but an IDX file of unsigned bytes begins with 00 00 08"
                                    + " and the number of dimensions, 01 to 04; is it another kind of file?",
                            content[0], content[1], content[2], content[3]));
        }
        int[] shape = new int[content[3]];
        int header = 4 + 4 * shape.length;
        if (content.length < header) {
            throw new DataException(
                    file, "is cut at byte " + content.length + ", inside its header of " + header + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(content, 4, content.length - 4);
        double expected = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.getInt();
            if (shape[i] < 0) {
                throw new DataException(
                        file,
                        "dimension " + i + " at byte " + (4 + 4 * i) + " is " + shape[i] + ", but must be 0 or more");
            }
            expected *= shape[i];
        }
        if (expected != content.length - header) {
            throw new DataException(
                    file,
                    String.format(
                            "its header claims %s values, %.0f bytes from byte %d on, but there are %d; fetch it again",
                            Arrays.toString(shape), expected, header, content.length - header));
        }
        return new Idx(shape, Arrays.copyOfRange(content, header, content.length));
    }
}
