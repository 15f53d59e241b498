package org.parsimony.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.ReaderLaw;
import org.parsimony.data.format.CifarBinary;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.Idx;
import org.parsimony.data.format.MatrixMarket;
import org.parsimony.data.format.Npy;
import org.parsimony.data.format.Npz;

/** No content of a data file crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static final String FILE = "the file";

    private static ReaderLaw law(String target) {
        ReaderLaw.Reader reader =
                switch (target) {
                    case "npy" -> content -> Npy.decode(FILE, content);
                    case "npz" -> Reader_FuzzTest::archive;
                    case "idx" -> content -> Idx.decode(FILE, content);
                    case "cifar" -> content -> CifarBinary.decode(FILE, content);
                    case "csv" ->
                        content -> Csv.decode(FILE, content, new Csv.Layout(null, 0, "class", null, List.of()));
                    case "matrixMarket" -> content -> MatrixMarket.decode(FILE, content);
                    case "davisTexts" -> content -> Davis.texts(FILE, content, Davis.SMILES, Davis.SMILES_LENGTH);
                    case "davisKd" -> content -> Davis.affinities(FILE, content, 2, 3);
                    case "davis" ->
                        content -> Davis.decode(
                                "fuzz", "Fuzz", parts(content, 5), new Lineage("here", "", Map.of(), List.of()));
                    case "graph" ->
                        content -> NodeGraph.decode(
                                "fuzz", "Fuzz", parts(content, 3), null, new Lineage("here", "", Map.of(), List.of()));
                    case "registry" -> content -> Registry.decode(FILE, content);
                    default -> throw new IllegalArgumentException(target);
                };
        // four characters may name a protein, which takes 1200 tokens, and two a pair, which takes 1285 values
        // DEFLATE packs 1032 bytes into one, and a file and a zip are opened
        int factor =
                switch (target) {
                    case "davis" -> 4096;
                    case "npz" -> 4 * 1032;
                    default -> 256;
                };
        // guided fuzzing itself allocates, at regular expressions for one
        int constant = System.getenv("JAZZER_FUZZ") == null ? 1 << 20 : 4 << 20;
        return new ReaderLaw(reader, List.of(DataException.class), constant, factor);
    }

    private static void archive(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".npz");
        try {
            Files.write(file, content);
            Npz.read(file);
        } finally {
            Files.delete(file);
        }
    }

    /** {@code count} files, of which a form feed ends each but the last. */
    private static List<byte[]> parts(byte[] content, int count) {
        String[] texts = new String(content, StandardCharsets.ISO_8859_1).split("\f", count);
        return IntStream.range(0, count)
                .mapToObj(i -> i < texts.length ? texts[i].getBytes(StandardCharsets.ISO_8859_1) : new byte[0])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npy",
                "npz",
                "idx",
                "cifar",
                "csv",
                "matrixMarket",
                "registry",
                "davisTexts",
                "davisKd",
                "davis",
                "graph"
            })
    void damagedSeedsAreReadOrRefused(String target) {
        law(target).checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, target), 300);
    }

    @FuzzTest
    void npy(byte[] content) {
        law("npy").check(content);
    }

    @FuzzTest
    void npz(byte[] content) {
        law("npz").check(content);
    }

    @FuzzTest
    void idx(byte[] content) {
        law("idx").check(content);
    }

    @FuzzTest
    void cifar(byte[] content) {
        law("cifar").check(content);
    }

    @FuzzTest
    void csv(byte[] content) {
        law("csv").check(content);
    }

    @FuzzTest
    void matrixMarket(byte[] content) {
        law("matrixMarket").check(content);
    }

    @FuzzTest
    void davisTexts(byte[] content) {
        law("davisTexts").check(content);
    }

    @FuzzTest
    void davisKd(byte[] content) {
        law("davisKd").check(content);
    }

    @FuzzTest
    void davis(byte[] content) {
        law("davis").check(content);
    }

    @FuzzTest
    void graph(byte[] content) {
        law("graph").check(content);
    }

    @FuzzTest
    void registry(byte[] content) {
        law("registry").check(content);
    }
}
