package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.base.Home;
import org.parsimony.base.Json;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.running.Materials;

class Drawing_EntryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"pie\"} | kind of a figure is \"pie\", but must be one of [against, arms, pareto, steps]",
                "{\"kind\":\"against\",\"metric\":\"seconds\"} | a figure of the kind against needs \"setting\"",
                "{\"kind\":\"pareto\",\"setting\":\"k\"} | a figure of the kind pareto has no \"setting\"; it may have [column",
            })
    void whatIsNoFigureIsNamed(String json, String complaint) {
        String message = assertThrows(IllegalArgumentException.class, () -> Drawing.of(Json.readObject("figure", json)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void figuresOfOneSectionHaveFilesOfTheirOwn() {
        Drawing one = Drawing.of(Map.of("kind", "against", "setting", "ratio", "metric", "accuracyAfter"));
        Drawing other = Drawing.of(Map.of("kind", "against", "setting", "ratio"));
        Drawing third = Drawing.of(Map.of("kind", "against", "setting", "ratio", "where", Map.of("k", 16)));
        assertEquals("-accuracyAfter-against-ratio", one.ending());
        assertEquals("-accuracyTuned-against-ratio", other.ending());
        assertEquals("-accuracyTuned-against-ratio-16", third.ending());
    }

    /** Every experiment of every paper, at every tier: its recipes can be carried out and its figures drawn. */
    @Test
    void theEntriesOfThePapersAreWhole() {
        int found = 0;
        for (String paper : Home.papers()) {
            for (String name : Experiment.names(paper)) {
                for (Tier tier : Tier.values()) {
                    Experiment experiment = Experiment.of(paper, name, tier);
                    Materials materials = new Materials();
                    experiment.trials().stream()
                            .map(trial -> trial.recipe().withSeed(1))
                            .distinct()
                            .forEach(materials::require);
                    List<SortedMap<String, Object>> figures = experiment.figures();
                    figures.stream()
                            .filter(figure -> !PageSections.TABLES.contains(String.valueOf(figure.get("kind"))))
                            .forEach(Drawing::of);
                    found++;
                }
            }
        }
        assertTrue(found >= 3, "experiments found");
    }
}
