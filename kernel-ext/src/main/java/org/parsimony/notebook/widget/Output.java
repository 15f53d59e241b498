package org.parsimony.notebook.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.notebook.display.ChartRenderer;
import org.parsimony.notebook.spi.MimeBundle;

/** A place for values: tables, figures, errors, one below the other, put there by a program. */
public final class Output extends Widget {

    private String text = "";

    Output(Models models) {
        super(models, Module.OUTPUT, "Output", "Output");
        put("outputs", new JsonArray());
        part("layout", new Layout(models));
    }

    /** Shows these values in place of what stood there. */
    public void show(Object... values) {
        JsonArray outputs = new JsonArray();
        StringBuilder plain = new StringBuilder();
        for (Object value : values) {
            // Whoever draws this widget draws pages.
            MimeBundle forms = value instanceof Chart<?, ?> chart
                    ? ChartRenderer.onPage(chart)
                    : models().notebook().render(value);
            JsonObject data = new JsonObject();
            forms.data().forEach((form, content) -> data.add(form, json(form, content)));
            JsonObject output = new JsonObject();
            output.addProperty("output_type", "display_data");
            output.add("data", data);
            output.add("metadata", new JsonObject());
            outputs.add(output);
            plain.append(forms.data().getOrDefault(MimeBundle.TEXT, "")).append('\n');
        }
        text = plain.toString().strip();
        put("outputs", outputs);
    }

    private static JsonElement json(String form, String content) {
        return form.endsWith("+json") ? JsonParser.parseString(content) : new com.google.gson.JsonPrimitive(content);
    }

    /** Shows what went wrong, in red, in place of what stood there. */
    void fail(Throwable error) {
        JsonObject output = new JsonObject();
        JsonArray trace = new JsonArray();
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        trace.add("\u001b[31m" + message + "\u001b[0m");
        output.addProperty("output_type", "error");
        output.addProperty("ename", error.getClass().getSimpleName());
        output.addProperty("evalue", message);
        output.add("traceback", trace);
        JsonArray outputs = new JsonArray();
        outputs.add(output);
        text = message;
        put("outputs", outputs);
    }

    @Override
    String text() {
        return text;
    }
}
