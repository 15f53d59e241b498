package org.parsimony.notebook.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpec_WriteTest {

    @TempDir
    Path folder;

    @Test
    void writesWhatJupyterReadsAndRemovesItAgain() throws Exception {
        KernelSpec spec = new KernelSpec(folder.resolve("kernels/parsimony"), List.of("-Xmx12g"));
        spec.write(false);
        spec.write(false);
        JsonObject json = JsonParser.parseString(Files.readString(spec.folder().resolve("kernel.json")))
                .getAsJsonObject();
        assertEquals("Parsimony (Java)", json.get("display_name").getAsString());
        assertEquals("java", json.get("language").getAsString());
        assertEquals("message", json.get("interrupt_mode").getAsString());
        assertEquals("1", json.getAsJsonObject("env").get("OMP_NUM_THREADS").getAsString());
        var argv = json.getAsJsonArray("argv");
        assertTrue(Files.isExecutable(Path.of(argv.get(0).getAsString())));
        assertEquals("{connection_file}", argv.get(argv.size() - 1).getAsString());
        assertTrue(
                argv.toString().indexOf("-Xmx12g") > argv.toString().indexOf("-XX:MaxRAMPercentage"),
                "behind our own options, so that it wins: " + argv);
        for (int size : new int[] {32, 64}) {
            Path logo = spec.folder().resolve("logo-" + size + "x" + size + ".png");
            assertEquals(size, ImageIO.read(logo.toFile()).getWidth());
        }
        assertTrue(spec.remove());
        assertFalse(Files.exists(spec.folder()));
        assertFalse(spec.remove());
    }

    @Test
    void theColoursOfMagicsAreWhereJupyterLabLooksForThem() throws Exception {
        LabExtension colours = new LabExtension(folder);
        colours.write();
        colours.write();
        Path own = folder.resolve("labextensions/parsimony-magics");
        JsonObject json = JsonParser.parseString(Files.readString(own.resolve("package.json")))
                .getAsJsonObject();
        String script = json.getAsJsonObject("jupyterlab")
                .getAsJsonObject("_build")
                .get("load")
                .getAsString();
        String name = json.get("name").getAsString();
        assertEquals(own.getFileName().toString(), name);
        assertTrue(Files.readString(own.resolve(script)).contains("'" + name + "'"), "the script registers that name");
        assertTrue(colours.remove());
        assertFalse(Files.exists(own));
        assertFalse(colours.remove());
    }

    @Test
    void followsJupytersRulesForFolders() {
        assertEquals(Path.of("/data"), JupyterFolders.user(Map.of("JUPYTER_DATA_DIR", "/data")));
        assertEquals(Path.of("/env/share/jupyter"), JupyterFolders.environment(Map.of("CONDA_PREFIX", "/env")));
        Exception e = assertThrows(IllegalStateException.class, () -> JupyterFolders.environment(Map.of()));
        assertTrue(e.getMessage().contains("--prefix"), e.getMessage());
    }

    @Test
    void newerJdksGetTheOptionsThatOlderOnesRefuse() {
        assertTrue(JvmOptions.of(25, folder).contains("--sun-misc-unsafe-memory-access=allow"));
        assertFalse(JvmOptions.of(17, folder).contains("--sun-misc-unsafe-memory-access=allow"));
    }

    @Test
    void theKernelOfOpenBlasIsLeftToTheOneRuleForAllEntries() {
        assertEquals(
                Set.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
                JvmOptions.environment().keySet());
    }
}
