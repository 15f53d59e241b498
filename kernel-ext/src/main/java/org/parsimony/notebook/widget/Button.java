package org.parsimony.notebook.widget;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Something to press. */
public final class Button extends Widget {

    private final String description;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Button(Models models, String description) {
        super(models, Module.CONTROLS, "Button", "Button");
        this.description = description;
        put("description", description);
        part("layout", Layout.width(models, "auto"));
    }

    /** Calls {@code listener} each time it is pressed, in the thread of cells, as {@link Control#onChange} does. */
    public void onClick(Runnable listener) {
        Executor cell = models().notebook().thisCell();
        listeners.add(() -> cell.execute(listener));
    }

    @Override
    void custom(JsonObject content) {
        if (content.has("event") && content.get("event").getAsString().equals("click")) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    String text() {
        return "[" + description + "]";
    }
}
