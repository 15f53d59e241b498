package org.parsimony.data.format;

import java.nio.file.Path;
import java.util.Arrays;
import org.parsimony.data.DataException;

/**
 * The binary format of CIFAR-10: records of one label byte and 3 × 32 × 32 pixel bytes, channels first, row-major.
 *
 * @param labels class numbers from 0 to 9, one a record
 * @param pixels {@code [records × 3072]} unsigned bytes, row-major; shared
 */
public record CifarBinary(byte[] labels, byte[] pixels) {

    private static final int PIXELS = 3 * 32 * 32;
    private static final int RECORD = 1 + PIXELS;

    /** Reads {@code file}, which may be gzipped. */
    public static CifarBinary read(Path file) {
        return decode(file, Unpacked.bytes(file));
    }

    /** Reads the content of a file whose name is used in errors only. */
    public static CifarBinary decode(Object file, byte[] content) {
        if (content.length == 0 || content.length % RECORD != 0) {
            throw new DataException(
                    file,
                    "has " + content.length + " bytes, which is not a whole number of records of " + RECORD
                            + " bytes; it ends inside record " + content.length / RECORD + "; fetch it again");
        }
        int n = content.length / RECORD;
        byte[] labels = new byte[n];
        byte[] pixels = new byte[n * PIXELS];
        for (int i = 0; i < n; i++) {
            labels[i] = content[i * RECORD];
            if (labels[i] < 0 || labels[i] > 9) {
                throw new DataException(
                        file,
                        "the label of record " + i + " at byte " + (long) i * RECORD + " is " + (labels[i] & 0xff)
                                + ", but must lie between 0 and 9; is this CIFAR-10's binary version?");
            }
            System.arraycopy(content, i * RECORD + 1, pixels, i * PIXELS, PIXELS);
        }
        return new CifarBinary(labels, pixels);
    }

    /** The same records as the bytes of a file. */
    byte[] encode() {
        byte[] content = new byte[labels.length * RECORD];
        for (int i = 0; i < labels.length; i++) {
            content[i * RECORD] = labels[i];
            System.arraycopy(pixels, i * PIXELS, content, i * RECORD + 1, PIXELS);
        }
        return content;
    }

    @Override
    public String toString() {
        return labels.length + " CIFAR-10 records, labels from "
                + Arrays.toString(Arrays.copyOf(labels, Math.min(5, labels.length)));
    }
}
