package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.DataException;
import org.parsimony.data.Fixtures;

/** The binary image formats: right files are read, and no length but the right one is. */
class Idx_CorruptTest {

    @TempDir
    Path folder;

    @Test
    void plainAndGzippedFilesGiveShapeAndValues() throws IOException {
        byte[] content = Fixtures.images(3);
        Path plain = Files.write(folder.resolve("plain"), content);
        Path gzipped = Files.write(folder.resolve("gzipped"), Fixtures.gzip(content));
        for (Path file : new Path[] {plain, gzipped}) {
            assertArrayEquals(new int[] {3, 2, 2}, Idx.read(file).shape());
            assertArrayEquals(
                    Arrays.copyOfRange(content, 16, 28), Idx.read(file).values());
        }
    }

    @Property(tries = 60)
    void everyOtherLengthIsRefused(@ForAll @IntRange(max = 40) int length) {
        byte[] content = Arrays.copyOf(Fixtures.images(3), length);
        if (length == 28) {
            assertEquals(12, Idx.decode("a", content).values().length);
        } else {
            String said = assertThrows(DataException.class, () -> Idx.decode("a", content))
                    .getMessage();
            assertTrue(said.startsWith("a: "), said);
        }
    }

    @Test
    void headersThatLieAreRefused() {
        byte[] huge = Fixtures.images(3);
        Arrays.fill(huge, 4, 16, (byte) 0x7f);
        refused("there are 12", huge);
        byte[] negative = Fixtures.images(3);
        negative[8] = -1;
        refused("dimension 1 at byte 8 is -", negative);
        byte[] floats = Fixtures.images(3);
        floats[2] = 0x0d;
        refused("holds floats of 32 bits (type 0x0d at byte 2)", floats);
    }

    @Test
    void gzipCutInTheMiddleNamesThePlace() throws IOException {
        byte[] packed = Fixtures.gzip(Fixtures.images(5000));
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 20));
        String said = assertThrows(DataException.class, () -> Idx.read(file)).getMessage();
        assertTrue(said.startsWith(file + ": the gzip stream is cut or damaged at unpacked byte "), said);
    }

    @Property(tries = 20)
    void cifarRecordsReadBackAreTheSame(@ForAll @IntRange(min = 1, max = 4) int n, @ForAll byte pixel) {
        byte[] labels = new byte[n];
        byte[] pixels = new byte[n * 3072];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (pixel + i * 7);
        }
        labels[n - 1] = 9;
        byte[] content = new CifarBinary(labels, pixels).encode();
        CifarBinary back = CifarBinary.decode("c", content);
        assertArrayEquals(labels, back.labels());
        assertArrayEquals(pixels, back.pixels());

        assertThrows(DataException.class, () -> CifarBinary.decode("c", Arrays.copyOf(content, content.length - 1)));
        assertThrows(DataException.class, () -> CifarBinary.decode("c", new byte[0]));
        content[(n - 1) * 3073] = 10;
        String said = assertThrows(DataException.class, () -> CifarBinary.decode("c", content))
                .getMessage();
        assertTrue(said.contains("record " + (n - 1) + " at byte " + (n - 1) * 3073 + " is 10"), said);
    }

    private static void refused(String problem, byte[] content) {
        String said = assertThrows(DataException.class, () -> Idx.decode("a", content))
                .getMessage();
        assertTrue(said.contains(problem), said);
    }
}
