package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.data.format.Unpacked;

/** Whatever stops a download, the file's name never holds wrong bytes, and what came is not fetched again. */
@Timeout(60)
class Download_InterruptedTest {

    private static final byte[] CONTENT = Fixtures.images(100_000);

    @TempDir
    Path folder;

    @Test
    void cutConnectionIsResumedFromTheByteItStoppedAt() throws IOException {
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, 150_000))) {
            Path target = fetch(new Download(), server);
            assertArrayEquals(CONTENT, Files.readAllBytes(target));
            assertTrue(server.asked.size() >= 3, server.asked.toString());
            assertEquals("/file whole", server.asked.get(0));
            // how much of a cut answer arrives is the network's affair; that each request begins later is ours
            long[] starts = server.asked.stream()
                    .skip(1)
                    .mapToLong(asked -> Long.parseLong(asked.replaceAll("\\D", "")))
                    .toArray();
            assertTrue(starts[0] > 0 && starts[1] > starts[0], server.asked.toString());
            assertEquals(List.of("file"), names());
        }
    }

    @Test
    void nextCallGoesOnWhereADeadServerLeft() throws IOException {
        AtomicInteger most = new AtomicInteger(100_000);
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, most.getAndSet(0)))) {
            DataException e = assertThrows(DataException.class, () -> fetch(new Download(), server));
            long kept = Files.size(folder.resolve("file.part"));
            assertTrue(kept > 0);
            assertTrue(e.getMessage().contains("failed after " + kept + " bytes"), e.getMessage());
            assertTrue(e.getMessage().contains("run again"), e.getMessage());
            assertEquals(List.of("file.part"), names());
            most.set(CONTENT.length);
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
            assertEquals("/file bytes=" + kept + "-", server.asked.get(server.asked.size() - 1));
        }
    }

    @Test
    void serverWithoutRangesSendsTheWholeFileAgain() throws IOException {
        Files.write(folder.resolve("file.part"), Arrays.copyOf(CONTENT, 1000));
        try (var server = new Fixtures.Server(x -> {
            x.sendResponseHeaders(200, CONTENT.length);
            x.getResponseBody().write(CONTENT);
        })) {
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
            assertEquals(1, server.asked.size());
        }
    }

    @Test
    void beginningOfAnotherFileIsDiscardedAndFetchedAnew() throws IOException {
        Files.write(folder.resolve("file.part"), new byte[5000]);
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, CONTENT.length))) {
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
            assertEquals(List.of("/file bytes=5000-", "/file whole"), server.asked);
        }
    }

    @Test
    void completePartIsTakenWithoutAByteMore() throws IOException {
        Files.write(folder.resolve("file.part"), CONTENT);
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, CONTENT.length))) {
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
        }
    }

    @Test
    void wrongBytesAreRefusedAndLeaveNothing() throws IOException {
        byte[] wrong = CONTENT.clone();
        wrong[123_456] ^= 1;
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, wrong, wrong.length))) {
            DataException e = assertThrows(DataException.class, () -> fetch(new Download(), server));
            assertTrue(e.getMessage().startsWith(server.address() + "file: "), e.getMessage());
            assertTrue(e.getMessage().contains(Fixtures.sha256(wrong)), e.getMessage());
            assertTrue(e.getMessage().contains(Fixtures.sha256(CONTENT)), e.getMessage());
            assertEquals(List.of(), names());
        }
    }

    @Test
    void missingPageNamesTheStatusAndTheRemedy() throws IOException {
        try (var server = new Fixtures.Server(x -> x.sendResponseHeaders(404, -1))) {
            DataException e = assertThrows(DataException.class, () -> fetch(new Download(), server));
            assertTrue(e.getMessage().contains("status 404"), e.getMessage());
            assertTrue(e.getMessage().contains("ask the librarian"), e.getMessage());
            assertEquals(List.of(), names());
        }
    }

    @Test
    void fullDiskIsToldAndTheRestIsFetchedOnceThereIsRoom() throws IOException {
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, CONTENT.length))) {
            Download full = new Download((file, append) -> new Full(new FileOutputStream(file.toFile(), append)));
            DataException e = assertThrows(DataException.class, () -> fetch(full, server));
            assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
            assertTrue(e.getMessage().contains("free space"), e.getMessage());
            assertEquals(List.of("file.part"), names());
            long kept = Files.size(folder.resolve("file.part"));
            assertTrue(kept > 0);
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
            assertEquals(List.of("/file whole", "/file bytes=" + kept + "-"), server.asked);
        }
    }

    @Test
    void interruptStopsBetweenPiecesAndKeepsWhatCame() throws IOException {
        try (var server = new Fixtures.Server(x -> Fixtures.Server.send(x, CONTENT, CONTENT.length))) {
            Progress stop = (done, total, what) -> {
                assertEquals(CONTENT.length, total);
                Thread.currentThread().interrupt();
            };
            assertThrows(CancellationException.class, () -> fetch(new Download(), server, stop));
            assertTrue(Thread.interrupted(), "the interrupt must stay set");
            assertTrue(Files.size(folder.resolve("file.part")) > 0);
            assertFalse(Files.exists(folder.resolve("file")));
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
        }
    }

    @Test
    void interruptEndsTheWaitForAServerThatFellSilent() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch someCame = new CountDownLatch(1);
        // resources close in reverse: first the server's handler is let go, then the server can stop
        try (var server = new Fixtures.Server(x -> {
                    Fixtures.Server.send(x, CONTENT, 1000);
                    await(end);
                });
                AutoCloseable release = end::countDown) {
            assertNotNull(release);
            var outcome = new CompletableFuture<Boolean>();
            Thread thread = new Thread(() -> {
                try {
                    fetch(new Download(), server, (done, total, what) -> someCame.countDown());
                    outcome.complete(false);
                } catch (CancellationException e) {
                    outcome.complete(Thread.interrupted());
                } catch (RuntimeException e) {
                    outcome.completeExceptionally(e);
                }
            });
            thread.start();
            await(someCame);
            thread.interrupt();
            assertTrue(outcome.get(20, TimeUnit.SECONDS), "cancelled, with the interrupt still set");
            assertEquals(List.of("file.part"), names());
        }
    }

    @Test
    void serverThatSendsAnotherRangeIsAskedForTheWholeFile() throws IOException {
        Files.write(folder.resolve("file.part"), Arrays.copyOf(CONTENT, 1000));
        try (var server = new Fixtures.Server(x -> {
            boolean ranged = x.getRequestHeaders().containsKey("Range");
            x.getResponseHeaders().set("Content-Range", "bytes 0-" + (CONTENT.length - 1) + "/" + CONTENT.length);
            x.sendResponseHeaders(ranged ? 206 : 200, CONTENT.length);
            x.getResponseBody().write(CONTENT);
        })) {
            assertArrayEquals(CONTENT, Files.readAllBytes(fetch(new Download(), server)));
            assertEquals(List.of("/file bytes=1000-", "/file whole"), server.asked);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path fetch(Download download, Fixtures.Server server) {
        return fetch(download, server, Progress.NONE);
    }

    private Path fetch(Download download, Fixtures.Server server, Progress progress) {
        Path target = folder.resolve("file");
        Registry.Item item = new Registry.Item("file", CONTENT.length, Fixtures.sha256(CONTENT), null);
        Consumer<Path> check = part -> Unpacked.verified(part, item.bytes(), List.of(item.sha256()));
        download.fetch(server.address() + "file", target, check, "ask the librarian", progress);
        return target;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A disk with room for a few pieces. */
    private static final class Full extends FilterOutputStream {
        private int room = 100_000;

        Full(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, Math.min(room, length));
            room -= Math.min(room, length);
            if (room == 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
