package org.parsimony.data.own;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.ReaderLaw;
import org.parsimony.data.DataException;

/** No content of an image crashes, stalls or swells its reader. */
class Reader_FuzzTest {

    private static ReaderLaw law() {
        // guided fuzzing itself allocates, at regular expressions for one
        int constant = System.getenv("JAZZER_FUZZ") == null ? 1 << 20 : 4 << 20;
        int factor = 40 * 8 * 1032; // bytes of a pixel, pixels of a byte; DEFLATE packs 1032 bytes into one
        return new ReaderLaw(Reader_FuzzTest::picture, List.of(DataException.class), constant, factor);
    }

    private static void picture(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".png");
        try {
            Files.write(file, content);
            new ImageFolder(file.getParent()).image(file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void damagedSeedsAreReadOrRefused() {
        law().checkDamaged(ReaderLaw.seeds(Reader_FuzzTest.class, "image"), 300);
    }

    @FuzzTest
    void image(byte[] content) {
        law().check(content);
    }
}
