package org.parsimony.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Files that appear as a whole or not at all, so that a full disk or a kill leaves the old one. */
public final class WholeFile {

    private static final String END = ".new";

    private WholeFile() {}

    /**
     * Writes the file and, where missing, its folder; an old file of this name is replaced at the end. Several processes and
     * threads may write the same file at once: it is that of one of them, whole.
     *
     * @throws IOException naming the file if it cannot be written
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path whole = file.toAbsolutePath();
        String writer =
                ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
        Path draft = whole.resolveSibling("." + whole.getFileName() + "." + writer + END);
        try {
            Files.createDirectories(whole.getParent());
            try {
                Files.write(draft, content);
                Files.move(draft, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new IOException("cannot write " + whole + " (" + e + "); check the path and free space", e);
        }
    }

    /** Deletes what writers left in the folder that were killed: drafts to which nobody has written for so long. */
    public static void sweep(Path folder, Duration since) throws IOException {
        Instant latest = Instant.now().minus(since);
        List<Path> drafts;
        try (Stream<Path> files = Files.list(folder)) {
            drafts = files.filter(file -> file.getFileName().toString().matches("\\..*\\.[\\d-]+\\" + END))
                    .toList();
        }
        for (Path draft : drafts) {
            try {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(latest)) {
                    Files.deleteIfExists(draft);
                }
            } catch (NoSuchFileException e) {
                // its writer has just finished
            }
        }
    }
}
