package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leak is told from noise, from single outliers, and from what the first rounds fill. */
class MemoryBench_GrowthTest {

    private static final int ROUNDS = 40;

    @TempDir
    Path folder;

    private static double[][] rounds(IntToDoubleFunction heap) {
        double[][] rounds = new double[MemoryBench.HELD.size()][ROUNDS];
        for (double[] column : rounds) {
            Arrays.fill(column, 100);
        }
        Arrays.setAll(rounds[0], heap);
        return rounds;
    }

    @Test
    void aStraightLineHasItsSlopeWhateverCameBefore() {
        double[] values = new double[ROUNDS];
        Arrays.setAll(values, i -> i < 10 ? 1000 - i : 50 + 0.25 * i);
        assertEquals(0.25, MemoryBench.slope(values), 1e-12);
        values[20] = 1e6;
        assertEquals(0.25, MemoryBench.slope(values), 1e-12, "one outlier");
    }

    @Test
    void cachesThatFillAreNoLeak() {
        assertEquals(List.of(), MemoryBench.growing(rounds(i -> Math.min(200, 50 + 15 * i))));
    }

    @Test
    void noiseIsNoLeak() {
        SplittableRandom random = new SplittableRandom(1);
        assertEquals(List.of(), MemoryBench.growing(rounds(i -> 100 + 5 * random.nextDouble())));
    }

    @Test
    void aSlowLeakIsNamed() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> growing = MemoryBench.growing(rounds(i -> 100 + 0.5 * i + random.nextDouble()));
        assertEquals(1, growing.size());
        assertTrue(growing.get(0).startsWith("heap, MB by 1"), growing.get(0));
    }

    @Test
    void tooFewRoundsTellNothing() {
        assertThrows(IllegalStateException.class, () -> MemoryBench.growing(new double[MemoryBench.HELD.size()][14]));
    }

    @Test
    void theTableIsReadInItsUnits() throws IOException {
        Path table = Files.writeString(
                folder.resolve("memory.csv"),
                "round,seconds,heap,nonheap,native,threads,resident,files\n1,3.5,2097152,1048576,0,20,4194304,33\n");
        double[][] rounds = MemoryBench.read(table);
        double[] first = Arrays.stream(rounds).mapToDouble(column -> column[0]).toArray();
        assertEquals(
                List.of(2.0, 1.0, 0.0, 33.0, 20.0), Arrays.stream(first).boxed().toList());
    }
}
