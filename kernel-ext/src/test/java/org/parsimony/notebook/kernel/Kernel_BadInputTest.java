package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Home;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/** What a researcher gets wrong: one clear error each, and the kernel runs the next cell. */
class Kernel_BadInputTest {

    private static final String[] MNIST = {
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
    };

    @TempDir
    static Path folder;

    static KernelProcess kernel;

    @BeforeAll
    static void start() throws IOException {
        kernel = new KernelProcess(
                folder, Map.of("PARSIMONY_RUNS", folder.resolve("runs.sqlite").toString()));
        assertEquals("ok", kernel.execute("int kept = 41;").status());
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @Test
    void anUnknownDataSet() {
        refused("Datasets.load(\"mnits\")", "mnits", "fashion-mnist");
        refused("var d = %dataset mnits", "mnits", "fashion-mnist");
    }

    @Test
    void aMissingFile() throws IOException {
        Path data = mnist("missing");
        Files.delete(data.resolve("mnist/t10k-labels-idx1-ubyte"));
        refused(load(data), "t10k-labels-idx1-ubyte", "missing");
    }

    @Test
    void aCutFile() throws IOException {
        Path data = mnist("cut");
        Path file = data.resolve("mnist/t10k-images-idx3-ubyte");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 100));
        refused(load(data), "t10k-images-idx3-ubyte");
    }

    @Test
    void anAlteredFile() throws IOException {
        Path data = mnist("altered");
        Path file = data.resolve("mnist/t10k-labels-idx1-ubyte");
        byte[] content = Files.readAllBytes(file);
        content[500] ^= 1;
        Files.write(file, content);
        refused(load(data), "t10k-labels-idx1-ubyte", "SHA-256");
    }

    @Test
    void aNotANumberInATable() throws IOException {
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "a,b,class\n1,2,x\n3,NaN,y\n");
        refused("Datasets.load(" + quoted(table) + ")", "line 3", "\"b\"");
    }

    @Test
    void aWidthOfNothing() {
        refused("Architectures.mlp(\"784-0-10\", 1)", "width in 784-0-10 is 0, but must be at least 1");
        refused("Surgery.keep(Architectures.mlp(\"784-5-10\", 1), 0)", "width 0", "784-5-10");
    }

    @Test
    void anOptionOutOfItsRange() {
        refused("new OptiNET.Options().tolerance(2)", "tolerance is 2, but must lie between 0 and 1");
        refused("%optinet --dataset mnist --tolerance 2", "tolerance", "2", "between 0 and 1");
        refused("%optinet --dataset mnist --sizing guess", "guess", "layer-entropy");
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        refused("RunStore.open(Path.of(" + quoted(file.resolve("runs.sqlite")) + "))", "a-file");
        refused(
                "Figure.of(new XYChart(100, 100)).write(new Export(), Path.of(" + quoted(file.resolve("figure.svg"))
                        + "))",
                "a-file");
    }

    @Test
    void aTrainingIsInterruptedAndTheNextCellRuns() {
        Execution ready = kernel.execute(
                "var net = Architectures.mlp(\"784-300-100-10\", 1); var digits = Datasets.load(\"mnist\");");
        assertEquals("ok", ready.status(), () -> ready.error());
        String id = kernel.begin(
                "Trainer.run(net, digits.train(), digits.validation(), new Trainer.Options().epochs(1000), progress())");
        kernel.awaitPublished(id, "display_data");
        assertEquals("ok", kernel.command("interrupt_request").get("status").getAsString());
        Execution stopped = kernel.finish(id);
        assertEquals("error", stopped.status());
        assertEquals(
                "ok",
                kernel.execute("net.evaluate(digits.test()).accuracy() > 0.05").status());
        stillAlive();
    }

    private static void refused(String code, String... parts) {
        Execution execution = kernel.execute(code);
        assertEquals("error", execution.status(), code);
        for (String part : parts) {
            assertTrue(execution.error().contains(part), () -> part + " is not in: " + execution.error());
        }
        stillAlive();
    }

    private static void stillAlive() {
        assertEquals("42", kernel.execute("kept + 1").result());
    }

    private static String load(Path data) {
        return "Datasets.load(\"mnist\", new Sources(List.of(new Sources.Folder(Path.of(" + quoted(data)
                + "))), new Sources.Folder(Path.of(" + quoted(data.resolve("cache")) + ")), false), Progress.NONE)";
    }

    private static String quoted(Path path) {
        return new JsonPrimitive(path.toString()).toString();
    }

    /** MNIST unpacked into a folder of its own. */
    private static Path mnist(String name) throws IOException {
        Path source = Home.checkout().orElseThrow().resolve("data/mnist");
        Path target = Files.createDirectories(folder.resolve(name).resolve("mnist"));
        for (String file : MNIST) {
            try (var in = new GZIPInputStream(Files.newInputStream(source.resolve(file + ".gz")))) {
                Files.copy(in, target.resolve(file));
            }
        }
        return target.getParent();
    }
}
