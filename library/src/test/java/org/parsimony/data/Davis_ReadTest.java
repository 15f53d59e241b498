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

/** Ligands, proteins, affinities and folds are put together as the published code does; what does not fit is refused. */
class Davis_ReadTest {

    private static final String LIGANDS = "{\"7\": \"C(=O)\", \"3\": \"y.\"}";
    private static final String PROTEINS = "{\"B\": \"ACBZ\", \"A\": \"M\", \"C\": \"\"}";
    private static final String KD = "43 10000 1\n1e9 0.5 100\n";

    private static Dataset read(String... files) {
        return Davis.decode(
                "davis",
                "DAVIS",
                Stream.of(files)
                        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                        .toList(),
                new Lineage("here", "", Map.of(), List.of()));
    }

    private static float[] tokens(Samples samples, int pair, int from, int n) {
        int start = pair * samples.inputs() + from;
        return Arrays.copyOfRange(samples.features(), start, start + n);
    }

    @Test
    void pairsOfTheFoldsAreWorkedOutByHand() {
        Dataset davis = read(LIGANDS, PROTEINS, KD, "[[0, 5], [3]]", "[4, 1]");
        assertEquals(List.of(new Text("ligand", 65, 85), new Text("protein", 26, 1200)), davis.texts());
        assertTrue(davis.isValued());
        assertEquals(1285, davis.inputs());
        // pair 0: ligand 0 and protein 0; pair 5: ligand 1 and protein 2, which has no letters
        assertArrayEquals(new float[] {42, 1, 40, 48, 31, 0}, tokens(davis.train(), 0, 0, 6));
        assertArrayEquals(new float[] {1, 2, 3, 25, 0}, tokens(davis.train(), 0, 85, 5));
        assertArrayEquals(new float[] {64, 2, 0}, tokens(davis.train(), 1, 0, 3));
        assertArrayEquals(new float[1200], tokens(davis.train(), 1, 85, 1200));
        assertArrayEquals(new float[] {7.3665315f, 7}, davis.train().targets(), 1e-6f);
        // the last fold, pair 3, is for validation: ligand 1 and protein 0
        assertArrayEquals(new float[] {64, 2, 0}, tokens(davis.validation(), 0, 0, 3));
        assertArrayEquals(new float[] {1, 2, 3, 25, 0}, tokens(davis.validation(), 0, 85, 5));
        assertEquals(0, davis.validation().targets()[0], 1e-6);
        // pairs 4 and 1 share protein 1, "M"
        assertArrayEquals(new float[] {11, 0}, tokens(davis.test(), 0, 85, 2), "M is the twelfth letter but for J");
        assertArrayEquals(tokens(davis.test(), 0, 85, 1200), tokens(davis.test(), 1, 85, 1200));
        assertArrayEquals(new float[] {9.30103f, 5}, davis.test().targets(), 1e-6f);
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
        refused("pair 6", LIGANDS, PROTEINS, KD, "[[6], []]", "[]");
        refused("pair -1", LIGANDS, PROTEINS, KD, "[[], []]", "[-1]");
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
    void noPairIsInTwoFolds() {
        refused("are 1, but must be at least 2", LIGANDS, PROTEINS, KD, "[[1]]", "[]");
        refused("pair 5, which is in a fold already", LIGANDS, PROTEINS, KD, "[[0, 5], [5]]", "[]");
        refused("test fold: names pair 0, which is in a fold already", LIGANDS, PROTEINS, KD, "[[0], [5]]", "[0]");
    }
}
