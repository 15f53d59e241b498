package org.parsimony.notebook.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Magics have colours of their own in JupyterLab 4, by the extension that is installed with the kernel. */
class Magics_InJupyterLabTest {

    private static final String COLOURS =
            """
            const of = name => Array.from(document.querySelectorAll(`.jp-CodeCell .cm-content ${name}`));
            const inner = element => { while (element.firstElementChild) element = element.firstElementChild; return element; };
            return of(arguments[0]).map(each => each.innerText.trim() + '|' + getComputedStyle(inner(each)).color);""";

    @Test
    void aMagicIsNoJava(@TempDir Path scratch) throws Exception {
        assumeTrue(JupyterLabPage.isInstalled(), "no JupyterLab 4 on the PATH");
        try (JupyterLabPage page = new JupyterLabPage(scratch)) {
            page.run(
                    "int b = 7;\nint a = 9 %b;\nvar methods = %methods magnitude\n%dataset iris --help\nString s = \"x\";");
            page.until("return document.querySelectorAll('.parsimony-magic-name').length === 2");
            List<?> names = (List<?>) page.script(COLOURS, ".parsimony-magic-name");
            List<?> options = (List<?>) page.script(COLOURS, ".parsimony-magic-option");
            List<?> texts = (List<?>) page.script(COLOURS, ".parsimony-magic-text");
            assertEquals(
                    List.of("%methods", "%dataset"),
                    names.stream().map(each -> word(each)).toList());
            assertEquals(
                    List.of("--help"), options.stream().map(each -> word(each)).toList());
            assertNotEquals(colour(names.get(0)), colour(texts.get(0)));
            assertNotEquals(colour(options.get(0)), colour(texts.get(0)));
            page.screenshot("magics-lab.png");
        }
    }

    private static String word(Object found) {
        return found.toString().replaceAll("\\|.*", "");
    }

    private static String colour(Object found) {
        return found.toString().replaceAll(".*\\|", "");
    }
}
