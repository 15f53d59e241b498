package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Home;
import org.parsimony.notebook.install.Main;
import picocli.CommandLine;

/** Every committed notebook, headless, at smoke tier. */
class NotebookRunner_SmokeTest {

    @TempDir
    Path scratch;

    static Stream<Path> committedNotebooks() throws IOException {
        try (Stream<Path> files = Files.list(Home.checkout().orElseThrow().resolve("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("committedNotebooks")
    void everyCellRunsAndProgressEndsAsOnePicture(Path notebook) throws Exception {
        Path kernel = scratch.resolve("kernel");
        assertEquals(
                0, new CommandLine(new Main()).execute("--install", "--no-archive", "--prefix", kernel.toString()));
        Path out = Files.createDirectories(scratch.resolve("out"));
        Path executed = out.resolve(notebook.getFileName());
        Parameters.of(notebook).withTier("smoke").write(executed);
        boolean ran = new NotebookRunner()
                .execute(
                        executed,
                        notebook.getParent(),
                        Map.of(
                                "JUPYTER_PATH", kernel.resolve("share/jupyter").toString(),
                                "PARSIMONY_RUNS", scratch.resolve("runs.sqlite").toString(),
                                "PARSIMONY_OUT", out.toString()));
        assertTrue(ran, "every cell runs");
        assertTrue(Files.size(out.resolve(notebook.getFileName().toString().replace("ipynb", "html"))) > 100_000);
        try (Stream<Path> files = Files.list(out)) {
            assertTrue(files.filter(f -> f.toString().endsWith(".pdf")).count() >= 1, "exported figures");
        }
        JsonObject json = JsonParser.parseString(Files.readString(executed)).getAsJsonObject();
        for (JsonElement element : json.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.has("outputs")) {
                long displays = 0;
                for (JsonElement output : cell.getAsJsonArray("outputs")) {
                    String type = output.getAsJsonObject().get("output_type").getAsString();
                    assertTrue(!type.equals("error"), () -> output.toString());
                    displays += type.equals("display_data") ? 1 : 0;
                }
                long works = cell.get("source").toString().split("progress\\(\\)", -1).length - 1;
                assertTrue(displays <= works, "displays of a cell with " + works + " pieces of work: " + displays);
            }
        }
    }
}
