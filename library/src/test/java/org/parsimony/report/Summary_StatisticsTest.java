package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

class Summary_StatisticsTest {

    /** mean 3, sd √2.5, t(0.975, 4) = 2.776445: half = 2.776445 · 1.581139 / √5. */
    @Test
    void theIntervalOfFiveSeedsByHand() {
        Estimate sample = Estimate.of(1, 2, 3, 4, 5);
        assertEquals(3, sample.mean());
        assertEquals(Math.sqrt(2.5), sample.sd(), 1e-12);
        assertEquals(1.963243, sample.half(), 1e-6);
        assertTrue(Double.isNaN(Estimate.of(7).half()), "one run has no interval");
    }

    @Property
    void shiftingMovesTheMeanAndKeepsTheSpread(
            @ForAll @Size(min = 2, max = 20) List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @DoubleRange(min = -10, max = 10) double shift) {
        Estimate plain = Estimate.of(values.stream().mapToDouble(v -> v).toArray());
        Estimate moved = Estimate.of(values.stream().mapToDouble(v -> v + shift).toArray());
        assertEquals(plain.mean() + shift, moved.mean(), 1e-9);
        assertEquals(plain.half(), moved.half(), 1e-9);
    }

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        double[] accuracies = {0.96, 0.97, 0.98};
        for (int seed = 0; seed < 3; seed++) {
            runs.add(Fixtures.run(Fixtures.recipe("OptiNET", seed), 89_610, accuracies[seed]));
            runs.add(Fixtures.run(Fixtures.recipe("a_b", seed), 266_610, 0.5));
        }
        return runs;
    }

    @Test
    void runsOfOneArmAreOneEstimate() {
        Map<List<String>, Estimate> samples = Summary.of(runs(), List.of("arm"), List.of("accuracyTuned", "parameters"))
                .samples("accuracyTuned");
        assertEquals(List.of(List.of("OptiNET"), List.of("a_b")), List.copyOf(samples.keySet()));
        Estimate first = samples.get(List.of("OptiNET"));
        assertEquals(0.97, first.mean(), 1e-12);
        assertEquals(4.302653 * 0.01 / Math.sqrt(3), first.half(), 1e-7, "t(0.975, 2) = 4.302653");
        assertEquals(3, samples.get(List.of("a_b")).n());
    }

    @Test
    void formattedHasUnitsAndIntervals() {
        Table table = Summary.of(runs(), List.of("arm"), List.of("parameters", "accuracyTuned", "bytesMemory"))
                .formatted();
        assertEquals(
                List.of("arm", "parameters [k]", "accuracy tuned [%]", "bytes memory [B]", "n"), table.columnNames());
        assertEquals("97.00 ± 2.48", table.getString(0, "accuracy tuned [%]"));
        assertEquals("50.00", table.getString(1, "accuracy tuned [%]"));
        assertEquals("266.6", table.getString(1, "parameters [k]"));
    }

    @Test
    void anUnknownColumnIsNamedBesideTheKnownOnes() {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> Summary.of(runs(), List.of("metod"), List.of()))
                .getMessage();
        assertTrue(said.contains("\"metod\" is unknown; known are id, arm, steps"), said);
    }
}
