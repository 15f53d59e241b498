package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader sees one writer's whole content, whoever else writes, and what killed writers left is swept away. */
class WholeFile_WriteTest {

    @TempDir
    Path folder;

    @Test
    void ofManyWritersAReaderSeesOne() throws Exception {
        Path file = folder.resolve("in/state.json");
        WholeFile.write(file, content(0));
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int value = writer;
                all.add(writers.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        WholeFile.write(file, content(value));
                    }
                    return null;
                }));
            }
            while (all.stream().anyMatch(future -> !future.isDone())) {
                byte[] read = Files.readAllBytes(file);
                assertTrue(
                        Arrays.equals(content(read[0]), read),
                        "read " + read.length + " bytes, not those of one writer");
            }
            for (Future<?> future : all) {
                future.get();
            }
        } finally {
            writers.shutdownNow();
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    /** Of another length for each writer, so that mixtures show. */
    private static byte[] content(int writer) {
        byte[] content = new byte[200_000 + 50_000 * writer];
        Arrays.fill(content, (byte) writer);
        return content;
    }

    @Test
    void onlyOldDraftsAreSwept() throws IOException {
        Path old = Files.writeString(folder.resolve(".state.zip.4711-1.new"), "half");
        Path fresh = Files.writeString(folder.resolve(".state.json.4712-1.new"), "half");
        Path other = Files.writeString(folder.resolve("state.new"), "a user's own");
        for (Path file : List.of(old, other)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        WholeFile.sweep(folder, Duration.ofHours(1));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(fresh, other), files.sorted().toList());
        }
    }

    @Test
    void whatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("below");
        String said = assertThrows(IOException.class, () -> WholeFile.write(blocked, new byte[1]))
                .getMessage();
        assertTrue(said.startsWith("cannot write " + blocked), said);
        assertEquals("x", new String(Files.readAllBytes(folder.resolve("file")), StandardCharsets.UTF_8));
    }
}
