package org.parsimony.notebook.bench.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes all free space of a small disk, until it is thrown out. */
final class Ballast implements AutoCloseable {

    /** A larger disk is somebody's own: it is not filled. */
    private static final long MOST = 512L << 20;

    private static final int PIECE = 1 << 16;

    private final Path file;

    private Ballast(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if the folder lies on no small disk of its own */
    static void require(Path folder) throws IOException {
        Path disk = folder.toAbsolutePath();
        long size = Files.getFileStore(disk).getTotalSpace();
        if (size > MOST) {
            throw new IllegalArgumentException("--disk is " + folder + ", on a disk of " + (size >> 20)
                    + " MB, but must be a folder on a disk of at most " + (MOST >> 20)
                    + " MB, since it will be filled: mount -t tmpfs -o size=64m none DIR makes one");
        }
    }

    /** Fills the disk on which the folder lies. */
    static Ballast in(Path folder) throws IOException {
        Path file = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[PIECE];
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            return new Ballast(file);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
