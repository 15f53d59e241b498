package org.parsimony.notebook.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.format.Npy;
import org.parsimony.network.machine.Machine;

/** Every code has its line, under machine, matrix and peer. */
class DotBench_PrintTest {

    @Test
    void everyCodeHasALine(@TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[20 * 30];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, random.nextInt(10) - 5);
        }
        Npy.write(folder.resolve("small.npy.gz"), Nd4j.createFromArray(values).reshape(20, 30));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        DotBench.run(folder, List.of(), "no-such-python", 5, 1_000_000, out);
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith(Machine.here().toString()), text);
        assertTrue(text.contains("small.npy.gz  20 × 30"), text);
        assertTrue(text.contains("no peer: cannot start no-such-python"), text);
        assertTrue(text.contains("best of gzip, xz, zstd and brotli in either order: "), text);
        for (String code : new String[] {"CSC", "index map", "CSER", "HAM", "sHAM", "prototypes"}) {
            assertTrue(text.lines().anyMatch(line -> line.startsWith(code)), text);
        }
    }

    @Test
    void anEmptyFolderIsNamed(@TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> DotBench.run(folder, List.of(), "python3", 5, System.out));
    }
}
