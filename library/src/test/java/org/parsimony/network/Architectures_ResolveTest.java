package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;

/** One text names a network for a data set: widths, a name, or a file. */
class Architectures_ResolveTest {

    private static final Samples SOME = new Samples(new float[3 * 400], new int[] {0, 1, 2}, 3, 1, 20, 20);
    private static final Dataset DATA = new Dataset("squares", "Squares", SOME, SOME, SOME);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "400-7-3, 400-7-3",
        "400-7-5-3+bn, 400-7-5-3+bn",
        "lenet-300-100, 400-300-100-3",
        "lenet5, 1-20-50-500-3"
    })
    void widthsAndNamesAreNetworks(String network, String text) {
        assertTrue(Architectures.known(network));
        assertEquals(text, Architectures.text(Architectures.resolve(network, DATA, 1)));
    }

    @Test
    void aNormalisedNetHasBatchNormAndReluBehindEveryLayer() {
        Model model = Architectures.resolve("400-7-3+bn", DATA, 5);
        assertEquals(
                List.of(
                        "dense 7",
                        "norm",
                        "activation relu",
                        "dense 3",
                        "norm",
                        "activation relu",
                        "activation softmax"),
                Architecture.of(model).layers().stream()
                        .map(layer -> layer instanceof Layers.BatchNorm ? "norm" : layer.text())
                        .toList());
        assertEquals(
                Architectures.normalised(new int[] {400, 7, 3}, 5).network().params(),
                model.network().params());
    }

    @Test
    void batchNormBehindHiddenLayersAloneHasNoTextOfItsOwn() {
        var options = new Architectures.Options().normalisation(Architectures.Options.Normalisation.BATCH);
        assertEquals("400-7-3", Architectures.text(Architectures.mlp(new int[] {400, 7, 3}, 1, options)));
    }

    @Test
    void filesAreNetworks() {
        Model model = Architectures.lenet5(1, 20, new int[] {2, 3, 4, 3}, 1, new Architectures.Options());
        Path file = folder.resolve("net.zip");
        model.save(file);
        assertTrue(Architectures.known(file.toString()));
        assertEquals(
                model.network().params(),
                Architectures.resolve(file.toString(), DATA, 1).network().params());
    }

    /** The digest is that of {@code printf hello | sha256sum}. */
    @Test
    void aFileIsNamedByItsContentAndNotByItsFolder() throws Exception {
        Path here = Files.writeString(folder.resolve("net.h5"), "hello");
        Path there =
                Files.writeString(Files.createDirectory(folder.resolve("there")).resolve("net.h5"), "hello");
        assertEquals("net.h5@2cf24dba5fb0", Architectures.name(here.toString()));
        assertEquals("net.h5@2cf24dba5fb0", Architectures.name(there.toString()));
        assertEquals("784-5-3", Architectures.name("784-5-3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lenet|network \"lenet\" is no file, no list of widths such as 784-300-100-10, 784-32-16-10+bn or mobilenet-8-16-16-32, and none of",
                "net.h5|network \"net.h5\" is no file",
                "784-5-3|takes samples of 784 and tells 3 classes, but squares has samples of 1 × 20 × 20 and 3",
                "784-5-3+bn|takes samples of 784 and tells 3 classes, but squares has samples of 1 × 20 × 20 and 3",
                "400-5-10|tells 10 classes, but squares has samples of 1 × 20 × 20 and 3 classes"
            })
    void whatDoesNotFitIsNamed(String network, String said) {
        String message = assertThrows(IllegalArgumentException.class, () -> Architectures.resolve(network, DATA, 1))
                .getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void aFileForOtherImagesOrOfAnotherKindIsNamed() throws Exception {
        Path other = folder.resolve("net.zip");
        Architectures.lenet5(1, 28, new int[] {2, 3, 4, 3}, 1, new Architectures.Options())
                .save(other);
        Path text = Files.writeString(folder.resolve("net.h5"), "hello");
        for (Path file : new Path[] {other, text}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> Architectures.resolve(file.toString(), DATA, 1))
                    .getMessage();
            assertTrue(message.contains(file.toString()), message);
        }
    }
}
