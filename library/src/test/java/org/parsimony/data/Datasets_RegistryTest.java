package org.parsimony.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Progress;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.Unpacked;
import tech.tablesaw.api.Table;

/** The registry says the truth about every data set that is on this machine, and is complete about all of them. */
class Datasets_RegistryTest {

    private static final Set<String> IN_REPOSITORY = Set.of("mnist", "iris", "wine", "breast-cancer", "digits", "cora");

    /** Those of the repository, and those that this machine happens to have (packages, PARSIMONY_DATA, cache). */
    static List<String> here() {
        return Datasets.names().stream()
                .filter(name -> IN_REPOSITORY.contains(name)
                        || Located.find(Registry.entry(name), Sources.standard())
                                .isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("here")
    void dataSetIsWhatItsEntrySays(String name) {
        Registry.Entry entry = Registry.entry(name);
        Dataset data = Datasets.load(name, Sources.standard().offline(), Progress.NONE);
        assertEquals(entry.samples().train(), data.train().size());
        assertEquals(entry.samples().validation(), data.validation().size());
        assertEquals(entry.samples().test(), data.test().size());
        assertEquals(entry.classes(), data.classNames());
        assertEquals(entry.classes().isEmpty(), data.isValued());
        assertEquals(IntStream.of(entry.shape()).reduce(1, (a, b) -> a * b), data.inputs());
        if (data.isValued()) {
            return;
        }
        for (Samples split : List.of(data.train(), data.validation(), data.test())) {
            assertEquals(
                    entry.classes().size(),
                    IntStream.of(split.labels()).distinct().count());
            float low = 1;
            float high = 0;
            for (float x : split.features()) {
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
            assertTrue(low >= 0 && high <= 1, name + " has features from " + low + " to " + high);
            if (split == data.train()) {
                assertEquals(0, low);
                assertEquals(1, high);
            }
        }
        assertEquals(entry.files().size(), data.lineage().sha256().size());
        assertEquals(data.lineage().variant().isEmpty(), data.title().equals(entry.title()));
    }

    @Test
    void everyFileHasAnAddressASizeAndAChecksum() {
        for (Registry.Entry entry : Registry.entries().values()) {
            assertFalse(entry.licence().isBlank());
            assertFalse(entry.citation().isBlank());
            assertTrue(Set.of("idx", "cifar", "table", "pairs", "graph").contains(entry.format()), entry.format());
            for (Registry.Item item : entry.files()) {
                assertTrue(item.sha256().matches("[0-9a-f]{64}"), item.name());
                assertTrue(item.bytes() > 0, item.name());
                String url =
                        entry.archive() == null ? item.url() : entry.archive().url();
                if (url == null) {
                    assertTrue(IN_REPOSITORY.contains(entry.name()), entry.name() + " can be had from nowhere");
                } else {
                    assertTrue(URI.create(url).isAbsolute(), url);
                }
            }
        }
    }

    @Test
    void tableHasARowForEachNameAndSaysWhereItComesFrom() {
        Table table = Datasets.table();
        assertEquals(Datasets.names(), table.stringColumn("name").asList());
        assertEquals(784, table.intColumn("inputs").get(0));
        assertEquals("data/mnist", table.stringColumn("comes from").get(0));
        assertEquals(54.95, table.doubleColumn("MB").get(0));
        var nowhere = new Sources(List.of(), new Sources.Folder(Path.of("no-such-folder")), true);
        assertEquals(
                "download, " + Registry.entry("mnist").home(),
                Datasets.table(nowhere).stringColumn("comes from").get(0));
    }

    @Test
    void aboutTellsLicenceAndChecksumsAndVariants() {
        String text = Datasets.about("cifar10").printAll();
        Registry.Entry entry = Registry.entry("cifar10");
        assertTrue(text.contains(entry.licence()) && text.contains(entry.citation()), text);
        entry.files().forEach(item -> assertTrue(text.contains(item.sha256()), item.name()));
        assertTrue(text.contains("with 92 stand-in images"), text);
    }

    @Test
    void irisHasItsKnownFirstFlower() {
        Csv.Layout layout = Registry.entry("iris").layout();
        var path = Located.find(Registry.entry("iris"), Sources.standard())
                .orElseThrow()
                .files()
                .get("iris.csv");
        Csv table = Csv.decode(path, Unpacked.bytes(path), layout);
        assertEquals(
                List.of(5.1, 3.5, 1.4, 0.2),
                IntStream.range(0, 4).mapToObj(i -> table.values()[i]).toList());
        assertEquals(150, table.labels().length);
    }
}
