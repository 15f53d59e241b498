package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class Run_RowTest {

    private final Run run = Fixtures.run(Fixtures.recipe("ours", 3), 0.75);

    private static StepTrace step(int rows) {
        Table table = Table.create(
                "long", IntColumn.create("i", IntStream.range(0, rows).toArray()));
        return new StepTrace("train", 1.5, 3, 23, 20, 0.74, Double.NaN, table);
    }

    @Test
    void aRunReadsBackFromItsLine() {
        Run back = Run.fromJson(run.json());
        assertEquals(run.json(), back.json());
        assertEquals(run.recipe(), back.recipe());
        assertEquals(run.recipe().id(), back.id());
        assertEquals(run.arm(), back.arm());
        assertEquals(run.measurement(), back.measurement());
        assertEquals(run.provenance(), back.provenance());
        assertEquals(1, back.steps().size());
    }

    /** A column that an older row does not have was not measured. */
    @Test
    void whatAnOlderRowLacksWasNotMeasured() {
        String older = run.json()
                .replace("\"lossTuned\":0.25,", "")
                .replace("\"macsDense\":18,", "")
                .replace("\"kernel\":\"Haswell\",", "")
                .replace("\"modified\":false,", "")
                .replace("\"cores\":2,", "")
                .replace(",\"load\":1.25", "");
        assertNotEquals(run.json(), older);
        Run back = Run.fromJson(older);
        assertTrue(Double.isNaN(back.measurement().lossTuned()));
        assertEquals(-1, back.measurement().macsDense());
        assertEquals("", back.provenance().kernel());
        assertEquals(-1, back.provenance().cores());
        assertTrue(Double.isNaN(back.provenance().load()));
        assertFalse(back.json().contains("load"), "what an older row does not tell is not written");
        assertFalse(back.provenance().modified());
        assertEquals(0.75, back.measurement().accuracyTuned());
        Run bare = Run.fromJson(run.json().replaceFirst("\"bytesDisk\":\\{[^}]*\\},", ""));
        assertTrue(bare.measurement().bytesDisk().isEmpty());
    }

    @Test
    void anAlteredRecipeIsTold() {
        String altered = run.json().replace("\"seed\":3", "\"seed\":4");
        String said = assertThrows(IllegalArgumentException.class, () -> Run.fromJson(altered))
                .getMessage();
        assertTrue(said.contains("was altered after the run") && said.contains(run.id()), said);
    }

    @Test
    void theShortFormLeavesOutLongTablesAlone() {
        Run whole = new Run(run.recipe(), run.arm(), run.measurement(), List.of(step(40), step(41)), run.provenance());
        Run brief = whole.brief();
        assertEquals(40, brief.steps().get(0).table().rowCount());
        assertEquals(0, brief.steps().get(1).table().columnCount());
        assertEquals("long", brief.steps().get(1).table().name());
        StepTrace left = brief.steps().get(1);
        assertEquals(
                List.of("train", 1.5, 3.0, 23L, 20L, 0.74),
                List.of(
                        left.method(),
                        left.seconds(),
                        left.epochs(),
                        left.parameters(),
                        left.nonzeros(),
                        left.validationAccuracy()));
        assertEquals(run.measurement(), brief.measurement());
    }

    @Test
    void theTraceHasARowForEachStep() {
        Run whole = new Run(run.recipe(), run.arm(), run.measurement(), List.of(step(1), step(2)), run.provenance());
        Table trace = whole.trace();
        assertEquals(List.of(1, 2), trace.intColumn("step").asList());
        assertEquals("train", trace.stringColumn("method").get(1));
        assertEquals(3, trace.doubleColumn("epochs").get(0));
        assertEquals(1.5, trace.doubleColumn("seconds").get(0));
        assertEquals(23, trace.longColumn("parameters").get(0));
        assertEquals(20, trace.longColumn("nonzeros").get(0));
        assertEquals(0.74, trace.doubleColumn("validation accuracy").get(0));
        assertEquals(whole.recipe().toString(), trace.name());
    }

    @Test
    void anArmIsANameWithSettings() {
        Arm arm = new Arm("Pr").with("ratio", 0.9);
        assertEquals(new Arm("Pr", new TreeMap<>(Map.of("ratio", 0.9))), arm);
        assertEquals(new Arm("Pr"), new Arm("Pr", new TreeMap<>()));
        assertEquals(arm, Arm.fromMap(Map.of("name", "Pr", "settings", Map.of("ratio", 0.9))));
        assertEquals(new Arm("Pr"), Arm.fromMap(Map.of("name", "Pr")));
        assertEquals(new Arm("ours"), Arm.of(run.recipe()));
        assertEquals(arm, run.as(arm).arm());
        assertEquals(run.steps(), run.as(arm).steps());
        assertThrows(IllegalArgumentException.class, () -> new Arm(" "));
        assertThrows(UnsupportedOperationException.class, () -> arm.settings().put("k", 2));
    }
}
