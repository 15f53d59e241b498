package org.parsimony.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.parsimony.base.Home;

/** The rooms of the library, as its jar or its folder of classes has them: no list to keep. */
final class LibraryPackages {

    private LibraryPackages() {}

    /** Every package directly below {@code org.parsimony} of the library; what lies deeper is for its neighbours. */
    static List<String> names() {
        try {
            Path classes = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(classes)) {
                return in(classes);
            }
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                return in(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into the library's own classes", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the library does not know where its own classes lie", e);
        }
    }

    private static List<String> in(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("org/parsimony"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder ->
                            "org.parsimony." + folder.getFileName().toString().replace("/", ""))
                    .sorted()
                    .toList();
        }
    }
}
