package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.parsimony.notebook.spi.Channel;

/**
 * The kernel's half of something that a front end draws. Its state is kept here and, from the moment it is first shown, in
 * every front end; whichever side changes it tells the others. Safe for use by several threads.
 */
public abstract class Widget {

    /** The part of the protocol's packages that draws a widget. */
    enum Module {
        BASE("@jupyter-widgets/base", "2.0.0", "1.2.0"),
        CONTROLS("@jupyter-widgets/controls", "2.0.0", "1.5.0"),
        OUTPUT("@jupyter-widgets/output", "1.0.0", "1.0.0");

        private final String title;
        private final String eight;
        private final String seven;

        Module(String title, String eight, String seven) {
            this.title = title;
            this.eight = eight;
            this.seven = seven;
        }

        private String version(int ipywidgets) {
            return ipywidgets == 7 ? seven : eight;
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final Models models;
    private final JsonObject state = new JsonObject();
    private final Map<String, byte[]> buffers = new LinkedHashMap<>();
    private final List<Widget> parts = new ArrayList<>();
    private Channel channel;

    /**
     * @param models of the notebook
     * @param model name without its ending {@code Model}
     * @param view name without its ending {@code View}; null for what is not drawn by itself
     */
    Widget(Models models, Module module, String model, String view) {
        this.models = models;
        String version = module.version(models.ipywidgets());
        state.addProperty("_model_module", module.title);
        state.addProperty("_model_module_version", version);
        state.addProperty("_model_name", model + "Model");
        state.addProperty("_view_module", view == null || view.equals("Style") ? Module.BASE.title : module.title);
        state.addProperty(
                "_view_module_version",
                view == null || view.equals("Style") ? Module.BASE.version(models.ipywidgets()) : version);
        state.addProperty("_view_name", view == null ? null : view + "View");
    }

    /** The name under which kernel and front ends know it. */
    public final String id() {
        return id;
    }

    final Models models() {
        return models;
    }

    /** Whether front ends know it. */
    final synchronized boolean isOpen() {
        return channel != null;
    }

    /** What it consists of, which front ends must know before they know it. */
    final synchronized List<Widget> parts() {
        return List.copyOf(parts);
    }

    /** Makes {@code part} the value of {@code key}: front ends find it by its reference. */
    final void part(String key, Widget part) {
        synchronized (this) {
            parts.add(part);
        }
        put(key, new JsonPrimitive(reference(part)));
    }

    /** Makes {@code children} what it holds. */
    final void children(List<? extends Widget> children) {
        JsonArray references = new JsonArray();
        synchronized (this) {
            parts.addAll(children);
        }
        children.forEach(child -> references.add(reference(child)));
        put("children", references);
    }

    private static String reference(Widget widget) {
        return "IPY_MODEL_" + widget.id;
    }

    final synchronized JsonElement get(String key) {
        return state.get(key);
    }

    final void put(String key, String value) {
        put(key, new JsonPrimitive(value));
    }

    final void put(String key, Number value) {
        put(key, new JsonPrimitive(value));
    }

    final void put(String key, boolean value) {
        put(key, new JsonPrimitive(value));
    }

    /** Sets a part of the state and tells the front ends, if it is another than before. */
    final synchronized void put(String key, JsonElement value) {
        if (!value.equals(state.get(key))) {
            state.add(key, value);
            if (channel != null) {
                JsonObject changed = new JsonObject();
                parts.stream().filter(part -> !part.isOpen()).forEach(models::open);
                changed.add(key, value);
                channel.send(message("update", changed, List.of()), List.of());
            }
        }
    }

    /** Sets a binary part of the state and tells the front ends. */
    final synchronized void put(String key, byte[] value) {
        buffers.put(key, value.clone());
        if (channel != null) {
            channel.send(message("update", new JsonObject(), List.of(key)), List.of(buffers.get(key)));
        }
    }

    /** Tells the front ends of this widget. */
    final synchronized void open(Channel.Opening opening) {
        channel = models.notebook().open(opening, this::receive);
    }

    final synchronized Channel.Opening opening(String target, String version) {
        JsonObject data = message("", state.deepCopy(), List.copyOf(buffers.keySet()));
        data.remove("method");
        return new Channel.Opening(target, id, data, List.copyOf(buffers.values()), version);
    }

    final synchronized JsonObject state() {
        return state.deepCopy();
    }

    final synchronized Map<String, byte[]> buffers() {
        return new LinkedHashMap<>(buffers);
    }

    private static JsonObject message(String method, JsonObject state, List<String> binary) {
        JsonObject data = new JsonObject();
        JsonArray paths = new JsonArray();
        for (String key : binary) {
            JsonArray path = new JsonArray();
            path.add(key);
            paths.add(path);
        }
        data.addProperty("method", method);
        data.add("state", state);
        data.add("buffer_paths", paths);
        return data;
    }

    private void receive(JsonObject data, List<byte[]> binary) {
        String method = data.has("method") ? data.get("method").getAsString() : "";
        switch (method) {
            case "update" -> update(data, binary);
            case "request_state" -> tellAll();
            case "custom" -> custom(data.getAsJsonObject("content"));
            default -> {} // the protocol may grow
        }
    }

    private synchronized void tellAll() {
        channel.send(message("update", state.deepCopy(), List.copyOf(buffers.keySet())), List.copyOf(buffers.values()));
    }

    /** A front end has changed the state: the others are told, then whoever listens. */
    private void update(JsonObject data, List<byte[]> binary) {
        JsonObject changed = data.getAsJsonObject("state");
        List<String> keys = new ArrayList<>();
        synchronized (this) {
            changed.entrySet().forEach(entry -> state.add(entry.getKey(), entry.getValue()));
            JsonArray paths = data.has("buffer_paths") ? data.getAsJsonArray("buffer_paths") : new JsonArray();
            for (int i = 0; i < paths.size() && i < binary.size(); i++) {
                keys.add(paths.get(i).getAsJsonArray().get(0).getAsString());
                buffers.put(keys.get(i), binary.get(i));
            }
            channel.send(message("echo_update", changed, keys), binary);
        }
        received(changed);
    }

    /** A front end has changed these parts of the state. */
    void received(JsonObject changed) {}

    /** A front end has sent what is no state, as a button that is pressed. */
    void custom(JsonObject content) {}

    /** Takes it out of every front end. */
    public final synchronized void close() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        models.forget(this);
    }

    /** What is shown where nothing draws widgets. */
    abstract String text();
}
