package org.parsimony.claims;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.ReaderLaw;

/** No list of claims crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static final ReaderLaw LAW = new ReaderLaw(
            Reader_FuzzTest::readClaims, List.of(IllegalArgumentException.class, IOException.class), 1 << 20, 512);

    private static void readClaims(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".csv");
        try {
            Files.write(file, content);
            Claims.read(file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void damagedSeedsAreReadOrRefused() {
        LAW.checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, "claims"), 300);
    }

    @FuzzTest
    void claims(byte[] content) {
        LAW.check(content);
    }
}
