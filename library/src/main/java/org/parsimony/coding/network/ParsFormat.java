package org.parsimony.coding.network;

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
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.CodingException;
import org.parsimony.coding.LayerFormat;
import org.parsimony.network.Architecture;
import org.parsimony.network.Model;
import org.parsimony.network.ModelFormat;
import org.parsimony.network.graph.Blueprint;

/**
 * The file of a {@link CodedNetwork}: eight bytes {@code "PARS\r\n", 0x1a, version}, then sections. A section is a kind (1
 * byte), the length of its content (4), the content, and the CRC-32C of all three (4), numbers most significant byte
 * first: one {@code A} with the architecture as JSON in UTF-8 (version 2 a chain, 3 a graph), an {@code L} for each layer with parameters, and {@code E}
 * with the number of these (4). As a service it lets {@link Model#read} read {@code .pars}.
 *
 * <p>Readers trust nothing: checksums come first, every size is held against the bytes that are there before anything is
 * allocated, every code is decoded once before it is handed out, and the layers must fit the architecture.
 */
public final class ParsFormat implements ModelFormat {

    private static final byte[] MAGIC = {'P', 'A', 'R', 'S', '\r', '\n', 0x1a};
    private static final int CHUNK = 1 << 16;

    @Override
    public String name() {
        return "Parsimony .pars";
    }

    @Override
    public boolean begins(byte[] start) {
        return isMagic(start);
    }

    private static boolean isMagic(byte[] start) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= start.length || start[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Model read(Path file) throws IOException {
        return map(file).model();
    }

    /** Writes a network as a {@code .pars} file. */
    public static void write(CodedNetwork network, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        data.write(MAGIC);
        boolean chain = network.blueprint().isChain();
        data.writeByte(chain ? CodedNetwork.VERSION : CodedNetwork.GRAPH_VERSION);
        String json =
                chain ? network.architecture().toJson() : network.blueprint().toJson();
        section(data, 'A', json.getBytes(StandardCharsets.UTF_8));
        for (CodedLayer layer : network.layers()) {
            section(data, 'L', LayerFormat.write(layer));
        }
        section(
                data,
                'E',
                ByteBuffer.allocate(4).putInt(network.layers().size()).array());
        data.flush();
    }

    private static void section(DataOutputStream out, int kind, byte[] content) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(5).put((byte) kind).putInt(content.length);
        CRC32C crc = new CRC32C();
        crc.update(head.array());
        crc.update(content);
        out.write(head.array());
        out.write(content);
        out.writeInt((int) crc.getValue());
    }

    /**
     * Reads a {@code .pars} file.
     *
     * @throws CodingException if it is something else or damaged
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

    /** Throws CodingException with the file's name in it. */
    public static CodedNetwork map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Require.that(
                    channel.size() <= Integer.MAX_VALUE,
                    "%s has %d bytes, but at most 2 GiB can be mapped; read it as a stream",
                    file,
                    channel.size());
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            CodedNetwork network = read((length, what) -> {
                if (length > all.remaining()) {
                    throw cut(what, length, all.remaining());
                }
                ByteBuffer part = all.slice(all.position(), (int) length);
                all.position(all.position() + (int) length);
                return part;
            });
            if (all.hasRemaining()) {
                throw new CodingException("goes on for " + all.remaining() + " bytes after its end; copy it again");
            }
            return network;
        } catch (CodingException e) {
            throw new CodingException(file, e);
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
        byte[] start = new byte[8];
        source.take(8, "beginning").get(start);
        if (!isMagic(start)) {
            throw new CodingException("does not begin as a .pars file; was it copied as text?");
        }
        int version = start[7] & 0xff;
        if (version != CodedNetwork.VERSION && version != CodedNetwork.GRAPH_VERSION) {
            throw new CodingException("has version " + version + ", but this program reads versions "
                    + CodedNetwork.VERSION + " and " + CodedNetwork.GRAPH_VERSION + "; "
                    + (version > CodedNetwork.GRAPH_VERSION ? "use a newer Parsimony" : "code the network again"));
        }
        String architecture = null;
        List<CodedLayer> layers = new ArrayList<>();
        while (true) {
            ByteBuffer head = source.take(5, "section head");
            int kind = head.get(0);
            int length = head.getInt(1);
            if (length < 0) {
                throw new CodingException("says that a section has " + length + " bytes; it is altered");
            }
            ByteBuffer content = source.take(length, "section");
            CRC32C crc = new CRC32C();
            crc.update(head.duplicate());
            crc.update(content.duplicate());
            if (source.take(4, "checksum").getInt() != (int) crc.getValue()) {
                throw new CodingException("is altered: a checksum does not fit section " + (layers.size() + 1));
            }
            if (kind == 'A' && architecture == null) {
                architecture = StandardCharsets.UTF_8.decode(content).toString();
            } else if (kind == 'L' && architecture != null) {
                layers.add(LayerFormat.read(content));
            } else if (kind == 'E' && architecture != null) {
                if (content.remaining() != 4 || content.getInt() != layers.size()) {
                    throw new CodingException("has " + layers.size() + " layers, but its end tells another number");
                }
                return whole(version, architecture, layers);
            } else {
                throw new CodingException("has a section of kind " + kind + " where none may be");
            }
        }
    }

    private static CodedNetwork whole(int version, String architecture, List<CodedLayer> layers) {
        try {
            return version == CodedNetwork.VERSION
                    ? new CodedNetwork(Architecture.parse(architecture), layers)
                    : new CodedNetwork(Blueprint.parse(architecture), layers);
        } catch (IllegalArgumentException e) {
            throw new CodingException("contradicts itself: " + e.getMessage());
        }
    }
}
