package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.report.Tuning;

/** The step of the experiments is the one that the committed sweep chose on validation samples. */
class Splitting_StepTest {

    @Test
    void theStepIsTheSweepsChoice() {
        List<Run> sweep = PaperRuns.inResults("splitting").stream()
                .filter(run -> run.arm().settings().containsKey("step"))
                .toList();
        Tuning tuning = Tuning.of(sweep, "step");
        assertEquals(
                Experiment.of("splitting", "step", Tier.SHORT)
                        .parameters()
                        .get("steps")
                        .toString(),
                tuning.trials().stream()
                        .map(trial -> ((Number) trial.value()).doubleValue())
                        .sorted()
                        .collect(Collectors.toList())
                        .toString());
        for (String experiment : List.of("mlp", "cnn", "mobilenet")) {
            for (Tier tier : Tier.values()) {
                Object step = Experiment.of("splitting", experiment, tier)
                        .parameters()
                        .get("step");
                assertEquals(
                        ((Number) tuning.best()).doubleValue(), ((Number) step).doubleValue(), experiment + " " + tier);
            }
        }
    }
}
