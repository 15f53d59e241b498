package org.parsimony.notebook.magic;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.parsimony.base.Require;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Interpolation;
import org.parsimony.report.MethodTables;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/**
 * {@code %%recipe NAME} above the lines of a recipe, as {@link RecipeText} has them: a variable of the type Recipe, checked
 * at once. {@code dataset} may also name a variable of the type Dataset, {@code network} a file.
 */
final class RecipeMagic extends CommandMagic {

    private static final String DATASET = "dataset";
    private static final String NETWORK = "network";

    @Parameters(paramLabel = "NAME", description = "the variable that holds the recipe")
    private String variable;

    private final Workbench bench;

    RecipeMagic(Workbench bench) {
        super(
                bench.notebook(),
                "recipe",
                Void.class,
                "%%recipe NAME above its lines: a recipe of steps, checked at once");
        this.bench = bench;
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    protected Object call(ParseResult given, String body) throws Exception {
        Require.that(
                SourceVersion.isIdentifier(variable) && !SourceVersion.isKeyword(variable),
                "NAME is %s, but must be the name of a variable",
                variable);
        Require.that(
                body != null && !body.isBlank(),
                "the recipe has no lines; write %%%%recipe %s, and below it dataset, network and steps",
                variable);
        Recipe recipe = RecipeText.read(read(bench, body)).complete();
        bench.place(List.of(recipe), 1).materials().require(recipe);
        String type = Recipe.class.getName();
        // JSON's escapes are Java's.
        notebook.eval(type + " " + variable + " = " + type + ".fromJson(" + new JsonPrimitive(recipe.json()) + ");");
        notebook.display(new TableRenderer().render(MethodTables.steps(recipe)));
        return null;
    }

    /** The lines with expressions replaced, and the notebook's own data and networks under their names. */
    static String read(Workbench bench, String body) {
        List<String> lines = new ArrayList<>();
        for (String line : body.lines().toList()) {
            String plain = line.replaceFirst("(^|\\s)#.*$", "").strip();
            try {
                String text = plain.contains("{") || plain.contains("}")
                        ? new Interpolation(bench.notebook()).of(List.of(plain)).get(0)
                        : plain;
                lines.add(head(bench, text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (lines.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return String.join("\n", lines);
    }

    private static String head(Workbench bench, String line) {
        String[] words = line.split("\\s+", 3);
        if (words.length < 2 || !words[0].equals(DATASET) && !words[0].equals(NETWORK)) {
            return line;
        }
        String name = words[0].equals(DATASET) ? bench.dataset(words[1]) : bench.network(words[1]);
        return words[0] + " " + name + (words.length > 2 ? " " + words[2] : "");
    }

    @Override
    public List<String> completeBody(List<String> words, String prefix) {
        return RecipeLine.complete(words, prefix);
    }
}
