package org.parsimony.experiment.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which recipes this process carries out, told to others that share the run store, so that two sweeps share the work. Each is
 * a lock on one byte of a file beside the store, at a place that the recipe's id names; the system takes it away when the
 * process ends, however it ends. Where locks cannot be had, work may be done twice, and the store keeps the first.
 */
final class Reservations implements AutoCloseable {

    /** Hexadecimal digits of an id that make a place: 60 bits. */
    private static final int DIGITS = 15;

    private final FileChannel file;
    private final Map<String, FileLock> locks = new ConcurrentHashMap<>();

    private Reservations(FileChannel file) {
        this.file = file;
    }

    static Reservations beside(Path store) {
        try {
            Path file = store.resolveSibling(store.getFileName() + "-running");
            return new Reservations(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            return new Reservations(null);
        }
    }

    /** Takes a recipe; false if somebody else has it. */
    boolean take(String id) {
        if (file == null) {
            return true;
        }
        try {
            FileLock lock = file.tryLock(Long.parseLong(id.substring(0, DIGITS), 16), 1, false);
            if (lock != null) {
                locks.put(id, lock);
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another sweep of this process
        } catch (IOException e) {
            return true;
        }
    }

    /** Gives a recipe back. */
    void release(String id) {
        FileLock lock = locks.remove(id);
        try {
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give a lock back beside the run store: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the file of locks beside the run store: " + e, e);
        }
    }
}
