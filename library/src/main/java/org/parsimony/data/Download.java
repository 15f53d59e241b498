package org.parsimony.data;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.parsimony.base.Progress;

/**
 * Fetches one file so that it appears under its name only when it is whole and right. What has arrived is kept in
 * {@code NAME.part} beside it, also after a cut, an interrupt or a full disk, and the next call asks for the rest alone.
 */
final class Download {

    /** Opens the file that the bytes go to; tests let it fail. */
    interface Output {
        OutputStream open(Path file, boolean append) throws IOException;
    }

    /** Connections in a row that brought something and were cut; then it is for the user to try later. */
    private static final int CUTS = 5;

    /** How long a server may take to accept a connection, to begin its answer, and to send the next piece. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Output output;
    private HttpClient client;

    Download() {
        // not Files.newOutputStream: its channel would lose the last bytes under an interrupted thread
        this((file, append) -> new FileOutputStream(file.toFile(), append));
    }

    Download(Output output) {
        this.output = output;
    }

    /**
     * Fetches {@code url} to {@code target}.
     *
     * @param check throws a {@link DataException} unless the file it is given is right
     * @param remedy what a user can do if the address does not serve
     * @throws DataException if the address cannot be read, the bytes are wrong or the disk does not take them
     * @throws CancellationException if the thread is interrupted
     */
    void fetch(String url, Path target, Consumer<Path> check, String remedy, Progress progress) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            boolean resumed = Files.exists(part);
            transfer(url, part, remedy, progress);
            try {
                check.accept(part);
            } catch (DataException e) {
                Files.delete(part);
                if (!resumed) {
                    throw new DataException(url, "what came is not the file: " + e.getMessage() + "; or " + remedy, e);
                }
                // the beginning was from another time, perhaps of another file: once more from the first byte
                fetch(url, target, check, remedy, progress);
                return;
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notWritten(part, e);
        }
    }

    /** Appends to {@code part} until the server has no more. */
    private void transfer(String url, Path part, String remedy, Progress progress) throws IOException {
        for (int cuts = 1; ; cuts++) {
            long before = size(part);
            try {
                once(url, part, remedy, progress);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException(
                        "interrupted after " + size(part) + " bytes of " + url + ", which are kept");
            } catch (Cut e) {
                if (size(part) == before || cuts == CUTS) {
                    throw new DataException(
                            url,
                            "the connection failed after " + size(part) + " bytes (" + e.getCause()
                                    + "); what came is kept: run again to fetch the rest, or " + remedy,
                            e.getCause());
                }
            }
        }
    }

    /** One request. */
    private void once(String url, Path part, String remedy, Progress progress)
            throws Cut, IOException, InterruptedException {
        long have = size(part);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(SILENCE);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        var response = send(request.build());
        try (Pieces pieces = new Pieces()) {
            response.body().subscribe(pieces);
            int status = response.statusCode();
            if (have > 0 && status == 416) {
                // nothing is left to ask for: either the file is whole or it is another one, as the check will tell
                return;
            }
            if (status != 200 && status != 206) {
                throw new DataException(
                        url, "the server answers with status " + status + ", but must with 200; " + remedy);
            }
            if (status == 206 && !starts(response, have)) {
                Files.deleteIfExists(part);
                throw new Cut(new IOException("the server sent another range than was asked for"));
            }
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            copy(pieces, part, status == 206 ? have : 0, length, url, progress);
        }
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request) throws Cut, InterruptedException {
        try {
            return client().send(request, HttpResponse.BodyHandlers.ofPublisher());
        } catch (IOException e) {
            throw new Cut(e);
        }
    }

    /** Made when it is first needed: most loads find their files and should not wait for TLS to wake up. */
    private HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(SILENCE)
                    .proxy(ProxySelector.getDefault())
                    .build();
        }
        return client;
    }

    private void copy(Pieces pieces, Path part, long from, long length, String url, Progress progress)
            throws Cut, IOException, InterruptedException {
        long total = length < 0 ? -1 : from + length;
        // what lies there already makes room if it is written anew
        // Not Files.getFileStore: it knows mount points only, of which a container or a chroot may have none.
        long free = part.toAbsolutePath().getParent().toFile().getUsableSpace() + size(part) - from;
        if (free < length) {
            throw new DataException(
                    part, "needs " + length + " bytes, but the disk has " + free + " left; free some and run again");
        }
        String name = url.substring(url.lastIndexOf('/') + 1);
        long done = from;
        try (OutputStream out = output.open(part, from > 0)) {
            for (List<ByteBuffer> piece = pieces.next(); piece != null; piece = pieces.next()) {
                progress.checkCancelled();
                for (ByteBuffer buffer : piece) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    out.write(bytes);
                    done += bytes.length;
                }
                progress.report(done, Math.max(total, done), "downloading " + name + ", " + megabytes(done, total));
            }
        }
    }

    private static String megabytes(long done, long total) {
        return total < 0
                ? String.format(Locale.ROOT, "%.1f MB", done / 1e6)
                : String.format(Locale.ROOT, "%.1f of %.1f MB", done / 1e6, total / 1e6);
    }

    private static boolean starts(HttpResponse<?> response, long at) {
        return response.headers()
                .firstValue("Content-Range")
                .map(range -> range.startsWith("bytes " + at + "-"))
                .orElse(false);
    }

    private static long size(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** What to say when the disk refuses. */
    static DataException notWritten(Path file, IOException e) {
        return new DataException(
                file,
                "cannot be written (" + e.getMessage() + "); free space on this disk or correct the rights of "
                        + file.getParent() + ", then run again: what came is kept",
                e);
    }

    /**
     * The pieces of an answer, one at a time. The platform's own stream of an answer forgets, in Java 17, an interrupt
     * that meets it while it waits; this one ends there, and also when the server falls silent.
     */
    private static final class Pieces implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
        /** A piece, the end or a failure. */
        private interface Event {
            List<ByteBuffer> piece() throws Cut;
        }

        private final BlockingQueue<Event> arrived = new LinkedBlockingQueue<>();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            arrived.add(() -> piece);
        }

        @Override
        public void onError(Throwable e) {
            arrived.add(() -> {
                throw new Cut(e instanceof IOException io ? io : new IOException(e));
            });
        }

        @Override
        public void onComplete() {
            arrived.add(() -> null);
        }

        /** The next piece; null after the last. */
        List<ByteBuffer> next() throws Cut, InterruptedException {
            Event event = arrived.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new Cut(new IOException("the server was silent for " + SILENCE.toSeconds() + " s"));
            }
            subscription.request(1);
            return event.piece();
        }

        @Override
        public void close() {
            subscription.cancel();
        }
    }

    /** The network, not the disk, failed. */
    private static final class Cut extends Exception {
        Cut(IOException cause) {
            super(cause);
        }
    }
}
