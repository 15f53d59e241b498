package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;

/** Ligands, proteins, affinities and folds are put together as the published code does; what does not fit is refused. */
class Davis_ReadTest {

    private static final String LIGANDS = "{\"7\": \"C(=O)\", \"3\": \"y.\"}";
    private static final String PROTEINS = "{\"B\": \"ACBZ\", \"A\": \"M\", \"C\": \"\"}";
    private static final String KD = "43 10000 1\n1e9 0.5 100\n";

    private static Davis read(String... files) {
        return Davis.decode(
                Stream.of(files)
                        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                        .toList(),
                new Lineage("here", "", Map.of(), List.of()));
    }

    @Test
    void pairsOfTheFoldsAreWorkedOutByHand() {
        Davis davis = read(LIGANDS, PROTEINS, KD, "[[0, 5], [3]]", "[4, 1]");
        assertArrayEquals(new int[] {42, 1, 40, 48, 31, 0}, Arrays.copyOf(davis.ligands()[0], 6));
        assertArrayEquals(new int[] {64, 2, 0}, Arrays.copyOf(davis.ligands()[1], 3));
        assertArrayEquals(new int[] {1, 2, 3, 25, 0}, Arrays.copyOf(davis.proteins()[0], 5));
        assertEquals(85, davis.ligands()[1].length);
        assertEquals(1200, davis.proteins()[2].length);
        assertArrayEquals(new int[] {0, 1, 1}, davis.train().ligand());
        assertArrayEquals(new int[] {0, 2, 0}, davis.train().protein());
        assertArrayEquals(new float[] {7.3665315f, 7, 0}, davis.train().affinity(), 1e-6f);
        assertArrayEquals(new int[] {1, 0}, davis.test().ligand());
        assertArrayEquals(new int[] {1, 1}, davis.test().protein());
        assertArrayEquals(new float[] {9.30103f, 5}, davis.test().affinity(), 1e-6f);
    }

    @Test
    void theTablesHaveEveryTokenOnce() {
        assertEquals(64, Davis.SMILES.chars().distinct().count());
        assertEquals(64, Davis.SMILES.length());
        assertEquals(25, Davis.AMINO_ACIDS.chars().distinct().count());
        assertEquals(25, Davis.AMINO_ACIDS.length());
        // places that the published tables give
        Map.of('(', 1, '@', 8, '\\', 20, 't', 28, '#', 29, '9', 39, '[', 53, 'y', 64)
                .forEach((letter, token) -> assertEquals(token, Davis.SMILES.indexOf(letter) + 1));
        Map.of('A', 1, 'B', 3, 'D', 5, 'K', 10, 'Q', 15, 'T', 20, 'Z', 25)
                .forEach((letter, token) -> assertEquals(token, Davis.AMINO_ACIDS.indexOf(letter) + 1));
    }

    @Test
    void longTextsAreCut() {
        int[][] tokens =
                Davis.texts("x", ("{\"a\": \"" + "A".repeat(90) + "\"}").getBytes(StandardCharsets.US_ASCII), "BA", 85);
        assertEquals(85, tokens[0].length);
        assertTrue(Arrays.stream(tokens[0]).allMatch(token -> token == 2));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        refused("pair 6", LIGANDS, PROTEINS, KD, "[[6]]", "[]");
        refused("pair -1", LIGANDS, PROTEINS, KD, "[[]]", "[-1]");
        refused("'?'", "{\"7\": \"C?\"}", PROTEINS, KD, "[[]]", "[]");
        refused("line 2 has 2 values", LIGANDS, PROTEINS, "1 2 3\n4 5\n", "[[]]", "[]");
        refused("1 lines", LIGANDS, PROTEINS, "1 2 3\n", "[[]]", "[]");
        refused("\"0\"", LIGANDS, PROTEINS, "1 2 3\n4 0 6\n", "[[]]", "[]");
        refused("JSON", LIGANDS, PROTEINS, KD, "[[1, ", "[]");
        refused("no text for 7", "{\"7\": null}", PROTEINS, KD, "[[]]", "[]");
    }

    private static void refused(String reason, String... files) {
        DataException refusal = assertThrows(DataException.class, () -> read(files));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @Test
    void theRegistryHasItsFilesButNoDataSetOfClasses() {
        assertEquals(5, Registry.entry(Davis.NAME).files().size());
        var refusal = assertThrows(IllegalArgumentException.class, () -> Datasets.load(Davis.NAME, Progress.NONE));
        assertTrue(refusal.getMessage().contains("Davis.load"), refusal.getMessage());
    }
}
