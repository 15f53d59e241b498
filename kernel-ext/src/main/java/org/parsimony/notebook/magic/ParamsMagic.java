package org.parsimony.notebook.magic;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Tier;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.run.Parameter;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.widget.Box;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/**
 * {@code %%params} above the declarations of a notebook's parameters declares and remembers them; {@code %params} shows
 * them with their present values, and where these come from. {@code %%params PAPER} also builds every experiment of the
 * paper with them, so that a value that none of them can take is told in the first cell.
 */
final class ParamsMagic extends CommandMagic {

    /** Names what was set from outside: a JSON object of name to literal. */
    static final String OUTSIDE = "PARSIMONY_PARAMS";

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            completionCandidates = Names.OfPapers.class,
            description =
                    "show these variables, default all that %%%%params has declared; above declarations: the paper "
                            + "whose experiments take them")
    private List<String> names;

    @Option(
            names = "--form",
            description = "show controls instead: what is moved is the variable's value at once, and stands below as a "
                    + "cell to copy")
    private boolean form;

    private static final String TIER = "tier";

    private final Map<String, String> environment;
    private final Map<String, Parameter> declared = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private Workbench bench;
    private String paper;
    private String cell = "";

    ParamsMagic(Notebook notebook, Map<String, String> environment) {
        super(
                notebook,
                "params",
                Table.class,
                "the notebook's parameters; %%params above their declarations makes them");
        this.environment = environment;
    }

    /** @param other builds experiments */
    void use(Workbench other) {
        bench = other;
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    /** A table, or a form's widget. */
    @Override
    public Class<?> resultType(List<String> arguments) {
        return arguments.contains("--form") ? Box.class : Table.class;
    }

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        if (body != null) {
            Require.that(!form, "--form is of %%params, not of %%%%params above declarations");
            Require.that(
                    names == null || names.size() == 1,
                    "%%%%params takes the name of one paper, but was given %s",
                    names);
            paper = names == null ? null : names.get(0);
            List<String> experiments = paper == null ? List.of() : Experiment.names(paper);
            declare(body);
            if (paper != null) {
                check(paper, experiments);
            }
            return null;
        }
        List<String> shown = names == null ? List.copyOf(declared.keySet()) : names;
        Require.that(
                !shown.isEmpty(),
                "no parameters are known; put %%%%params above the declarations, or name variables: %%params epochs seed");
        if (form) {
            for (String name : shown) {
                Require.that(
                        declared.containsKey(name),
                        "%s is no parameter that %%%%params declares; there are %s",
                        name,
                        declared.keySet());
            }
            String head = paper == null ? "%%params" : "%%params " + paper;
            return new ParamsForm(notebook, head + "\n" + cell, values(), this::recheck).of(shown);
        }
        Set<String> outside = outside();
        Map<String, Object> values = values("NAME", shown);
        return Rows.of(shown)
                .texts("name", name -> name)
                .texts(
                        "type",
                        name -> declared.containsKey(name)
                                ? declared.get(name).type()
                                : values.get(name).getClass().getSimpleName())
                .texts("value", values::get)
                .texts("set by", name -> origin(name, values.get(name), outside))
                .texts(
                        "meaning",
                        name -> declared.containsKey(name) ? declared.get(name).comment() : "")
                .table("parameters");
    }

    /** Builds every experiment of the notebook's paper, if it has one, with the present values. */
    private void recheck() {
        if (paper != null) {
            check(paper, Experiment.names(paper));
        }
    }

    /** Builds every experiment with the parameters, those from outside included, which a later cell declares. */
    private void check(String paper, List<String> experiments) {
        Map<String, Object> values = values();
        outsideValues().forEach((name, literal) -> {
            try {
                values.put(name, notebook.eval(literal));
            } catch (Exception e) {
                throw new IllegalArgumentException(
                        name + " is " + literal + " from outside, but must be a Java literal", e);
            }
        });
        if (values.containsKey(TIER)) {
            Tier.of(String.valueOf(values.get(TIER)));
        }
        for (String name : experiments) {
            Experiment experiment = bench.experiment(paper + "/" + name, null, values);
            bench.place(List.of(), 1).check(experiment);
        }
    }

    /** The present values of the declared parameters by name. */
    Map<String, Object> values() {
        return values("a parameter", declared.keySet());
    }

    private Map<String, Object> values(String argument, Collection<String> variables) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : variables) {
            values.put(name, new Values(notebook).get(argument, name, Object.class));
        }
        return values;
    }

    private void declare(String body) throws Exception {
        notebook.eval(body);
        cell = body;
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
        return outsideValues().keySet();
    }

    /** Literals by name. */
    private Map<String, String> outsideValues() {
        String json = environment.getOrDefault(OUTSIDE, "").strip();
        try {
            Map<String, String> literals = new LinkedHashMap<>();
            if (!json.isEmpty()) {
                JsonParser.parseString(json)
                        .getAsJsonObject()
                        .asMap()
                        .forEach((name, literal) -> literals.put(name, literal.getAsString()));
            }
            return literals;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    OUTSIDE + " is " + json + ", but must be a JSON object of parameter name to literal", e);
        }
    }
}
