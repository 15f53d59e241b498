package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;

/** A researcher's own table: what is read, how it is split and scaled, and what is refused with line and column. */
class Csv_OwnDataTest {

    @TempDir
    Path folder;

    @Test
    void quotesSeparatorsBlankLinesAndLineEndsAreThoseOfSpreadsheets() throws IOException {
        Csv csv = Csv.read(file("\uFEFFa,\"b, \"\"wide\"\"\",kind\r\n1,-2.5e1,\"x\ny\"\r\n\r\n3,4,z"), "kind");
        assertEquals(List.of("a", "b, \"wide\""), csv.inputs());
        assertArrayEquals(new double[] {1, -25, 3, 4}, csv.values());
        assertEquals(List.of("x\ny", "z"), csv.classes());
        assertArrayEquals(
                csv.values(),
                Csv.read(file("a;b;kind\n1;-25;u\n3;4;v\n"), "kind").values());
        assertArrayEquals(
                csv.values(),
                Csv.read(file("a\tb\tkind\n1\t-25\tu\n3\t4\tv\n"), "kind").values());
    }

    @Test
    void classesAreInNumericalOrElseAlphabeticalOrderWhateverTheOrderOfSamples() throws IOException {
        assertEquals(List.of("9", "10"), Csv.read(file("x,y\n1,10\n2,9\n"), "y").classes());
        Csv named = Csv.read(file("x,y\n1,pear\n2,apple\n3,pear\n"), "y");
        assertEquals(List.of("apple", "pear"), named.classes());
        assertArrayEquals(new int[] {1, 0, 1}, named.labels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b,y#1,2,u#3,NaN,v   | line 3, column \"b\" is \"NaN\"",
                "a,b,y#1,2,u#3,,v      | line 3, column \"b\" is empty",
                "a,b,y#1,?,u           | line 2, column \"b\" is \"?\"",
                "a,b,y#1,Infinity,u    | line 2, column \"b\" is \"Infinity\"",
                "a,b,y#1,1e39,u        | line 2, column \"b\" is \"1e39\"",
                "a,b,y##1,2,u##3,4,    | line 5, column \"y\" is empty",
                "a,b,y#1,2,u#3,4       | line 3 has 2 fields, but the header has 3",
                "a,b,y#1,2,u#3,4,5,6   | line 3 has 4 fields",
                "a,b,c#1,2,u           | has no column \"y\"; its columns are a, b, c",
                "a,y,y#1,2,u           | more than one column \"y\"",
                "a,b,y                 | holds no samples",
                "``                    | holds no samples",
                "y#1                   | has no column beside \"y\"",
                "a,y#1,\"open          | quotation mark opened in line 2",
            })
    void whateverIsNotAFiniteNumberIsNamedByLineAndColumn(String text, String message) throws IOException {
        Path file = file(text.replace('#', '\n'));
        String said =
                assertThrows(DataException.class, () -> Csv.read(file, "y")).getMessage();
        assertTrue(said.startsWith(file + ": "), said);
        assertTrue(said.contains(message), said);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[] {'a', ',', 'y', '\n', '1', ',', (byte) 0xe9, '\n'});
        assertTrue(assertThrows(DataException.class, () -> Csv.read(file, "y"))
                .getMessage()
                .contains("UTF-8"));
    }

    @Test
    void everySampleIsInExactlyOneSplitAndEveryClassInAll() throws IOException {
        StringBuilder text = new StringBuilder("id,x,y\n");
        for (int i = 0; i < 103; i++) {
            text.append("s")
                    .append(i)
                    .append(',')
                    .append(i)
                    .append(',')
                    .append(i % 10 == 0 ? "rare" : "often")
                    .append('\n');
        }
        Dataset data = Datasets.load(file(text.toString()) + ":label=y:seed=7:ignore=id");
        assertEquals(List.of("often", "rare"), data.classNames());
        // 92 often and 11 rare: 18 + 2 held out for validation, and again for test
        assertEquals(20, data.validation().size());
        assertEquals(20, data.test().size());
        assertEquals(63, data.train().size());
        Set<Float> seen = new HashSet<>();
        for (Samples split : List.of(data.train(), data.validation(), data.test())) {
            for (float x : split.features()) {
                assertTrue(seen.add(x) || x == 0 || x == 1, "sample in two splits: " + x);
            }
            assertEquals(2, IntStream.of(split.labels()).distinct().count());
        }
        Dataset again = Datasets.load(folder.resolve("own.csv") + ":label=y:seed=7:ignore=id");
        assertArrayEquals(data.train().features(), again.train().features());
        assertEquals(data.lineage(), again.lineage());
    }

    @Test
    void scalingKnowsTheTrainingSplitAlone() throws IOException {
        // three samples of each class: one a split; the ranges of the splits differ
        String text = "x,flat,y\n" + "1,5,u\n2,5,u\n30,5,u\n" + "4,5,v\n50,5,v\n6,5,v\n";
        Path file = file(text);
        Csv table = Csv.read(file, "y");
        for (long seed = 0; seed < 20; seed++) {
            Dataset data = Datasets.load(file + ":label=y:seed=" + seed);
            float[] train = data.train().features();
            assertEquals(1, Math.abs(train[0] - train[2]), "training spans [0, 1]");
            assertEquals(0, train[1], "a constant column is 0");
            for (float x : data.test().features()) {
                assertTrue(x >= 0 && x <= 1, "clamped");
            }
        }
        assertEquals(6, table.labels().length);
    }

    @Test
    void classWithoutASampleForEachSplitIsNamed() throws IOException {
        Path file = file("x,y\n1,u\n2,u\n3,u\n4,v\n5,v\n");
        var e = assertThrows(DataException.class, () -> Datasets.load(file + ":label=y"));
        assertTrue(e.getMessage().contains("class \"v\" has 2 samples, but must have at least 3"), e.getMessage());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), text);
    }
}
