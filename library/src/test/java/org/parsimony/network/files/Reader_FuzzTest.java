package org.parsimony.network.files;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.ReaderLaw;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** No Keras {@code .h5} and no part of a Deeplearning4j {@code .zip} crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String CONFIGURATION = "configuration.json";
    private static final Map<String, byte[]> PARTS = new TreeMap<>();

    @BeforeAll
    static void writeAndTakeApart() throws IOException {
        Path file = Files.createTempFile("fuzz", ".zip");
        Architectures.mlp("3-2-2", 1).save(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                PARTS.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        Files.delete(file);
    }

    /** A whole file with one part replaced; loading must be possible or refused. */
    private static ReaderLaw law(String part) {
        ReaderLaw.Reader reader = content -> {
            Path file = Files.createTempFile("fuzz", ".zip");
            try {
                try (OutputStream out = Files.newOutputStream(file)) {
                    out.write(zip(part, content));
                }
                Model.read(file);
            } finally {
                Files.delete(file);
            }
        };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class), 64 << 20, 4096);
    }

    private static ReaderLaw keras() {
        ReaderLaw.Reader reader = content -> {
            Path file = Files.createTempFile("fuzz", ".h5");
            try {
                Files.write(file, content);
                new KerasFormat().read(file);
            } finally {
                Files.delete(file);
            }
        };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class), 64 << 20, 4096);
    }

    /** What a Keras file says of its layers, as JSON; each layer has the arrays of one from three units to two. */
    private static ReaderLaw layers() {
        var array = new KerasFormat.Array(new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6});
        var two = new KerasFormat.Array(new int[] {2}, new float[] {1, 2});
        KerasFormat.Source source = new KerasFormat.Source() {
            @Override
            public Map<String, KerasFormat.Array> arrays(String... layer) {
                return Map.of(
                        "kernel",
                        array,
                        "bias",
                        two,
                        "gamma",
                        two,
                        "beta",
                        two,
                        "moving_mean",
                        two,
                        "moving_variance",
                        two);
            }

            @Override
            public boolean turned() {
                return false;
            }
        };
        ReaderLaw.Reader reader = content -> {
            String text = new String(content, StandardCharsets.UTF_8);
            int end = text.indexOf('\f');
            KerasLayers.model(end < 0 ? text : text.substring(0, end), end < 0 ? null : text.substring(end), source);
        };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class), 8 << 20, 16384);
    }

    private static byte[] zip(String part, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : PARTS.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getKey().equals(part) ? content : entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {COEFFICIENTS, CONFIGURATION})
    void damagedPartsAreReadOrRefused(String part) {
        law(part).checkDamaged(List.of(PARTS.get(part)), 100);
    }

    @Test
    void damagedKerasFilesAreReadOrRefused() {
        keras().checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, "keras"), 300);
    }

    @Test
    void damagedLayersOfKerasAreReadOrRefused() {
        layers().checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, "layers"), 500);
    }

    @Test
    void anArrayThatSaysMoreThanItHasIsRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] lying = PARTS.get(COEFFICIENTS).clone();
        // mode, length, type of the shape's buffer: its length stands behind the name of the mode
        ByteBuffer.wrap(lying).putLong(2 + ByteBuffer.wrap(lying).getShort(), 1L << 40);
        Path file = Files.createTempFile("lying", ".zip");
        Files.write(file, zip(COEFFICIENTS, lying));
        var refusal = assertThrows(IllegalArgumentException.class, () -> Model.read(file));
        assertTrue(refusal.getMessage().contains("1099511627776 values"), refusal.getMessage());
        Files.delete(file);
    }

    @Test
    void deepNestingIsRefused() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        law(CONFIGURATION).check(deep);
    }

    @FuzzTest
    void keras(byte[] content) {
        keras().check(content);
    }

    @FuzzTest
    void layers(byte[] content) {
        layers().check(content);
    }

    @FuzzTest
    void coefficients(byte[] content) {
        law(COEFFICIENTS).check(content);
    }

    @FuzzTest
    void configuration(byte[] content) {
        law(CONFIGURATION).check(content);
    }
}
