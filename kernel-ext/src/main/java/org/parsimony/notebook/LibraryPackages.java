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

/** The rooms of the library, as its jar or its folder of classes has them, and those within them that cells use. */
final class LibraryPackages {

    /** What lies deeper is for its neighbours, but for these: readers, codes, training, runs, figures as files. */
    private static final List<String> DEEPER = List.of(
            "coding.columns",
            "data.format",
            "experiment.running",
            "experiment.store",
            "experiment.sweep",
            "network.summary",
            "network.training",
            "report.file");

    private LibraryPackages() {}

    /** Every package directly below {@code org.parsimony} of the library, and those deeper ones that cells use. */
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
            Stream<String> rooms = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString().replace("/", ""));
            return Stream.concat(rooms, DEEPER.stream())
                    .map(room -> "org.parsimony." + room)
                    .sorted()
                    .toList();
        }
    }
}
