package org.parsimony.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;

/** What is said at once is what the whole row says later. */
class Change_GlanceTest {

    @Test
    void aGlanceHasTheRowsOwnNumbers() {
        Dataset data = Datasets.load("iris");
        Model start = Architectures.mlp("4-6-3", 1);
        for (String method : new String[] {"train", "magnitude"}) {
            Outcome outcome = Methods.run(Methods.named(method), start, data, Map.of(), new Context(1));
            Map<String, Object> row = outcome.measurement().columns();
            Glance glance = outcome.glance();
            assertEquals(row.get("network"), glance.network());
            assertEquals(row.get("parameters"), glance.parameters());
            assertEquals(row.get("nonzeros"), glance.nonzeros());
            assertEquals(row.get("macsNonzero"), glance.macsNonzero());
            assertEquals(row.get("accuracyBefore"), glance.before().accuracy());
            assertEquals(
                    row.get("accuracyAfter"),
                    glance.after() == null ? Double.NaN : glance.after().accuracy());
            assertEquals(row.get("accuracyTuned"), glance.test().accuracy());
            assertEquals(row.get("lossTuned"), glance.test().loss());
            assertEquals(row.get("seconds"), glance.seconds());
        }
    }
}
