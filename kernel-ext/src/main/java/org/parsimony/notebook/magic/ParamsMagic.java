package org.parsimony.notebook.magic;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.notebook.run.Parameter;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * {@code %%params} above the declarations of a notebook's parameters declares and remembers them; {@code %params} shows
 * them with their present values, and where these come from.
 */
final class ParamsMagic extends CommandMagic {

    /** Names what was set from outside: a JSON object of name to literal. */
    static final String OUTSIDE = "PARSIMONY_PARAMS";

    @Parameters(paramLabel = "NAME", description = "show these variables; default all that %%%%params has declared")
    private List<String> names;

    private final Map<String, String> environment;
    private final Map<String, Parameter> declared = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();

    ParamsMagic(Notebook notebook, Map<String, String> environment) {
        super(
                notebook,
                "params",
                Table.class,
                "the notebook's parameters; %%params above their declarations makes them");
        this.environment = environment;
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    Object call(ParseResult given, String body) throws Exception {
        if (body != null) {
            declare(body);
            return null;
        }
        List<String> shown = names == null ? List.copyOf(declared.keySet()) : names;
        Require.that(
                !shown.isEmpty(),
                "no parameters are known; put %%%%params above the declarations, or name variables: %%params epochs seed");
        Set<String> outside = outside();
        Table table = Table.create(
                "parameters",
                StringColumn.create("name"),
                StringColumn.create("type"),
                StringColumn.create("value"),
                StringColumn.create("set by"),
                StringColumn.create("meaning"));
        for (String name : shown) {
            Parameter parameter = declared.get(name);
            Object value = new Values(notebook).get("NAME", name, Object.class);
            table.stringColumn(0).append(name);
            table.stringColumn(1).append(parameter == null ? value.getClass().getSimpleName() : parameter.type());
            table.stringColumn(2).append(String.valueOf(value));
            table.stringColumn(3).append(origin(name, value, outside));
            table.stringColumn(4).append(parameter == null ? "" : parameter.comment());
        }
        return table;
    }

    private void declare(String body) throws Exception {
        notebook.eval(body);
        declared.clear();
        defaults.clear();
        for (Parameter parameter :
                body.lines().flatMap(line -> Parameter.of(line).stream()).toList()) {
            declared.put(parameter.name(), parameter);
            defaults.put(parameter.name(), notebook.eval(parameter.name()));
        }
    }

    private String origin(String name, Object value, Set<String> outside) {
        if (outside.contains(name)) {
            return "outside";
        }
        return !declared.containsKey(name) || Objects.equals(value, defaults.get(name)) ? "notebook" : "a later cell";
    }

    private Set<String> outside() {
        String json = environment.getOrDefault(OUTSIDE, "").strip();
        try {
            return json.isEmpty()
                    ? Set.of()
                    : JsonParser.parseString(json).getAsJsonObject().keySet();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    OUTSIDE + " is " + json + ", but must be a JSON object of parameter name to literal", e);
        }
    }
}
