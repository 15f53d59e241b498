package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.kernel.KernelProcess.Execution;
import org.parsimony.notebook.kernel.KernelProcess.Received;

/**
 * Widgets over the wire, as a front end meets them: Java users have asked for them since SpencerPark/jupyter-jvm-basekernel
 * 6 and Kotlin/kotlin-jupyter 383.
 */
class Kernel_WidgetTest {

    private static final String VIEW = "application/vnd.jupyter.widget-view+json";

    private static KernelProcess kernel;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kernel = new KernelProcess(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static String model(Execution shown) {
        return shown.all("execute_result")
                .get(0)
                .getAsJsonObject("data")
                .getAsJsonObject(VIEW)
                .get("model_id")
                .getAsString();
    }

    private static List<Received> update(String id, String state) {
        return kernel.tell(
                "comm_msg",
                json("{\"comm_id\": \"" + id + "\", \"data\": {\"method\": \"update\", \"state\": " + state
                        + ", \"buffer_paths\": []}}"));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static List<JsonObject> data(List<Received> messages, String method) {
        return messages.stream()
                .filter(message -> message.type().equals("comm_msg"))
                .map(message -> message.content().getAsJsonObject("data"))
                .filter(data -> data.get("method").getAsString().equals(method))
                .toList();
    }

    @Test
    void partsAreOpenedBeforeTheWidgetAndTheWidgetBeforeItsView() {
        Execution shown = kernel.execute("var opened = slider(\"k\", 2, 64); opened");
        assertEquals("ok", shown.status(), () -> shown.error());
        List<JsonObject> opens = shown.all("comm_open");
        assertEquals(3, opens.size(), "style, layout, slider");
        JsonObject last = opens.get(2);
        assertEquals(model(shown), last.get("comm_id").getAsString());
        assertEquals("jupyter.widget", last.get("target_name").getAsString());
        JsonObject state = last.getAsJsonObject("data").getAsJsonObject("state");
        assertEquals("IntSliderModel", state.get("_model_name").getAsString());
        assertEquals(
                "IPY_MODEL_" + opens.get(0).get("comm_id").getAsString(),
                state.get("style").getAsString());
        List<String> order = shown.published().stream().map(Received::type).toList();
        assertTrue(order.lastIndexOf("comm_open") < order.indexOf("execute_result"), order::toString);
        assertEquals(0, kernel.execute("opened").all("comm_open").size(), "shown again it is the same widget");
    }

    @Test
    void valuesGoBothWays() {
        Execution shown = kernel.execute("var both = slider(\"ratio\", 0.0, 1.0, 0.5); double[] heard = {0};"
                + " both.onChange(value -> { heard[0] = value; System.out.println(\"heard \" + value); }); both");
        String id = model(shown);
        List<Received> moved = update(id, "{\"value\": 0.75}");
        assertEquals(
                0.75,
                data(moved, "echo_update")
                        .get(0)
                        .getAsJsonObject("state")
                        .get("value")
                        .getAsDouble());
        List<Received> printed = moved.stream()
                .filter(message -> message.type().equals("stream"))
                .toList();
        assertEquals("heard 0.75\n", printed.get(0).content().get("text").getAsString());
        String cell = shown.published().get(0).parent();
        assertEquals(
                cell, printed.get(0).parent(), "what a listener prints stands below the cell that set it to listen");
        assertEquals("0.75", kernel.execute("heard[0]").result());
        Execution set = kernel.execute("both.value(0.25)");
        JsonObject sent = set.all("comm_msg").get(0);
        assertEquals(id, sent.get("comm_id").getAsString());
        assertEquals(
                0.25,
                sent.getAsJsonObject("data")
                        .getAsJsonObject("state")
                        .get("value")
                        .getAsDouble());
        Execution refused = kernel.execute("both.value(1.5)");
        assertTrue(refused.error().contains("ratio is 1.5, but must be a number from 0.0 to 1.0"), refused.error());
    }

    @Test
    void aListenerThatFailsIsShownAndTheNextMoveWorks() {
        Execution shown = kernel.execute(
                "var failing = slider(\"n\", 0, 10); int[] good = {0};"
                        + " failing.onChange(v -> { if (v == 3) throw new IllegalStateException(\"three\"); good[0]++; }); failing");
        String id = model(shown);
        String told = update(id, "{\"value\": 3}").stream()
                .filter(message -> message.type().equals("stream"))
                .map(message -> message.content().get("text").getAsString())
                .reduce("", String::concat);
        assertTrue(told.contains("IllegalStateException") && told.contains("three"), told);
        update(id, "{\"value\": 4}");
        assertEquals("1", kernel.execute("good[0]").result());
    }

    @Test
    void aButtonIsPressedAndAChoiceChosen() {
        Execution button =
                kernel.execute("var go = button(\"go\"); int[] presses = {0};" + " go.onClick(() -> presses[0]++); go");
        kernel.tell(
                "comm_msg",
                json("{\"comm_id\": \"" + model(button)
                        + "\", \"data\": {\"method\": \"custom\", \"content\": {\"event\": \"click\"}}}"));
        assertEquals("1", kernel.execute("presses[0]").result());
        Execution choice = kernel.execute("var which = dropdown(\"code\", \"HAM\", \"sHAM\"); which");
        update(model(choice), "{\"index\": 1}");
        assertEquals("sHAM", kernel.execute("which.value()").result());
    }

    @Test
    void aPageThatIsLoadedAnewIsToldEveryState() {
        Execution shown = kernel.execute("var kept = slider(\"kept\", 0, 9, 5); kept");
        kernel.execute("var image = picture(new byte[] {1, 2, 3}); image");
        kernel.tell(
                "comm_open",
                json("{\"comm_id\": \"control\", \"target_name\": \"jupyter.widget.control\", \"data\": {}}"));
        List<Received> told =
                kernel.tell("comm_msg", json("{\"comm_id\": \"control\", \"data\": {\"method\": \"request_states\"}}"));
        JsonObject answer = data(told, "update_states").get(0);
        JsonObject model = answer.getAsJsonObject("states").getAsJsonObject(model(shown));
        assertEquals("IntSliderModel", model.get("model_name").getAsString());
        assertEquals(5, model.getAsJsonObject("state").get("value").getAsInt());
        assertFalse(answer.getAsJsonArray("buffer_paths").isEmpty(), "the picture's bytes are binary");
        JsonObject open =
                kernel.ask("comm_info_request", "target_name", "jupyter.widget").getAsJsonObject("comms");
        assertTrue(open.has(model(shown)));
    }

    @Test
    void whatIsNoTargetIsClosedAndWhatIsNoWidgetIsIgnored() {
        List<Received> told =
                kernel.tell("comm_open", json("{\"comm_id\": \"x\", \"target_name\": \"nobody\", \"data\": {}}"));
        assertTrue(told.stream().anyMatch(message -> message.type().equals("comm_close")));
        update("nobody", "{\"value\": 1}");
        assertEquals("2", kernel.execute("1 + 1").result());
    }

    @Test
    void exploreEndsInTheLastPositionWhateverCameBefore() throws Exception {
        Execution shown = kernel.execute(
                """
                record Knob(int k) { Knob() { this(1); } }
                var explored = explore(new Knob(), (knob, context) -> {
                    for (int i = 0; i < 20; i++) { context.progress().checkCancelled(); Thread.onSpinWait(); }
                    if (knob.k() == 3) throw new IllegalArgumentException("k is 3");
                    return "square " + knob.k() * knob.k();
                }, "k");
                explored""");
        assertEquals("ok", shown.status(), () -> shown.error());
        assertTrue(shown.result().contains("square 1"), shown.result());
        String slider = shown.all("comm_open").stream()
                .filter(open -> open.toString().contains("IntSliderModel"))
                .map(open -> open.get("comm_id").getAsString())
                .findFirst()
                .orElseThrow();
        update(slider, "{\"value\": 3}");
        for (int i = 0; i < 1000; i++) {
            update(slider, "{\"value\": " + (i % 4) + "}");
        }
        update(slider, "{\"value\": 2}");
        for (int i = 0;
                i < 100
                        && !"square 4"
                                .equals(kernel.execute("explored.result()").result());
                i++) {
            Thread.sleep(20); // explore computes in a thread of its own
        }
        assertEquals("square 4", kernel.execute("explored.result()").result());
    }
}
