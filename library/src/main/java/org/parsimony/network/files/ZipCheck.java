package org.parsimony.network.files;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A look into a Deeplearning4j {@code .zip} before Deeplearning4j reads it, which allocates whatever an array's head says
 * and follows JSON to any depth: sizes must be those of the bytes that are there.
 */
final class ZipCheck {

    private static final int DEPTH = 200;
    private static final List<String> ARRAYS = List.of("coefficients.bin", "updaterState.bin");
    /** Allocation modes of ND4J that give a length as 32 bits. */
    private static final List<String> SHORT = List.of("DIRECT", "HEAP", "JAVACPP");

    private ZipCheck() {}

    /** Throws unless arrays have the sizes that they state, and the configuration is nested no deeper than 200 times. */
    static void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : ARRAYS) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null) {
                    try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
                        buffer(in, name + ", shape");
                        buffer(in, name + ", values");
                    }
                }
            }
            ZipEntry configuration = zip.getEntry("configuration.json");
            if (configuration == null) {
                throw new IllegalArgumentException("it has no configuration.json");
            }
            try (InputStream in = new BufferedInputStream(zip.getInputStream(configuration))) {
                depth(in);
            }
        }
    }

    private static void buffer(DataInputStream in, String what) throws IOException {
        String mode = in.readUTF();
        long length = SHORT.contains(mode) ? in.readInt() : in.readLong();
        String name = in.readUTF();
        int width = DataType.valueOf(name).width();
        try {
            in.skipNBytes(Math.multiplyExact(length, width));
        } catch (EOFException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    what + " must be " + length + " values of " + name + ", but ends before", e);
        }
    }

    private static void depth(InputStream in) throws IOException {
        int depth = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth > DEPTH) {
                throw new IllegalArgumentException("its configuration is nested more than " + DEPTH + " times");
            }
        }
    }
}
