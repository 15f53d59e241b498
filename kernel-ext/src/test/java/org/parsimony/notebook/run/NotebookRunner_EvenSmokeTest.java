package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Home;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.training.Trainer;

/** The first, third and so on of the committed notebooks. */
class NotebookRunner_EvenSmokeTest extends CommittedNotebooks {

    static Stream<Path> notebooks() throws IOException {
        return everySecond(0);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellRunsAndProgressEndsAsOnePicture(Path notebook) throws Exception {
        runs(notebook);
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
}
