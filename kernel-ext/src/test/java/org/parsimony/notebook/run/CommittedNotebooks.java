package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Home;
import org.parsimony.notebook.install.TestKernel;

/**
 * Every committed notebook, headless, at smoke tier: what the classes of their halves share, which are two so that they run side
 * by side.
 */
abstract class CommittedNotebooks {

    @TempDir
    Path scratch;

    /** Every second notebook by name, from the first or the second on. */
    static Stream<Path> everySecond(int from) throws IOException {
        try (Stream<Path> files = Files.list(Home.checkout().orElseThrow().resolve("notebooks"))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            return IntStream.range(0, all.size()).filter(i -> i % 2 == from).mapToObj(all::get);
        }
    }

    /** Every cell of a notebook runs, and its progress ends as one picture. */
    void runs(Path notebook) throws Exception {
        JsonArray cells = executed(notebook, Parameters.of(notebook).withTier("smoke"));
        Path out = scratch.resolve("out");
        assertTrue(Files.size(out.resolve(notebook.getFileName().toString().replace("ipynb", "html"))) > 100_000);
        try (Stream<Path> files = Files.list(out)) {
            assertTrue(files.filter(f -> f.toString().endsWith(".pdf")).count() >= 1, "exported figures");
        }
        for (JsonElement element : cells) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.has("outputs")) {
                long displays = 0;
                for (JsonElement output : cell.getAsJsonArray("outputs")) {
                    String type = output.getAsJsonObject().get("output_type").getAsString();
                    assertTrue(!type.equals("error"), () -> output.toString());
                    displays += type.equals("display_data") ? 1 : 0;
                }
                String source = cell.get("source").toString();
                long works =
                        source.split("progress\\(\\)|%run |%%recipe|%compare|%sensitivity|%network|%table |context", -1)
                                        .length
                                - 1;
                assertTrue(displays <= works, "displays of a cell with " + works + " pieces of work: " + displays);
            }
        }
    }

    /** The cells of the notebook as they are when all have run. */
    JsonArray executed(Path notebook, Parameters parameters) throws Exception {
        String kernels = TestKernel.install(scratch.resolve("kernel"));
        Path out = Files.createDirectories(scratch.resolve("out"));
        Path executed = out.resolve(notebook.getFileName());
        parameters.write(executed);
        boolean ran = new NotebookRunner()
                .execute(
                        executed,
                        notebook.getParent(),
                        Map.of(
                                "JUPYTER_PATH", kernels,
                                "PARSIMONY_RUNS", scratch.resolve("runs.sqlite").toString(),
                                "PARSIMONY_OUT", out.toString(),
                                "PARSIMONY_PARAMS", parameters.changesAsJson()));
        assertTrue(ran, "every cell runs");
        return JsonParser.parseString(Files.readString(executed))
                .getAsJsonObject()
                .getAsJsonArray("cells");
    }
}
