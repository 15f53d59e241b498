package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.notebook.spi.Channel;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

/**
 * The widgets of one notebook that front ends know: opens them when they are first shown, and tells a page that is loaded
 * anew what they are.
 */
public final class Models implements Renderer<Widget> {

    private static final String TARGET = "jupyter.widget";
    private static final String CONTROL = "jupyter.widget.control";
    private static final String VERSION = "2.1.0";

    private final Notebook notebook;
    private final int ipywidgets;
    private final Map<String, Widget> open = new LinkedHashMap<>();

    /**
     * @param notebook in which they are shown
     * @param ipywidgets the front end's version of the controls: 8, or 7 for one of before 2022
     */
    public Models(Notebook notebook, int ipywidgets) {
        if (ipywidgets != 7 && ipywidgets != 8) {
            throw new IllegalArgumentException(
                    "version of ipywidgets is " + ipywidgets + ", but must be 7 or 8; set PARSIMONY_WIDGETS");
        }
        this.notebook = notebook;
        this.ipywidgets = ipywidgets;
        notebook.answer(CONTROL, channel -> (data, buffers) -> {
            if (data.has("method") && data.get("method").getAsString().equals("request_states")) {
                tellStates(channel);
            }
        });
    }

    Notebook notebook() {
        return notebook;
    }

    int ipywidgets() {
        return ipywidgets;
    }

    /** Tells front ends of a widget and first of its parts, those that they do not know. */
    void open(Widget widget) {
        if (!widget.isOpen()) {
            widget.parts().forEach(this::open);
            widget.open(widget.opening(TARGET, VERSION));
            synchronized (open) {
                open.put(widget.id(), widget);
            }
        }
    }

    void forget(Widget widget) {
        synchronized (open) {
            open.remove(widget.id());
        }
    }

    private void tellStates(Channel channel) {
        JsonObject states = new JsonObject();
        JsonArray paths = new JsonArray();
        List<byte[]> buffers = new ArrayList<>();
        List<Widget> all;
        synchronized (open) {
            all = List.copyOf(open.values());
        }
        for (Widget widget : all) {
            JsonObject state = widget.state();
            JsonObject model = new JsonObject();
            model.add("model_name", state.get("_model_name"));
            model.add("model_module", state.get("_model_module"));
            model.add("model_module_version", state.get("_model_module_version"));
            model.add("state", state);
            states.add(widget.id(), model);
            widget.buffers().forEach((key, bytes) -> {
                JsonArray path = new JsonArray();
                path.add(widget.id());
                path.add("state");
                path.add(key);
                paths.add(path);
                buffers.add(bytes);
            });
        }
        JsonObject data = new JsonObject();
        data.addProperty("method", "update_states");
        data.add("states", states);
        data.add("buffer_paths", paths);
        channel.send(data, buffers);
    }

    @Override
    public MimeBundle render(Widget widget) {
        MimeBundle text = MimeBundle.of(MimeBundle.TEXT, widget.text());
        try {
            open(widget);
        } catch (UnsupportedOperationException e) {
            return text; // a stock kernel, whose adapter has no channels
        }
        JsonObject view = new JsonObject();
        view.addProperty("version_major", 2);
        view.addProperty("version_minor", 0);
        view.addProperty("model_id", widget.id());
        return text.with(MimeBundle.WIDGET, view.toString());
    }
}
