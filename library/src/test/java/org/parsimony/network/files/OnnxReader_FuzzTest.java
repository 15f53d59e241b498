package org.parsimony.network.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.ReaderLaw;

/** No {@code .onnx} crashes, stalls or swells its reader. */
class OnnxReader_FuzzTest {

    private static ReaderLaw law() {
        ReaderLaw.Reader reader = content -> {
            Path file = Files.createTempFile("fuzz", ".onnx");
            try {
                Files.write(file, content);
                new OnnxFormat().read(file);
            } finally {
                Files.delete(file);
            }
        };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class), 64 << 20, 4096);
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        law().checkDamaged(ReaderLaw.seeds(OnnxReader_FuzzTest.class, "onnx"), 300);
    }

    @FuzzTest
    void onnx(byte[] content) {
        law().check(content);
    }
}
