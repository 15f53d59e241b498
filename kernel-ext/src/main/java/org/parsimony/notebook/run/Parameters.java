package org.parsimony.notebook.run;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.parsimony.base.WholeFile;

/**
 * A notebook's parameters, and the notebook with some of them set from outside.
 *
 * <p>The parameters are the declarations of the one cell that is tagged {@code parameters}; their values there are those
 * of the tier {@code short}. The notebook's metadata may say under {@code parsimony.tiers} what other tiers change. What is
 * set is declared again in a cell of its own behind the first, tagged {@code injected-parameters}, as papermill does.
 * Setting returns a new value; nothing is written but by {@link #write}.
 */
public final class Parameters {

    private static final String TAG = "parameters";
    private static final String INJECTED = "injected-parameters";
    private static final String SHORT = "short";
    private static final Pattern PAPER = Pattern.compile("^%%params (\\w+)$", Pattern.MULTILINE);

    private final Path source;
    private final JsonObject notebook;
    private final Map<String, Parameter> declared;
    private final Map<String, Parameter> changed;

    private Parameters(
            Path source, JsonObject notebook, Map<String, Parameter> declared, Map<String, Parameter> changed) {
        this.source = source;
        this.notebook = notebook;
        this.declared = declared;
        this.changed = changed;
    }

    /**
     * Reads a notebook.
     *
     * @throws IllegalArgumentException if it is no notebook, or has no cell tagged {@code parameters}
     */
    public static Parameters of(Path notebook) throws IOException {
        JsonObject json;
        try {
            json = JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException(notebook + " is not a notebook: " + e.getMessage(), e);
        }
        Map<String, Parameter> declared = new LinkedHashMap<>();
        int at = cell(json, TAG);
        if (at < 0) {
            throw new IllegalArgumentException(
                    notebook + " has no cell tagged \"parameters\"; tag the cell that declares them");
        }
        text(cells(json).get(at).getAsJsonObject())
                .lines()
                .flatMap(line -> Parameter.of(line).stream())
                .forEach(parameter -> declared.put(parameter.name(), parameter));
        return new Parameters(notebook, json, declared, Map.of());
    }

    /** The paper whose experiments take the parameters, if the cell that declares them names one. */
    public Optional<String> paper() {
        return PAPER.matcher(text(cells(notebook).get(cell(notebook, TAG)).getAsJsonObject()))
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    /** Present values by name, in the notebook's order: numbers, truths and texts. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        list().forEach(parameter -> values.put(parameter.name(), parameter.asObject()));
        return values;
    }

    /** The parameters with their present values, in the notebook's order. */
    public List<Parameter> list() {
        Map<String, Parameter> now = new LinkedHashMap<>(declared);
        now.putAll(changed);
        return List.copyOf(now.values());
    }

    /**
     * With one parameter set.
     *
     * @param value a literal of the parameter's type; a text needs no quotes
     * @throws IllegalArgumentException for an unknown name (the message lists the known ones) or a value of another type
     */
    public Parameters with(String name, String value) {
        Parameter parameter = declared.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("there is no parameter \"" + name + "\" in " + source.getFileName()
                    + "; there are " + String.join(", ", declared.keySet()));
        }
        Map<String, Parameter> more = new LinkedHashMap<>(changed);
        more.put(name, parameter.with(value));
        return new Parameters(source, notebook, declared, more);
    }

    /**
     * With the parameters that a tier changes.
     *
     * @throws IllegalArgumentException for a tier that the notebook does not have
     */
    public Parameters withTier(String tier) {
        if (tier.equals(SHORT)) {
            return this;
        }
        JsonObject own = notebook.getAsJsonObject("metadata").getAsJsonObject("parsimony");
        JsonObject tiers = own == null || !own.has("tiers") ? new JsonObject() : own.getAsJsonObject("tiers");
        if (!tiers.has(tier)) {
            List<String> known = new ArrayList<>(List.of(SHORT));
            known.addAll(tiers.keySet());
            throw new IllegalArgumentException("tier is \"" + tier + "\", but must be one of "
                    + String.join(", ", known) + " for " + source.getFileName());
        }
        Parameters result = this;
        for (var entry : tiers.getAsJsonObject(tier).entrySet()) {
            result = result.with(entry.getKey(), entry.getValue().getAsString());
        }
        return result;
    }

    /** What was set, as a JSON object of names to Java literals: what {@code %params} reads in PARSIMONY_PARAMS. */
    public String changesAsJson() {
        JsonObject json = new JsonObject();
        changed.values().forEach(parameter -> json.addProperty(parameter.name(), parameter.value()));
        return json.toString();
    }

    /** Writes the notebook without outputs and with what was set. */
    public void write(Path file) throws IOException {
        JsonObject copy = notebook.deepCopy();
        JsonArray cells = new JsonArray();
        for (JsonElement element : cells(copy)) {
            JsonObject cell = element.getAsJsonObject();
            if (tagged(cell, INJECTED)) {
                continue;
            }
            if (cell.has("outputs")) {
                cell.add("outputs", new JsonArray());
                cell.add("execution_count", com.google.gson.JsonNull.INSTANCE);
            }
            cells.add(cell);
            if (tagged(cell, TAG) && !changed.isEmpty()) {
                cells.add(injected());
            }
        }
        copy.add("cells", cells);
        String text = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(copy) + "\n";
        WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject injected() {
        JsonObject cell = new JsonObject();
        cell.addProperty("cell_type", "code");
        cell.add("execution_count", com.google.gson.JsonNull.INSTANCE);
        JsonArray tags = new JsonArray();
        tags.add(INJECTED);
        JsonObject metadata = new JsonObject();
        metadata.add("tags", tags);
        cell.add("metadata", metadata);
        cell.add("outputs", new JsonArray());
        StringBuilder text = new StringBuilder("// set from outside");
        changed.values().forEach(parameter -> text.append('\n').append(parameter.source()));
        cell.addProperty("source", text.toString());
        return cell;
    }

    private static JsonArray cells(JsonObject notebook) {
        JsonArray cells = notebook.getAsJsonArray("cells");
        if (cells == null) {
            throw new IllegalArgumentException("the notebook has no cells; it must be of format 4");
        }
        return cells;
    }

    private static int cell(JsonObject notebook, String tag) {
        JsonArray cells = cells(notebook);
        for (int i = 0; i < cells.size(); i++) {
            if (tagged(cells.get(i).getAsJsonObject(), tag)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean tagged(JsonObject cell, String tag) {
        JsonObject metadata = cell.getAsJsonObject("metadata");
        JsonArray tags = metadata == null ? null : metadata.getAsJsonArray("tags");
        return tags != null && tags.contains(new com.google.gson.JsonPrimitive(tag));
    }

    private static String text(JsonObject cell) {
        return text(cell.get("source"));
    }

    /** What a notebook's file has as one text or as a list of lines. */
    static String text(JsonElement source) {
        if (source.isJsonPrimitive()) {
            return source.getAsString();
        }
        StringBuilder text = new StringBuilder();
        source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }
}
