package org.parsimony.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.parsimony.base.Require;

/**
 * A kind of network file, known by its first bytes. Packages add theirs as services; {@link Model#read} asks all.
 */
public interface ModelFormat {

    /** What such a file is called, for messages: {@code "Keras .h5"}. */
    String name();

    /** Whether a file with this beginning, up to 8 bytes, is of this kind. */
    boolean begins(byte[] start);

    /**
     * Reads a network.
     *
     * @throws IllegalArgumentException if the file is damaged or holds something that is not supported, by name
     */
    Model read(Path file) throws IOException;

    /** Reads {@code file} by the format that its first bytes tell. */
    static Model readAny(Path file) throws IOException {
        Require.that(Files.isRegularFile(file), "%s is no file; give the path of a network", file);
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(8);
        }
        List<String> names = new ArrayList<>();
        List<ModelFormat> formats = new ArrayList<>();
        ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader())
                .forEach(formats::add);
        for (ModelFormat format : formats) {
            if (format.begins(start)) {
                return format.read(file);
            }
            names.add(format.name());
        }
        throw new IllegalArgumentException(file + " is no network file; it must be one of " + String.join(", ", names));
    }
}
