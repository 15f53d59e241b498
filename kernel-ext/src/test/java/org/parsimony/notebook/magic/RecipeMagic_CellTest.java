package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Reproduction;
import org.parsimony.experiment.Run;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.notebook.display.RunList;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.toy.RecipeNotebook;
import org.parsimony.notebook.toy.ToyHome;
import tech.tablesaw.api.Table;

/** Recipes in cells: written, carried out, compared, found again and repeated. */
class RecipeMagic_CellTest {

    private static final String DENSE = "dataset iris\nnetwork 4-6-3\ntrain epochs=2\ntrain epochs=1";
    private static final String CLIPPED =
            "dataset iris\nnetwork 4-6-3\ntrain epochs=2\nclip threshold=0.4\ntrain epochs=1";

    @RegisterExtension
    final ToyHome home = new ToyHome();

    private final RecipeNotebook notebook = new RecipeNotebook();

    private Recipe recipe(String name, String lines) throws Exception {
        notebook.cell("recipe", name, lines);
        return (Recipe) notebook.values.get(name);
    }

    @Test
    void linesBecomeAVariableAndATableOfSteps() throws Exception {
        Recipe recipe = recipe("r", CLIPPED);
        assertEquals(RecipeText.read(CLIPPED).complete(), recipe);
        String shown = notebook.last().data().get(MimeBundle.TEXT);
        assertTrue(shown.contains("threshold=0.4") && shown.contains("epochs told: 3"), shown);
        assertTrue(!shown.contains("fromPart"), "a default: " + shown);
    }

    @Test
    void bracesAreReplacedInEveryLine() throws Exception {
        notebook.values.put("name", "iris");
        notebook.values.put("2 * e", 4);
        Recipe recipe = recipe("r", "dataset {name}\nnetwork 4-6-3\ntrain epochs={2 * e} # {not this}");
        assertEquals(4L, recipe.option("epochs"));
        assertEquals("iris", recipe.dataset());
    }

    @Test
    void aDataSetOfTheNotebookAndANetworkFileAreTakenUnderTheirNames() throws Exception {
        Dataset iris = Datasets.load("iris");
        notebook.values.put(
                "flowers", new Dataset("my-flowers", "Flowers", iris.train(), iris.validation(), iris.test()));
        Path file = home.root().resolve("net.zip");
        Architectures.mlp("4-5-3", 3).save(file);
        Recipe recipe = recipe("r", "dataset flowers samples=50\nnetwork " + file + "\ntrain epochs=1");
        assertEquals("my-flowers", recipe.dataset());
        assertEquals(Architectures.name(file.toString()), recipe.network());
        Run run = (Run) notebook.call("run", "r");
        assertEquals("4-5-3", run.measurement().network());
        assertEquals(recipe, run.recipe());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train epochs=0 | line 3: train: epochs is 0, but must be at least 1",
                "train epoch=1 | line 3: train has no option \"epoch\"",
                "clop | line 3: there is no method \"clop\"; there are ",
                "clip threshold=3 | line 3: clip: threshold is 3, but must lie between 0 and 1",
                "clip threshold={t} | line 3: {t} is not a Java expression",
                "tier huge | tier is \"huge\"",
                "network x | network is \"x\", but must be widths such as",
                "dataset nowhere | line 3: dataset is nowhere, but must be one of ",
                "dataset iris samples=91 | samples is 91, but must be at most 90"
            })
    void aWrongLineIsNamedAtOnce(String line, String complaint) {
        long from = System.nanoTime();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> recipe("r", "dataset iris\nnetwork 4-6-3\n" + line + "\ntrain"))
                .getMessage();
        assertTrue(message.contains(complaint), message);
        assertTrue(System.nanoTime() - from < 2e9, "more than two seconds");
    }

    @Test
    void aNameMustBeThatOfAVariableAndLinesMustBeThere() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> recipe("a-b", DENSE))
                .getMessage()
                .startsWith("NAME is a-b"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> notebook.call("recipe", "r"))
                .getMessage()
                .startsWith("the recipe has no lines"));
    }

    @Test
    void tabCompletesTheLinesOfARecipe() {
        Magic magic = notebook.magics.get("recipe");
        assertTrue(magic.completeBody(List.of(), "")
                .containsAll(List.of("dataset", "network", "seed", "tier", "clip", "train")));
        assertTrue(new TreeSet<>(magic.completeBody(List.of(), "")).containsAll(Methods.names()));
        assertEquals(List.of("clip"), magic.completeBody(List.of(), "cl"));
        assertEquals(List.of("threshold=", "fromPart="), magic.completeBody(List.of("clip"), ""));
        assertEquals(List.of("fromPart="), magic.completeBody(List.of("clip", "threshold=0.1"), ""));
        assertEquals(List.of("fromPart=all", "fromPart=first-layer"), magic.completeBody(List.of("clip"), "fromPart="));
        assertEquals(List.of("iris"), magic.completeBody(List.of("dataset"), "ir"));
        assertEquals(List.of("lenet5"), magic.completeBody(List.of("network"), "lenet5"));
        assertEquals(List.of("short"), magic.completeBody(List.of("tier"), "sh"));
    }

    @Test
    void aRunIsCarriedOutOnceAndFoundByItsMethod() throws Exception {
        recipe("r", CLIPPED);
        Run first = (Run) notebook.call("run", "r");
        assertEquals(3, first.steps().size());
        assertEquals(first.json(), ((Run) notebook.call("run", "r", "--threads", "1")).json());
        Path file = Files.writeString(home.root().resolve("r.txt"), CLIPPED);
        assertEquals(first.json(), ((Run) notebook.call("run", file.toString())).json());
        recipe("d", DENSE);
        notebook.call("run", "d");
        assertEquals(2, ((Table) notebook.call("runs")).rowCount());
        assertEquals(1, ((Table) notebook.call("runs", "--method", "clip")).rowCount());
        assertEquals(2, ((Table) notebook.call("runs", "--method", "train", "--dataset", "iris")).rowCount());
        assertEquals(0, ((Table) notebook.call("runs", "--arm", "nobody")).rowCount());
    }

    private static List<Recipe> seeds(Recipe recipe) {
        return List.of(recipe.withSeed(1), recipe.withSeed(2));
    }

    @Test
    void recipesAreComparedUnderTheNamesOfTheirVariables() throws Exception {
        notebook.values.put("dense", seeds(recipe("x", DENSE)));
        notebook.values.put("clipped", seeds(recipe("x", CLIPPED)));
        Table table = (Table) notebook.call("compare", "dense", "clipped", "--control", "dense");
        assertEquals(List.of("dense", "clipped"), table.stringColumn("arm").asList());
        assertEquals(2, table.intColumn("seeds").get(1));
        assertEquals(0.0, table.doubleColumn("Δ dense").get(0));
        assertEquals(
                List.of(),
                ((Table) notebook.call("compare", "dense", "clipped"))
                        .columnNames().stream()
                                .filter(name -> name.startsWith("Δ"))
                                .toList());
        assertEquals(4, ((Table) notebook.call("runs")).rowCount());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> notebook.call("compare", "dense", "clipped", "--control", "none"))
                .getMessage();
        assertEquals("--control is \"none\", but must be one of the arms dense, clipped", message);
    }

    @Test
    void anExperimentTakesTheNotebooksParametersAndIsFiledUnderItsPaper() throws Exception {
        assertEquals(RunList.class, notebook.magics.get("run").resultType(List.of("toy/comparison")));
        assertEquals(Run.class, notebook.magics.get("run").resultType(List.of("r")));
        notebook.values.put("seeds", 1);
        notebook.values.put("tier", "smoke");
        String body = "int seeds = 1;\nString tier = \"smoke\";";
        notebook.values.put(body, null);
        notebook.cell("params", "toy", body);
        RunList runs = assertInstanceOf(RunList.class, notebook.call("run", "toy/comparison"));
        assertEquals(3, runs.size());
        assertEquals("smoke", runs.get(0).recipe().tier().toString());
        assertEquals("trained on", runs.control());
        assertEquals(3, ((Table) notebook.call("runs", "toy")).rowCount());
        Table table = (Table) notebook.call("compare", "toy/comparison");
        assertTrue(
                table.columnNames().contains("Δ trained on"),
                table.columnNames().toString());
        assertEquals(3, table.rowCount());
        recipe("mine", CLIPPED);
        assertEquals(4, ((Table) notebook.call("compare", "toy/comparison", "mine")).rowCount());
        assertEquals(2, ((Table) notebook.call("runs", "toy", "--arm", "clipped")).rowCount());
        assertTrue(notebook.magics.get("run").complete(List.of(), "toy").contains("toy/comparison"));
    }

    @Test
    void aRunIsReproducedFromItsFirstStep() throws Exception {
        recipe("r", CLIPPED);
        Run run = (Run) notebook.call("run", "r");
        Table table = (Table) notebook.call("reproduce", run.id().substring(0, 8));
        assertTrue(table.name().contains("reproduced: all "), table.name());
        assertEquals(
                "time",
                table.stringColumn("result")
                        .get(table.stringColumn("column").asList().indexOf("seconds")));
        assertNotEquals(0, table.rowCount());
        Run other = new Run(
                run.recipe(),
                run.arm(),
                With.component(run.measurement(), "nonzeros", 1L),
                run.steps(),
                run.provenance());
        Reproduction differing = new Reproduction(run, other);
        assertEquals(List.of("nonzeros"), differing.differing());
        assertEquals("not reproduced: nonzeros differs", differing.verdict());
        Run elsewhere = new Run(
                other.recipe(),
                other.arm(),
                other.measurement(),
                other.steps(),
                With.component(run.provenance(), "kernel", "ARMV8"));
        assertEquals(
                "not reproduced: nonzeros differs; then the kernel of the products was "
                        + elsewhere.provenance().blas() + " ARMV8, now "
                        + run.provenance().products(),
                new Reproduction(elsewhere, run).verdict());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> notebook.call("reproduce", "abcdef012"))
                .getMessage()
                .startsWith("there is no run \"abcdef012\""));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> notebook.call("reproduce", "xyz"))
                .getMessage()
                .contains("6 to 64 hexadecimal digits"));
    }
}
