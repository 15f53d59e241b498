package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.notebook.toy.RecipeNotebook;
import org.parsimony.notebook.toy.ToyHome;

/** A parameter that no experiment of the paper can take is told in the first cell. */
class ParamsMagic_CheckTest {

    private static final String BODY =
            "int seeds = 2;\nint epochs = 1;\nint samples = 0;\nString dataset = \"iris\";\nString network = \"4-6-3\";\n"
                    + "String tier = \"short\";\nString thresholds = \"0.1 0.2\";";

    @RegisterExtension
    final ToyHome home = new ToyHome();

    private final RecipeNotebook notebook = new RecipeNotebook();

    private Object params(String paper, String name, Object value) throws Exception {
        notebook.values.putAll(
                Map.of("seeds", 2, "epochs", 1, "samples", 0, "dataset", "iris", "network", "4-6-3", "tier", "short"));
        notebook.values.put("thresholds", "0.1 0.2");
        notebook.values.put(name, value);
        notebook.values.put(BODY, null);
        return notebook.cell("params", paper, BODY);
    }

    @Test
    void whatEveryExperimentCanTakePasses() throws Exception {
        assertNull(params("toy", "seeds", 3));
        assertNull(params("toy", "dataset", "digits"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds | -1 | seeds is -1, but must be a whole number of at least 1",
                "seeds | 0 | seeds is 0, but must be",
                "epochs | 0 | epochs is 0, but must be at least 1",
                "samples | 91 | samples is 91, but must be at most 90",
                "samples | -5 | samples of the recipe is -5, but must be at least 0"
            })
    void aNumberOutOfItsRangeIsNamed(String name, int value, String complaint) {
        assertComplaint(complaint, name, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset | nowhere | dataset is \"nowhere\", but must be a path to data of your own, or one of mnist",
                "network | 4-x | network is \"4-x\", but must be widths such as",
                "tier | huge | tier is \"huge\", but must be one of smoke, short, paper",
                "thresholds | 0.1 7 | threshold is 7, but must lie between 0 and 1",
                "thresholds | a b | threshold is \"a\", but must be a number"
            })
    void aTextThatMeansNothingIsNamed(String name, String value, String complaint) {
        assertComplaint(complaint, name, value);
    }

    private void assertComplaint(String complaint, String name, Object value) {
        long from = System.nanoTime();
        String message = assertThrows(IllegalArgumentException.class, () -> params("toy", name, value))
                .getMessage();
        assertTrue(message.contains(complaint), message);
        assertTrue(System.nanoTime() - from < 2e9, "more than two seconds");
    }

    /** What is set from outside is declared by a cell behind the first. */
    @Test
    void aValueFromOutsideIsCheckedBeforeItsCell() {
        ParamsMagic magic = new ParamsMagic(notebook, Map.of(ParamsMagic.OUTSIDE, "{\"seeds\": \"-1\"}"));
        magic.use(new Workbench(notebook, magic));
        notebook.values.putAll(Map.of("-1", -1, "seeds", 2));
        notebook.values.put("int seeds = 2;", null);
        String message = assertThrows(IllegalArgumentException.class, () -> magic.run(List.of("toy"), "int seeds = 2;"))
                .getMessage();
        assertTrue(message.startsWith("seeds is -1"), message);
    }

    @Test
    void withoutAPaperNothingIsBuilt() throws Exception {
        assertNull(params("", "seeds", -1));
        assertEquals(
                "there is no paper \"toys\"; there are [toy]",
                assertThrows(IllegalArgumentException.class, () -> params("toys", "seeds", 1))
                        .getMessage());
    }
}
