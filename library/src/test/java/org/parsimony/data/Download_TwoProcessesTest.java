package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;

/** Two notebooks that need the same data set at once: one downloads, the other waits and finds it. */
class Download_TwoProcessesTest {

    /** The second process: the address and the cache folder are its arguments. */
    public static void main(String[] arguments) {
        System.exit(load(arguments[0], Path.of(arguments[1])).train().size());
    }

    @Test
    void eachFileIsFetchedOnce(@TempDir Path scratch) throws IOException, InterruptedException {
        CountDownLatch otherHasBegun = new CountDownLatch(1);
        try (var server = new Fixtures.Server(x -> {
            otherHasBegun.countDown();
            String name = x.getRequestURI().getPath().substring(1);
            int n = name.startsWith("train") ? 8 : 4;
            byte[] content = name.endsWith("images") ? Fixtures.images(n) : Fixtures.labels(n);
            Fixtures.Server.send(x, content, content.length);
        })) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Path output = scratch.resolve("output");
            Process other = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path")
                                    + File.pathSeparator
                                    + System.getProperty("surefire.test.class.path", ""),
                            Download_TwoProcessesTest.class.getName(),
                            server.address(),
                            scratch.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                while (!otherHasBegun.await(50, TimeUnit.MILLISECONDS) && other.isAlive()) {
                    Thread.onSpinWait();
                }
                assertEquals(6, load(server.address(), scratch).train().size());
                assertEquals(6, other.waitFor(), () -> read(output));
                assertEquals(4, server.asked.size(), server.asked.toString());
            } finally {
                other.destroyForcibly();
            }
        }
    }

    private static Dataset load(String address, Path scratch) {
        Sources sources = new Sources(List.of(), new Sources.Folder(scratch.resolve("cache")), true);
        return Datasets.load(Fixtures.entry(address, 6, 2, 4), sources, new Download(), Progress.NONE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
