package org.parsimony.network.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.ReaderLaw;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** No file of weights crashes, stalls or swells its reader, whether it states its network or is told one. */
class Safetensors_FuzzTest {

    private static final Model NET = Architectures.mlp("3-2-2", 1);

    private static ReaderLaw law() {
        ReaderLaw.Reader reader = content -> {
            Path file = Files.createTempFile("fuzz", ".safetensors");
            try {
                Files.write(file, content);
                try {
                    new SafetensorsFormat().read(file);
                } catch (IllegalArgumentException e) {
                    new WeightsFile(file, "3-2-2").into(NET);
                }
            } finally {
                Files.delete(file);
            }
        };
        return new ReaderLaw(reader, List.of(IllegalArgumentException.class), 64 << 20, 4096);
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        law().checkDamaged(ReaderLaw.seeds(Safetensors_FuzzTest.class, "weights"), 300);
    }

    @FuzzTest
    void weights(byte[] content) {
        law().check(content);
    }
}
