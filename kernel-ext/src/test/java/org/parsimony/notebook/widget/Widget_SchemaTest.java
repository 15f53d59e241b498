package org.parsimony.notebook.widget;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Describe;
import org.parsimony.method.Context;
import org.parsimony.notebook.browser.NpmPackage;
import org.parsimony.notebook.spi.Channel;
import org.parsimony.notebook.spi.MimeBundle;

/**
 * Every message of every widget against the schema that its authors publish, {@code @jupyter-widgets/schema}: opening, changes
 * from either side, and the states that a page asks for when it is loaded anew.
 */
class Widget_SchemaTest {

    private final RecordingNotebook notebook = new RecordingNotebook();
    private final Models models = new Models(notebook, 8);
    private final Map<String, String> named = new HashMap<>();
    private final Map<String, Widget> widgets = new LinkedHashMap<>();
    private ModelSchema schema;

    /** Options of every kind that has a control of its own. */
    record Knob(
            @Describe(value = "a share", least = 0, most = 1) double share,
            @Describe(value = "a count", least = 1, most = 9) int count,
            boolean quick,
            Slider.Scale scale,
            String name) {}

    @BeforeEach
    void readSchema() throws Exception {
        schema = new ModelSchema(
                NpmPackage.of("@jupyter-widgets/schema", "0.5.6").resolve("jupyterwidgetmodels.latest.json"));
    }

    private void show(Widget widget) {
        models.render(widget);
        widgets.put(widget.id(), widget);
    }

    private void showAll() {
        Slider whole = new Slider(models, "whole", Slider.Scale.WHOLE, 0, 10, 3);
        show(whole);
        show(new Slider(models, "real", Slider.Scale.LINEAR, 0, 1, .5));
        show(new Slider(models, "ratio", Slider.Scale.LOGARITHMIC, 1e-4, 1, 1e-2));
        show(new RangeSlider(models, "range", 0, 5));
        show(new Choice<>(models, "Dropdown", "list", List.of("HAM", "sHAM"), "HAM"));
        show(new Choice<>(models, "ToggleButtons", "buttons", List.of(1, 2), 2));
        show(new CheckBox(models, "check", true));
        show(new TextField(models, "text", "words"));
        show(new Button(models, "press"));
        show(new Words(models, "Label", "label"));
        show(new Words(models, "HTML", "<b>html</b>"));
        show(new Picture(models, new byte[] {1, 2, 3}));
        show(new ProgressBar(models, "bar"));
        Output output = new Output(models);
        output.show("a value");
        show(output);
        for (String kind : List.of("VBox", "HBox", "Tab", "Accordion")) {
            boolean titled = kind.equals("Tab") || kind.equals("Accordion");
            Widget inside = new Words(models, "Label", "inside");
            show(new Box(models, kind, List.of(whole, inside), titled ? List.of("one", "two") : List.of()));
        }
        Knob knob = new Knob(.5, 3, true, Slider.Scale.LINEAR, "n");
        Knobs<Knob> knobs = new Knobs<>(models, knob, List.of());
        show(new Explore<>(models, knobs, (Knob options, Context context) -> options.toString(), Explore::faces)
                .widget());
    }

    private void openings() {
        for (Channel.Opening opening : notebook.openings) {
            JsonObject state = opening.data().getAsJsonObject("state");
            assertEquals("jupyter.widget", opening.target());
            assertTrue(opening.version().startsWith("2."), "the protocol's version is among the metadata");
            assertEquals(Set.of("state", "buffer_paths"), opening.data().keySet());
            Set<String> binary = keys(opening.data(), opening.buffers());
            // A part is opened before what consists of it, so every reference is to what is known by now.
            schema.checkWhole(state, binary, named::get);
            named.put(opening.id(), state.get("_model_name").getAsString());
        }
    }

    /** The keys whose values are buffers: as many as there are buffers, each a path of one step, none of them in the state. */
    private static Set<String> keys(JsonObject data, List<byte[]> buffers) {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonElement path : data.getAsJsonArray("buffer_paths")) {
            assertEquals(1, path.getAsJsonArray().size(), path::toString);
            keys.add(path.getAsJsonArray().get(0).getAsString());
        }
        assertEquals(buffers.size(), keys.size(), "paths and buffers");
        keys.forEach(key -> assertTrue(!data.getAsJsonObject("state").has(key), () -> key + " stands twice"));
        return keys;
    }

    private void messagesAreUpdates() {
        for (RecordingNotebook.Message message : notebook.messages) {
            JsonObject data = message.data();
            assertTrue(
                    Set.of("update", "echo_update").contains(data.get("method").getAsString()), data::toString);
            schema.check(
                    named.get(message.channel()),
                    data.getAsJsonObject("state"),
                    keys(data, message.buffers()),
                    named::get);
        }
    }

    @Test
    void openingTellsAModelOfTheProtocolAndItsPartsBeforeIt() {
        showAll();
        openings();
        assertTrue(named.keySet().containsAll(widgets.keySet()));
        assertEquals(
                Set.of("value"),
                notebook.openings.stream()
                        .filter(opening -> !opening.buffers().isEmpty())
                        .map(opening -> keys(opening.data(), opening.buffers()))
                        .findFirst()
                        .orElseThrow(),
                "a picture's bytes are a buffer");
    }

    @Test
    void everyChangeFromHereIsAnUpdateOfAttributes() {
        showAll();
        openings();
        for (Widget widget : widgets.values()) {
            switch (change(widget)) {
                case 1 ->
                    assertTrue(
                            notebook.messages.stream()
                                    .anyMatch(message -> message.channel().equals(widget.id())),
                            () -> "told of " + widget.getClass());
                default -> {} // a button or a box has nothing to change
            }
        }
        messagesAreUpdates();
        assertTrue(
                notebook.messages.stream()
                        .anyMatch(message -> !message.buffers().isEmpty()),
                "another picture went as a buffer");
    }

    /** Gives a widget another value; returns how many it took. */
    private static int change(Widget widget) {
        if (widget instanceof Slider slider) {
            slider.value(1.0);
        } else if (widget instanceof RangeSlider range) {
            range.value(new RangeSlider.Range(1, 2));
        } else if (widget instanceof Choice<?> choice) {
            another(choice);
        } else if (widget instanceof CheckBox box) {
            box.value(false);
        } else if (widget instanceof TextField field) {
            field.value("others");
        } else if (widget instanceof Words words) {
            words.value("others");
        } else if (widget instanceof Picture picture) {
            picture.show(new byte[] {4});
        } else if (widget instanceof ProgressBar bar) {
            bar.value(.5);
        } else if (widget instanceof Output output) {
            output.fail(new IllegalStateException("wrong"));
        } else {
            return 0;
        }
        return 1;
    }

    private static <T> void another(Choice<T> choice) {
        choice.value(choice.values().get(choice.values().indexOf(choice.value()) == 0 ? 1 : 0));
    }

    @Test
    void aChangeFromAFrontEndIsEchoedWithItsBuffers() {
        Picture picture = new Picture(models, new byte[] {1});
        show(picture);
        openings();
        notebook.tell(
                picture,
                json("{\"method\": \"update\", \"state\": {\"width\": \"9\"}, \"buffer_paths\": [[\"value\"]]}"),
                List.of(new byte[] {7, 8}));
        messagesAreUpdates();
        RecordingNotebook.Message echo = notebook.messages.get(0);
        assertEquals("echo_update", echo.data().get("method").getAsString());
        assertArrayEquals(new byte[] {7, 8}, echo.buffers().get(0));
        notebook.tell(picture, json("{\"method\": \"request_state\"}"), List.of());
        messagesAreUpdates();
        assertArrayEquals(new byte[] {7, 8}, notebook.messages.get(1).buffers().get(0));
        schema.checkWhole(notebook.messages.get(1).data().getAsJsonObject("state"), Set.of("value"), named::get);
    }

    @Test
    void aPageThatIsLoadedAnewGetsEveryStateAndEveryBuffer() {
        showAll();
        openings();
        notebook.say("jupyter.widget.control", json("{\"method\": \"request_states\"}"));
        RecordingNotebook.Message answer = notebook.messages.get(0);
        assertEquals("update_states", answer.data().get("method").getAsString());
        JsonObject states = answer.data().getAsJsonObject("states");
        assertEquals(named.keySet(), states.keySet());
        Map<String, Set<String>> binary = new HashMap<>();
        List<List<String>> paths = new ArrayList<>();
        for (JsonElement path : answer.data().getAsJsonArray("buffer_paths")) {
            List<String> steps = new ArrayList<>();
            path.getAsJsonArray().forEach(step -> steps.add(step.getAsString()));
            assertEquals("state", steps.get(1));
            binary.computeIfAbsent(steps.get(0), id -> new LinkedHashSet<>()).add(steps.get(2));
            paths.add(steps);
        }
        assertEquals(answer.buffers().size(), paths.size());
        states.entrySet().forEach(entry -> {
            JsonObject model = entry.getValue().getAsJsonObject();
            JsonObject state = model.getAsJsonObject("state");
            schema.checkWhole(state, binary.getOrDefault(entry.getKey(), Set.of()), named::get);
            assertEquals(Set.of("model_name", "model_module", "model_module_version", "state"), model.keySet());
            assertEquals(state.get("_model_name"), model.get("model_name"));
            assertEquals(state.get("_model_module"), model.get("model_module"));
        });
    }

    /** {@code v2/view.schema.json}. */
    @Test
    void aViewNamesItsModelAndTheFormatsVersion() {
        Slider slider = new Slider(models, "k", Slider.Scale.WHOLE, 0, 10, 3);
        JsonObject view = json(models.render(slider).data().get(MimeBundle.WIDGET));
        assertEquals(slider.id(), view.get("model_id").getAsString());
        assertEquals(2, view.get("version_major").getAsInt());
        assertEquals(0, view.get("version_minor").getAsInt());
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
