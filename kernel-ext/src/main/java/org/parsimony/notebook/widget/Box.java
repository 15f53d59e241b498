package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Widgets together: one below the other, side by side, or behind titles of which one is open. */
public final class Box extends Widget {

    private final List<Widget> children;

    /**
     * @param kind {@code VBox}, {@code HBox}, {@code Tab} or {@code Accordion}
     * @param titles one for each child, or none
     */
    Box(Models models, String kind, List<? extends Widget> children, List<String> titles) {
        super(models, Module.CONTROLS, kind, kind);
        this.children = List.copyOf(children);
        children(children);
        part("layout", new Layout(models));
        if (!titles.isEmpty()) {
            title(titles);
            put("selected_index", 0);
        }
    }

    /** Version 8 has a list of titles, version 7 an object by place. */
    private void title(List<String> titles) {
        JsonArray list = new JsonArray();
        JsonObject byPlace = new JsonObject();
        for (int i = 0; i < titles.size(); i++) {
            list.add(titles.get(i));
            byPlace.addProperty(String.valueOf(i), titles.get(i));
        }
        if (models().ipywidgets() == 7) {
            put("_titles", byPlace);
        } else {
            put("titles", list);
        }
    }

    /** What it holds. */
    public List<Widget> widgets() {
        return children;
    }

    @Override
    String text() {
        return children.stream()
                .map(Widget::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
