package org.parsimony.data.format;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.parsimony.data.DataException;

/**
 * Whole files in memory, unpacked when they are gzipped (told by their first two bytes, not by their name).
 *
 * <p>Memory follows the bytes that are there, never a number that a header claims. Internal to the rooms of {@code data}.
 */
public final class Unpacked {

    /** Fits the processor's cache: each piece is unpacked, hashed and left. */
    private static final int PIECE = 1 << 16;

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final String REMEDY =
            "the file was cut or altered: replace it, or delete it to have it fetched again";

    private Unpacked() {}

    /** The content of {@code file}, which may be gzipped. */
    public static byte[] bytes(Path file) {
        return read(file, -1, null);
    }

    /** Everything that {@code in} gives, as long as memory follows; the name is used in errors only. */
    static byte[] all(Object name, InputStream in) throws IOException {
        byte[] content = new byte[PIECE];
        int n = 0;
        for (int got = in.read(content); got >= 0; got = in.read(content, n, content.length - n)) {
            n += got;
            if (n == content.length) {
                if (n == LARGEST) {
                    throw new DataException(name, "it has over 2 GB unpacked, but must have less; split it");
                }
                content = Arrays.copyOf(content, (int) Math.min(2L * n, LARGEST));
            }
        }
        return Arrays.copyOf(content, n);
    }

    /** A file's content that was found right, with its SHA-256. */
    public record Content(byte[] bytes, String sha256) {}

    /**
     * The content of {@code file}, which may be gzipped, after its length and SHA-256 were found right.
     *
     * @param expected bytes that it must unpack to
     * @param accepted SHA-256 of contents that will do, as hexadecimal digits; the first one is named if none is met
     */
    public static Content verified(Path file, long expected, List<String> accepted) {
        MessageDigest digest = sha256();
        byte[] content = read(file, expected, digest);
        if (content.length != expected) {
            throw new DataException(
                    file,
                    "it unpacks to " + (content.length > expected ? "more than " + expected : content.length)
                            + " bytes, but must have " + expected + "; " + REMEDY);
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!accepted.contains(sha256)) {
            throw new DataException(
                    file, "its content has SHA-256 " + sha256 + ", but must have " + accepted.get(0) + "; " + REMEDY);
        }
        return new Content(content, sha256);
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads up to {@code expected + 1} bytes, or all if {@code expected} is negative. */
    private static byte[] read(Path file, long expected, MessageDigest digest) {
        byte[] content = new byte[(int) Math.min(expected < 0 ? PIECE : expected + 1, LARGEST)];
        int n = 0;
        // not Files.newInputStream: its channel would close under an interrupted thread, in the middle of a cell
        try (InputStream raw = new FileInputStream(file.toFile());
                InputStream in = unpacked(raw)) {
            while (true) {
                if (n == content.length) {
                    if (expected >= 0) {
                        return content;
                    }
                    if (n == LARGEST) {
                        throw new DataException(file, "it has over 2 GB unpacked, but must have less; split it");
                    }
                    content = Arrays.copyOf(content, (int) Math.min(2L * n, LARGEST));
                }
                int got = in.read(content, n, Math.min(PIECE, content.length - n));
                if (got < 0) {
                    return Arrays.copyOf(content, n);
                }
                if (digest != null) {
                    digest.update(content, n, got);
                }
                n += got;
            }
        } catch (FileNotFoundException e) {
            throw new DataException(file, "there is no such readable file; check the path", e);
        } catch (EOFException | ZipException e) {
            throw new DataException(
                    file,
                    "the gzip stream is cut or damaged at unpacked byte " + n + " (" + e.getMessage()
                            + "); replace the file by a whole one",
                    e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read at byte " + n + " (" + e.getMessage() + ")", e);
        }
    }

    /** {@code raw} itself, or what it unpacks to if it starts as gzip does. */
    public static InputStream unpacked(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(in, PIECE) : in;
    }
}
