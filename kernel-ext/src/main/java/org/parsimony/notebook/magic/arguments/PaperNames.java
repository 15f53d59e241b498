package org.parsimony.notebook.magic.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.parsimony.base.Home;

/** The folders of papers, for Tab; none outside a checkout. */
public final class PaperNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Home.checkout()
                .map(root -> root.resolve("papers"))
                .filter(Files::isDirectory)
                .map(PaperNames::folders)
                .orElse(List.of())
                .iterator();
    }

    private static List<String> folders(Path papers) {
        try (Stream<Path> entries = Files.list(papers)) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + papers, e);
        }
    }
}
