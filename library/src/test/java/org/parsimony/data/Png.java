package org.parsimony.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files put together by hand, after the specification, so that what a reader gives is held against what was meant. */
final class Png {

    static final int GREY = 0;
    static final int COLOUR = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int COLOUR_ALPHA = 6;

    private Png() {}

    /**
     * @param type colour type
     * @param lines the bytes of each line, packed as the type and depth say
     * @param palette red, green and blue of each entry, or null
     */
    static byte[] of(int width, int depth, int type, byte[] palette, int[]... lines) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(0x89504e470d0a1a0aL);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            DataOutputStream sizes = new DataOutputStream(head);
            sizes.writeInt(width);
            sizes.writeInt(lines.length);
            sizes.write(new byte[] {(byte) depth, (byte) type, 0, 0, 0});
            chunk(out, "IHDR", head.toByteArray());
            if (palette != null) {
                chunk(out, "PLTE", palette);
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                for (int[] line : lines) {
                    deflater.write(0); // no filter
                    for (int value : line) {
                        deflater.write(value);
                    }
                }
            }
            chunk(out, "IDAT", packed.toByteArray());
            chunk(out, "IEND", new byte[0]);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void chunk(DataOutputStream out, String name, byte[] content) throws IOException {
        out.writeInt(content.length);
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        out.write(type);
        out.write(content);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(content);
        out.writeInt((int) crc.getValue());
    }
}
