package org.parsimony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Fixtures;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;

class Arms_TellingTest {

    private static final Set<String> OPTIONS = Set.of("epochs", "a", "b", "c", "d");

    private static Run run(int... values) {
        Recipe recipe = Fixtures.recipe("baseline", 1);
        int next = 0;
        for (String option : OPTIONS.stream().sorted().toList()) {
            recipe = Fixtures.with(recipe, option, values[next++]);
        }
        return Fixtures.run(recipe, 0.9);
    }

    @Test
    void whatDoesNotVaryIsNotTold() {
        assertEquals(
                Set.of("a", "epochs"), Arms.differing("baseline", List.of(run(1, 1, 1, 1, 10), run(2, 1, 1, 1, 20))));
    }

    @Property(tries = 100)
    void noTwoSettingsBecomeOne(
            @ForAll @Size(min = 2, max = 12) List<@Size(5) List<@IntRange(max = 2) Integer>> settings) {
        List<Run> runs = new ArrayList<>();
        settings.forEach(values -> runs.add(run(values.stream().mapToInt(i -> i).toArray())));
        Set<String> differing = Arms.differing("baseline", runs);
        assertEquals(
                settings.stream().distinct().count(),
                runs.stream()
                        .map(run -> Arms.setting(run, differing))
                        .distinct()
                        .count());
    }
}
