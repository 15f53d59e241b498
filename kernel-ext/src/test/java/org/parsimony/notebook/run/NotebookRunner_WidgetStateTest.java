package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.browser.NpmPackage;
import org.parsimony.notebook.install.TestKernel;

/** A notebook that is run headless keeps what its widgets are in the end, as the protocol's schema of saved states has it. */
class NotebookRunner_WidgetStateTest {

    private static final String STATE = "application/vnd.jupyter.widget-state+json";

    private static final String NOTEBOOK =
            """
            {"cells": [
              {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
               "source": "var k = slider(\\"k\\", 2, 64); k"},
              {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
               "source": "var image = picture(new byte[] {1, 2, 3}); image"},
              {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
               "source": "k.value(16.0); image.show(new byte[] {4, 5})"}],
             "metadata": {"kernelspec": {"display_name": "Parsimony", "language": "java", "name": "parsimony"}},
             "nbformat": 4, "nbformat_minor": 4}""";

    private static final String VALIDATE =
            "import json, jsonschema, sys; jsonschema.validate(*(json.load(open(file)) for file in sys.argv[1:]))";

    @Test
    void theLastStateIsInTheFileAndFitsTheSchema(@TempDir Path scratch) throws Exception {
        String kernels = TestKernel.install(scratch.resolve("kernel"));
        Path notebook = Files.writeString(scratch.resolve("widgets.ipynb"), NOTEBOOK);
        assertTrue(new NotebookRunner().execute(notebook, scratch, Map.of("JUPYTER_PATH", kernels)));
        JsonObject saved = JsonParser.parseString(Files.readString(notebook))
                .getAsJsonObject()
                .getAsJsonObject("metadata")
                .getAsJsonObject("widgets")
                .getAsJsonObject(STATE);

        JsonObject slider = model(saved, "IntSliderModel");
        assertEquals(16, slider.getAsJsonObject("state").get("value").getAsInt());
        JsonObject buffer =
                model(saved, "ImageModel").getAsJsonArray("buffers").get(0).getAsJsonObject();
        assertEquals("value", buffer.getAsJsonArray("path").get(0).getAsString());
        assertEquals(
                Base64.getEncoder().encodeToString(new byte[] {4, 5}),
                buffer.get("data").getAsString().strip());

        Path state = Files.writeString(scratch.resolve("state.json"), saved.toString());
        Path schema = NpmPackage.of("@jupyter-widgets/schema", "0.5.6").resolve("v2/state.schema.json");
        assertEquals(
                0,
                new JupyterPython().call(Map.of(), List.of("-c", VALIDATE, state.toString(), schema.toString())),
                () -> "fits " + schema + ": " + saved);
    }

    private static JsonObject model(JsonObject saved, String name) {
        return saved.getAsJsonObject("state").asMap().values().stream()
                .map(model -> model.getAsJsonObject())
                .filter(model -> model.get("model_name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
