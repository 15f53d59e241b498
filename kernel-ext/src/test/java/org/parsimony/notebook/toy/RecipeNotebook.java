package org.parsimony.notebook.toy;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.experiment.Recipe;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.magic.Magics;

/** A notebook with every magic, which knows no Java but the declaration of a recipe. */
public class RecipeNotebook extends FakeNotebook {

    private static final Pattern DECLARATION = Pattern.compile(
            "org.parsimony.experiment.Recipe (\\w+) = org.parsimony.experiment.Recipe.fromJson\\((.*)\\);");

    public RecipeNotebook() {
        Magics.of(this).forEach(this::register);
    }

    @Override
    public Object eval(String code) {
        Matcher declaration = DECLARATION.matcher(code);
        if (declaration.matches()) {
            values.put(
                    declaration.group(1),
                    Recipe.fromJson(JsonParser.parseString(declaration.group(2)).getAsString()));
            return null;
        }
        return super.eval(code);
    }

    /** The value of a line magic. */
    public Object call(String name, String... arguments) throws Exception {
        return magics.get(name).run(List.of(arguments), null);
    }

    /** The value of a cell magic. */
    public Object cell(String name, String argument, String body) throws Exception {
        return magics.get(name).run(argument.isEmpty() ? List.of() : List.of(argument), body);
    }
}
