package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.Npy;

class DotBench_PrintTest {

    @Test
    void everyCodeHasALine(@TempDir Path folder) throws IOException {
        DenseMatrix matrix = Matrices.trained(20, 30, 2, 0.5, 5, 0.2, 1);
        Npy.write(
                folder.resolve("small.npy.gz"),
                Nd4j.createFromArray(matrix.values()).reshape(20, 30));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DotBench.run(folder, List.of(), 1_000_000, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("small.npy.gz  20 × 30"), text);
        for (String code : new String[] {"CSC", "index map", "CSER", "HAM", "sHAM", "prototypes"}) {
            assertTrue(text.lines().anyMatch(line -> line.startsWith(code)), text);
        }
    }

    @Test
    void anEmptyFolderIsNamed(@TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> DotBench.run(folder, List.of(), System.out));
    }
}
