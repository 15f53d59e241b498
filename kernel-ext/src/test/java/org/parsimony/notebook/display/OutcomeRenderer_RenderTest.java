package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.parsimony.data.Datasets;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.toy.Clip;

class OutcomeRenderer_RenderTest {

    @Test
    void theVerdictStandsAboveTheRow() {
        Clip.Clipped outcome =
                Clip.run(Architectures.mlp("4-6-3", 1), Datasets.load("iris"), new Clip.Options(), new Context(1));
        MimeBundle shown = new OutcomeRenderer().render(outcome);
        for (String type : new String[] {MimeBundle.TEXT, MimeBundle.HTML}) {
            String text = shown.data().get(type);
            assertTrue(text.contains(outcome.verdict()), text);
            assertTrue(text.contains("Iris") && text.contains("4-6-3"), text);
            assertFalse(text.contains("-1"), "a count that was not measured: " + text);
        }
        long nonzeros = outcome.measurement().nonzeros();
        assertTrue(nonzeros < 51 && shown.data().get(MimeBundle.TEXT).contains(" " + nonzeros));
    }
}
