package org.parsimony.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear as a whole or not at all, so that a full disk or a kill leaves the old one. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes the file and, where missing, its folder; an old file of this name is replaced at the end.
     *
     * @throws IOException naming the file if it cannot be written
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path whole = file.toAbsolutePath();
        Path draft = whole.resolveSibling(
                "." + whole.getFileName() + "." + ProcessHandle.current().pid() + ".new");
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
}
