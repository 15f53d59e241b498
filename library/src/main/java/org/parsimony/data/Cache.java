package org.parsimony.data;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.parsimony.base.Progress;
import org.parsimony.data.format.Unpacked;

/** The folder of downloaded data sets. One process at a time fills a data set's folder; the others wait and find it. */
final class Cache {

    /** A file lock keeps processes apart, but not the threads of one. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private static final int TAR_BLOCK = 512;

    private final Registry.Entry entry;
    private final Path folder;
    private final Download download;
    private final String remedy;

    Cache(Registry.Entry entry, Sources sources, Download download) {
        this.entry = entry;
        this.folder = sources.cache().path().resolve(entry.name());
        this.download = download;
        this.remedy = "get "
                + entry.files().stream().map(Registry.Item::name).collect(Collectors.joining(", "))
                + " (plain or .gz) yourself, see " + entry.home() + ", and put them into " + folder;
    }

    /** Downloads whatever is missing. */
    void fill(Progress progress) {
        ReentrantLock threads = THREADS.computeIfAbsent(folder.toAbsolutePath().normalize(), f -> new ReentrantLock());
        try {
            threads.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while another thread downloads " + entry.title());
        }
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (entry.archive() == null) {
                    files(progress);
                } else {
                    archive(progress);
                }
            }
        } catch (FileLockInterruptionException e) {
            throw new CancellationException("interrupted while another process downloads " + entry.title());
        } catch (IOException e) {
            throw Download.notWritten(folder, e);
        } finally {
            threads.unlock();
        }
    }

    private void files(Progress progress) {
        double done = 0;
        for (Registry.Item item : entry.files()) {
            if (item.url() == null) {
                throw new DataException(
                        entry.title(),
                        "is nowhere on this machine, and no public address has " + item.name()
                                + " in this form; copy data/" + entry.name() + " of the project into " + folder);
            }
            double next = done + (double) item.bytes() / entry.bytes();
            Path target = folder.resolve(item.name() + (item.url().endsWith(".gz") ? ".gz" : ""));
            if (!Files.exists(target) && !Files.exists(folder.resolve(item.name()))) {
                download.fetch(
                        item.url(),
                        target,
                        part -> entry.verified(item, part),
                        remedy,
                        progress.part(done, Math.min(1, next)));
            }
            done = Math.min(1, next);
        }
    }

    private void archive(Progress progress) throws IOException {
        if (entry.files().stream().allMatch(item -> Files.exists(folder.resolve(item.name())))) {
            return;
        }
        Registry.Archive archive = entry.archive();
        Path packed = folder.resolve(archive.url().substring(archive.url().lastIndexOf('/') + 1));
        if (!Files.exists(packed)) {
            download.fetch(archive.url(), packed, part -> check(part, archive), remedy, progress.part(0, 0.95));
        }
        unpack(packed, progress);
        Files.delete(packed);
    }

    /** Checks an archive as it was sent. */
    private static void check(Path file, Registry.Archive archive) {
        var digest = Unpacked.sha256();
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] piece = new byte[1 << 16];
            for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
                digest.update(piece, 0, got);
            }
        } catch (IOException e) {
            throw new DataException(file, "cannot be read (" + e.getMessage() + ")", e);
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(archive.sha256())) {
            throw new DataException(file, "its SHA-256 is " + actual + ", but must be " + archive.sha256());
        }
    }

    /** Takes the registry's files out of a tar file; everything else in it is passed over. */
    private void unpack(Path packed, Progress progress) throws IOException {
        Map<String, Registry.Item> wanted =
                entry.files().stream().collect(Collectors.toMap(Registry.Item::name, item -> item));
        try (InputStream raw = new FileInputStream(packed.toFile());
                InputStream in = Unpacked.unpacked(raw)) {
            for (byte[] header = in.readNBytes(TAR_BLOCK);
                    header.length == TAR_BLOCK && header[0] != 0;
                    header = in.readNBytes(TAR_BLOCK)) {
                progress.checkCancelled();
                String path = field(header, 0, 100);
                long size = Long.parseLong(field(header, 124, 12), 8);
                Registry.Item item = wanted.get(path.substring(path.lastIndexOf('/') + 1));
                if (item != null && size == item.bytes()) {
                    Path part = folder.resolve(item.name() + ".part");
                    try (OutputStream out = new FileOutputStream(part.toFile())) {
                        out.write(in.readNBytes((int) size));
                    }
                    entry.verified(item, part);
                    Files.move(part, folder.resolve(item.name()), StandardCopyOption.ATOMIC_MOVE);
                    wanted.remove(item.name());
                    progress.report(
                            95
                                    + 5L
                                            * (entry.files().size() - wanted.size())
                                            / entry.files().size(),
                            100,
                            "unpacking");
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes(-size & (TAR_BLOCK - 1));
            }
        }
        if (!wanted.isEmpty()) {
            throw new DataException(packed, "does not hold " + String.join(", ", wanted.keySet()) + "; " + remedy);
        }
    }

    private static String field(byte[] header, int from, int length) {
        String text = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }
}
