package org.parsimony.coding;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.parsimony.base.Require;

/**
 * A whole network in code, and its file {@code .pars}: eight bytes {@code "PARS\r\n", 0x1a, version}, then sections. A
 * section is a kind (4 bytes), the length of its content (8), the content, and the CRC-32C of all three (4), numbers
 * most significant byte first: one {@code ARCH} with the architecture as JSON in UTF-8, a {@code LAYR} for each layer,
 * and {@code DONE} with the number of layers.
 *
 * <p>Readers trust nothing: checksums come first, every size is held against the bytes that are there before anything is
 * allocated, and every code is decoded once before it is handed out.
 *
 * @param architecture JSON, opaque here
 * @param layers in the order of the file
 */
public record CodedNetwork(String architecture, List<CodedLayer> layers) {

    /** The version this class writes, and the newest it reads. */
    public static final int VERSION = 1;

    private static final byte[] MAGIC = {'P', 'A', 'R', 'S', '\r', '\n', 0x1a};
    private static final int ARCH = 0x41524348;
    private static final int LAYR = 0x4c415952;
    private static final int DONE = 0x444f4e45;
    private static final int CHUNK = 1 << 16;

    public CodedNetwork {
        Require.that(architecture != null, "architecture is null, but must be JSON; give {} if there is none");
        layers = List.copyOf(layers);
    }

    /** Writes the file. The caller closes {@code out}. */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        data.write(MAGIC);
        data.writeByte(VERSION);
        section(data, ARCH, architecture.getBytes(StandardCharsets.UTF_8));
        for (CodedLayer layer : layers) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            LayerFormat.write(layer, new DataOutputStream(content));
            section(data, LAYR, content.toByteArray());
        }
        section(data, DONE, ByteBuffer.allocate(4).putInt(layers.size()).array());
        data.flush();
    }

    private static void section(DataOutputStream out, int kind, byte[] content) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(12).putInt(kind).putLong(content.length);
        CRC32C crc = new CRC32C();
        crc.update(head.array());
        crc.update(content);
        out.write(head.array());
        out.write(content);
        out.writeInt((int) crc.getValue());
    }

    /**
     * Reads a file from a stream, to its end.
     *
     * @throws CodingException if the file is cut, altered, of a newer version, or contradicts itself
     */
    public static CodedNetwork read(InputStream in) throws IOException {
        return read((length, what) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (bytes.size() < length) {
                byte[] chunk = in.readNBytes((int) Math.min(CHUNK, length - bytes.size()));
                if (chunk.length == 0) {
                    throw cut(what, length, bytes.size());
                }
                bytes.write(chunk);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        });
    }

    /**
     * Maps a file into memory: code words stay in the file until a product needs them.
     *
     * @throws CodingException if the file is cut, altered, of a newer version, or contradicts itself
     */
    public static CodedNetwork map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Require.that(
                    channel.size() <= Integer.MAX_VALUE,
                    "%s has %d bytes, but at most 2 GiB can be mapped; read it as a stream",
                    file,
                    channel.size());
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return read((length, what) -> {
                if (length > all.remaining()) {
                    throw cut(what, length, all.remaining());
                }
                ByteBuffer part = all.slice(all.position(), (int) length);
                all.position(all.position() + (int) length);
                return part;
            });
        }
    }

    private static CodingException cut(String what, long length, long there) {
        return new CodingException(
                "is cut: its " + what + " has " + length + " bytes, but only " + there + " are there; copy it again");
    }

    /** Where bytes come from. */
    private interface Source {
        ByteBuffer take(long length, String what) throws IOException;
    }

    private static CodedNetwork read(Source source) throws IOException {
        ByteBuffer start = source.take(8, "beginning");
        for (byte expected : MAGIC) {
            if (start.get() != expected) {
                throw new CodingException("does not begin as a .pars file; was it copied as text?");
            }
        }
        int version = start.get() & 0xff;
        if (version == 0 || version > VERSION) {
            throw new CodingException("has version " + version + ", but this program reads versions up to " + VERSION
                    + "; use a newer Parsimony");
        }
        String architecture = null;
        List<CodedLayer> layers = new ArrayList<>();
        while (true) {
            ByteBuffer head = source.take(12, "section head");
            int kind = head.getInt(0);
            long length = head.getLong(4);
            if (length < 0 || length > Integer.MAX_VALUE - 16) {
                throw new CodingException("says that a section has " + length + " bytes; it is altered");
            }
            ByteBuffer content = source.take(length, "section");
            CRC32C crc = new CRC32C();
            crc.update(head.duplicate());
            crc.update(content.duplicate());
            if (source.take(4, "checksum").getInt() != (int) crc.getValue()) {
                throw new CodingException("is altered: a checksum does not fit section " + (layers.size() + 1));
            }
            if (kind == ARCH && architecture == null) {
                architecture = StandardCharsets.UTF_8.decode(content).toString();
            } else if (kind == LAYR && architecture != null) {
                layers.add(LayerFormat.read(content));
            } else if (kind == DONE && architecture != null) {
                if (content.remaining() != 4 || content.getInt() != layers.size()) {
                    throw new CodingException("has " + layers.size() + " layers, but its end tells another number");
                }
                return new CodedNetwork(architecture, layers);
            } else {
                throw new CodingException("has a section of kind " + Integer.toHexString(kind) + " where none may be");
            }
        }
    }
}
