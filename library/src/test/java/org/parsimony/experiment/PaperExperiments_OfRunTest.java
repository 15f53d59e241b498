package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Experiment.Trial;

/** The experiments of obs share the names and settings of their arms, those of graph even recipes. */
class PaperExperiments_OfRunTest {

    private static final PaperExperiments OBS = PaperExperiments.of("obs");
    private static final String ONE_SHOT = "oneshot";
    private static final String RETRAINED = "retrained";

    private static Run run(Trial trial) {
        return run(trial.recipe(), trial.arm());
    }

    private static Run run(Recipe recipe, Arm arm) {
        return Fixtures.run(recipe).as(arm);
    }

    private static List<Trial> trials(String paper, String name, Tier tier) {
        return Experiment.of(paper, name, tier).trials();
    }

    @Test
    void everyTrialIsOfItsExperimentAndOfThoseThatHaveItToo() {
        for (Tier tier : Tier.values()) {
            for (String name : List.of(ONE_SHOT, RETRAINED)) {
                trials("obs", name, tier)
                        .forEach(trial -> assertEquals(Set.of(name), OBS.of(run(trial)), trial::toString));
            }
        }
        Map<String, Set<Trial>> asked = new TreeMap<>();
        Experiment.names("graph").forEach(name -> asked.put(name, Set.copyOf(trials("graph", name, Tier.PAPER))));
        PaperExperiments graph = PaperExperiments.of("graph");
        for (Trial trial : asked.get("arms")) {
            Set<String> expected = new TreeSet<>(asked.keySet());
            expected.removeIf(name -> !asked.get(name).contains(trial));
            assertEquals(expected, graph.of(run(trial)), trial::toString);
        }
    }

    /** A row that no trial has, of a seed more or another data set, goes by the arm and what its steps do. */
    @Test
    void otherSeedsAndDataAreToldByTheSteps() {
        for (String name : List.of(ONE_SHOT, RETRAINED)) {
            Trial trial = trials("obs", name, Tier.PAPER).get(0);
            assertEquals(Set.of(name), OBS.of(run(trial.recipe().withSeed(99), trial.arm())));
            assertEquals(
                    Set.of(name),
                    OBS.of(run(trial.recipe().withDataset("digits").withSamples(10), trial.arm())));
        }
    }

    /** Arms of one name with the same methods stand in three experiments there; the recipe without its seed tells which. */
    @Test
    void aRepeatBeyondThoseAskedForIsOfTheExperimentThatHasItsRecipe() {
        PaperExperiments splitting = PaperExperiments.of("splitting");
        for (String name : List.of("mlp", "cnn", "mobilenet")) {
            for (Trial trial : trials("splitting", name, Tier.SHORT)) {
                Run more = run(trial.recipe().withSeed(99), trial.arm());
                assertEquals(Set.of(name), splitting.of(more), trial::toString);
                assertEquals(splitting.network(run(trial), name), splitting.network(more, name), "network of " + trial);
            }
        }
    }

    @Test
    void whatNoStepsTellIsToldByTheArm() {
        Trial trial = trials("obs", RETRAINED, Tier.PAPER).get(0);
        Recipe longer = trial.recipe();
        List<Step> steps = new ArrayList<>(longer.steps());
        steps.add(steps.get(0));
        Recipe other = new Recipe(longer.dataset(), 0, longer.network(), longer.tier(), 1, steps);
        assertEquals(Set.of(ONE_SHOT, RETRAINED), OBS.of(run(other, trial.arm())));
        assertEquals(Set.of(), OBS.of(run(other, new Arm("nobody"))));
    }

    @Test
    void runsOfAnExperimentAreThoseThatAreOfIt() {
        List<Run> runs = new ArrayList<>();
        trials("obs", ONE_SHOT, Tier.SMOKE).forEach(trial -> runs.add(run(trial)));
        int oneShot = runs.size();
        trials("obs", RETRAINED, Tier.SMOKE).forEach(trial -> runs.add(run(trial)));
        assertEquals(runs, OBS.runs("", runs));
        assertEquals(runs.subList(0, oneShot), OBS.runs(ONE_SHOT, runs));
        assertEquals(runs.subList(oneShot, runs.size()), OBS.runs(RETRAINED, runs));
        String said = assertThrows(IllegalArgumentException.class, () -> OBS.runs("twice", runs))
                .getMessage();
        assertTrue(said.contains("obs has no experiment \"twice\"; its experiments are [oneshot, retrained]"), said);
    }
}
