package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Home;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;
import org.parsimony.notebook.install.TestKernel;

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
                        source.split("progress\\(\\)|%run |%%recipe|%compare|%sensitivity|%network|context", -1).length
                                - 1;
                assertTrue(displays <= works, "displays of a cell with " + works + " pieces of work: " + displays);
            }
        }
    }

    /** A file of a trained network on another data set. */
    @Test
    void aTrainedNetworkTakesThePlaceOfTheNotebooksOwn() throws Exception {
        Dataset digits = Datasets.load("digits");
        Model model = Architectures.mlp("64-12-10", 1);
        Trainer.run(
                model, digits.train(), digits.validation(), new Trainer.Options().epochs(5), (done, total, what) -> {});
        model.save(scratch.resolve("net.zip"));
        double accuracy = model.evaluate(digits.validation()).accuracy();
        Path notebook = Home.checkout().orElseThrow().resolve("notebooks/02-sham.ipynb");
        JsonArray cells = executed(
                notebook,
                Parameters.of(notebook)
                        .withTier("smoke")
                        .with("dataset", "digits")
                        .with("network", scratch.resolve("net.zip").toString())
                        .with("epochs", "0")
                        .with("seeds", "1"));
        List<String> shown = new ArrayList<>();
        for (JsonElement cell : cells) {
            if (cell.getAsJsonObject().has("outputs")) {
                for (JsonElement output : cell.getAsJsonObject().getAsJsonArray("outputs")) {
                    JsonObject data = output.getAsJsonObject().getAsJsonObject("data");
                    if (data != null && data.has("text/plain")) {
                        shown.add(Parameters.text(data.get("text/plain")));
                    }
                }
            }
        }
        assertTrue(
                shown.stream().anyMatch(text -> text.startsWith(String.format("accuracy %.2f %%", 100 * accuracy))),
                shown.toString());
    }

    /** The cells of the notebook as they are when all have run. */
    private JsonArray executed(Path notebook, Parameters parameters) throws Exception {
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
