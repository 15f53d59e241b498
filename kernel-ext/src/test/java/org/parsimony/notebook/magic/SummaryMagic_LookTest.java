package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.summary.NetworkSummary;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.display.FigureBelow;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.sensitivity.LayerSensitivity;

/** {@code %summary} and {@code %sensitivity} look at files, names and variables, and say what they miss. */
class SummaryMagic_LookTest {

    private final FakeNotebook notebook = new FakeNotebook();
    private final Magic summary = new SummaryMagic(notebook);
    private final Magic sensitivity = new SensitivityMagic(notebook);
    private final Model model = Architectures.mlp("64-8-10", 1);

    @Test
    void fileNameAndVariableAreTheSameNetwork(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("net.zip");
        model.save(file);
        notebook.values.put("net", model);
        NetworkSummary byFile = look("" + file, "--batch", "0");
        assertEquals(byFile, look("net", "--batch", "0"));
        assertEquals(byFile, look("64-8-10", "--dataset", "digits", "--batch", "0"));
        assertEquals(64 * 8 + 8 + 8 * 10 + 10, byFile.parameters());
        NetworkSummary timed = look("net");
        assertEquals(1, timed.batchSize());
        MimeBundle shown = FigureBelow.of(timed.table(), timed.bars());
        assertTrue(shown.data().get(MimeBundle.HTML).contains("<img alt="), "the bar plot stands below");
        assertTrue(shown.data().get(MimeBundle.TEXT).contains("nonzero MACs"));
    }

    private NetworkSummary look(String... words) throws Exception {
        return assertInstanceOf(NetworkSummary.class, summary.run(List.of(words), null));
    }

    @Test
    void whatIsMissingIsSaid() {
        var names = assertThrows(IllegalArgumentException.class, () -> look("lenet5"));
        assertTrue(names.getMessage().contains("add --dataset NAME"), names.getMessage());
        var nothing = assertThrows(IllegalArgumentException.class, () -> look("nothing"));
        assertTrue(nothing.getMessage().contains("NETWORK is nothing, but must be a network file, or a variable"));
        notebook.values.put("net", model);
        var harm = assertThrows(
                IllegalArgumentException.class,
                () -> sensitivity.run(List.of("net", "--dataset", "digits", "--harm", "heat"), null));
        assertTrue(harm.getMessage().contains("there are sparsity, units, k"), harm.getMessage());
    }

    @Test
    void sensitivityIsThatOfTheLibrary() throws Exception {
        notebook.values.put("net", model);
        notebook.values.put("data", Datasets.load("digits").limited(20, 30, 10, 1));
        LayerSensitivity looked = assertInstanceOf(
                LayerSensitivity.class,
                sensitivity.run(List.of("net", "--dataset", "data", "--harm", "k", "--amounts", "9,2"), null));
        assertArrayEquals(new double[] {9, 2}, looked.amounts());
        assertEquals(
                List.of("layer 0", "layer 1"),
                looked.rows().stream().map(LayerSensitivity.Row::name).toList());
        assertTrue(looked.targets(1).step().startsWith("quantise quantiser=cws layers=0,1 k=2,2"));
        assertEquals(List.of("sparsity"), sensitivity.complete(List.of("net", "--harm"), "sp"));
    }
}
