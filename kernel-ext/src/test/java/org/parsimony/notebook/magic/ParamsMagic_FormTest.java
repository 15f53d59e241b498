package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parsimony.notebook.toy.RecipeNotebook;
import org.parsimony.notebook.toy.ToyHome;
import org.parsimony.notebook.widget.Box;
import org.parsimony.notebook.widget.CheckBox;
import org.parsimony.notebook.widget.Slider;
import org.parsimony.notebook.widget.TextField;
import org.parsimony.notebook.widget.Widgets;
import org.parsimony.notebook.widget.Words;

/** {@code %params --form}: a moved control is the variable's value, and the cell to copy declares it. */
class ParamsMagic_FormTest {

    private static final String BODY =
            """
            int seeds = 2;           // repeats
            int epochs = 1;
            int samples = 0;
            String dataset = "iris"; // the data set
            String network = "4-6-3";
            String tier = "short";
            String thresholds = "0.1 0.2";
            boolean quick = true;""";

    @RegisterExtension
    final ToyHome home = new ToyHome();

    /** Also knows assignments of literals. */
    private final RecipeNotebook notebook = new RecipeNotebook() {
        @Override
        public Object eval(String code) {
            String[] sides = code.split(" = ", 2);
            if (sides.length == 2 && values.containsKey(sides[0]) && code.endsWith(";")) {
                String literal = sides[1].substring(0, sides[1].length() - 1);
                Object before = values.get(sides[0]);
                values.put(
                        sides[0],
                        before instanceof Integer
                                ? (Object) Integer.valueOf(literal)
                                : before instanceof Boolean ? Boolean.valueOf(literal) : literal.replace("\"", ""));
                return null;
            }
            return super.eval(code);
        }
    };

    @BeforeEach
    void declare() throws Exception {
        Widgets.in(notebook, 8);
        notebook.values.put("seeds", 2);
        notebook.values.put("epochs", 1);
        notebook.values.put("samples", 0);
        notebook.values.put("dataset", "iris");
        notebook.values.put("network", "4-6-3");
        notebook.values.put("tier", "short");
        notebook.values.put("thresholds", "0.1 0.2");
        notebook.values.put("quick", true);
        notebook.values.put(BODY, null);
        notebook.cell("params", "toy", BODY);
    }

    private static String cell(Box form) {
        List<?> widgets = form.widgets();
        return ((Words) widgets.get(widgets.size() - 1)).value();
    }

    private static String complaint(Box form) {
        return ((Words) form.widgets().get(form.widgets().size() - 2)).value();
    }

    @Test
    void aMoveSetsTheVariableAndWritesTheCell() throws Exception {
        Box form = (Box) notebook.call("params", "--form");
        assertEquals(8 + 2, form.widgets().size());
        ((Slider) form.widgets().get(0)).value(5.0);
        assertEquals(5, notebook.values.get("seeds"));
        ((CheckBox) form.widgets().get(7)).value(false);
        assertEquals(false, notebook.values.get("quick"));
        ((TextField) form.widgets().get(3)).value("digits");
        assertEquals("digits", notebook.values.get("dataset"));
        String cell = cell(form);
        assertTrue(cell.contains("%%params toy\nint seeds = 5;           // repeats\nint epochs = 1;\n"), cell);
        assertTrue(cell.contains("String dataset = &quot;digits&quot;; // the data set\n"), cell);
        assertTrue(cell.contains("boolean quick = false;"), cell);
        assertEquals("", complaint(form));
    }

    @Test
    void whatTheExperimentsCannotTakeIsToldAndNotSet() throws Exception {
        Box form = (Box) notebook.call("params", "--form", "dataset", "samples");
        ((TextField) form.widgets().get(0)).value("nowhere");
        assertEquals("iris", notebook.values.get("dataset"));
        assertTrue(complaint(form).startsWith("dataset is \"nowhere\", but must be"), complaint(form));
        assertTrue(cell(form).contains("&quot;iris&quot;"), cell(form));
        ((TextField) form.widgets().get(1)).value("many");
        assertTrue(complaint(form).startsWith("parameter samples is \"many\", but must be a value of type int"));
        ((TextField) form.widgets().get(1)).value("30");
        assertEquals(30, notebook.values.get("samples"));
        assertEquals("", complaint(form));
    }

    @Test
    void aVariableThatIsNoParameterHasNoControl() {
        notebook.values.put("other", 1);
        String message = assertThrows(IllegalArgumentException.class, () -> notebook.call("params", "--form", "other"))
                .getMessage();
        assertTrue(message.startsWith("other is no parameter that %%params declares; there are [seeds, "), message);
    }
}
