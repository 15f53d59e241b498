package org.parsimony.notebook.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that go from the jar into Jupyter's folders, and out of them again. */
final class Resources {

    private Resources() {}

    /** Copies what stands under {@code name} beside this class. */
    static void copy(String name, Path file) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this program lacks its own file " + name + "; build it anew");
            }
            Files.copy(in, file);
        }
    }

    /** Removes a folder with all in it; false if there was none. */
    static boolean remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return true;
    }
}
