package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;
import org.parsimony.report.Occupancy;
import org.parsimony.sham.Quantiser;
import org.parsimony.sham.Sham;
import tech.tablesaw.api.Table;

class ShamStudy_StagesTest {

    private static final Progress SILENT = (done, total, what) -> {};

    @TempDir
    Path folder;

    private final Dataset data = Datasets.load("digits", SILENT);
    private final Sham.Options base =
            new Sham.Options().epochs(3, 2, 1).batchSize(32).percentiles(60).k(4);

    private List<Run> study(List<Sham.Options> arms) throws Exception {
        try (RunStore store = RunStore.open(folder.resolve("runs.sqlite"))) {
            return ShamStudy.run(
                    store,
                    Tier.SMOKE,
                    "64-16-10",
                    seed -> Architectures.mlp("64-16-10", seed),
                    data,
                    400,
                    arms,
                    1,
                    1,
                    SILENT);
        }
    }

    @Test
    void sharedPruningGivesTheRowThatTheWholeMethodGives() throws Exception {
        List<Run> runs = study(ShamStudy.grid(base, new double[] {60}, new int[] {4}, new double[] {60}));
        assertEquals(
                List.of("original", "Pr", "CWS", "PWS", "UQ", "ECSQ", "Pr-CWS", "Pr-PWS", "Pr-UQ", "Pr-ECSQ"),
                runs.stream().map(run -> run.recipe().method()).toList());
        Dataset drawn = data.limited(400, data.validation().size(), data.test().size(), 1);
        Model original = Architectures.mlp("64-16-10", 1);
        Trainer.run(
                original,
                drawn.train(),
                drawn.validation(),
                new Trainer.Options().epochs(3).batchSize(32).seed(1),
                SILENT);
        for (Run run : runs.subList(6, 10)) {
            Quantiser quantiser = Quantiser.valueOf(run.recipe().method().substring(3));
            var whole = Sham.run(original, drawn, base.epochs(0, 2, 1).quantiser(quantiser), SILENT)
                    .measurement();
            var staged = run.measurement();
            assertEquals(whole.lossTuned(), staged.lossTuned());
            assertEquals(whole.accuracyBefore(), staged.accuracyBefore());
            assertEquals(whole.accuracyAfter(), staged.accuracyAfter());
            for (String code : List.of("HAM", "sHAM", "pars", "HAM as published")) {
                assertEquals(whole.bytesDisk().get(code), staged.bytesDisk().get(code), code);
            }
        }
    }

    @Test
    void anArmIsComparedWithTheOriginalThatItStartedFrom() throws Exception {
        List<Run> runs = new ArrayList<>();
        for (int epochs : new int[] {2, 3}) {
            Sham.Options arm = base.epochs(epochs, 1, 1).quantiser(Quantiser.CWS);
            runs.addAll(study(List.of(ShamStudy.original(arm), arm)));
        }
        Table smallest = Occupancy.smallest(runs, 1);
        assertEquals(4, smallest.rowCount());
        assertEquals(2, smallest.stringColumn("data and network").countUnique());
    }

    @Test
    void tablesHaveARowForEveryMethodAndShareTheirOccupancyWithTheRuns() throws Exception {
        List<Run> runs = study(ShamStudy.grid(base, new double[] {30, 60}, new int[] {2, 4}, new double[] {60}));
        Table best = Occupancy.best(runs);
        assertEquals(10, best.rowCount());
        Table smallest = Occupancy.smallest(runs, 1);
        Run pruned = runs.stream()
                .filter(run -> run.recipe().method().equals("Pr")
                        && run.recipe().options().get("percentiles").equals(List.of(60L)))
                .findFirst()
                .orElseThrow();
        double csc = (Double) pruned.measurement().columns().get("psi.CSC");
        Table row = smallest.where(smallest.stringColumn("method").isEqualTo("Pr"));
        assertEquals("60", row.stringColumn("p/k").get(0), "nothing is lost that matters: the smaller one");
        assertEquals(
                String.format("%.3f†", csc), row.stringColumn("ψ corrected").get(0));
    }

    @Test
    void claimsNameTheirArms() {
        Claim claim = new Claim(
                "a",
                "a statement",
                "Table 1",
                Claim.Certainty.DATA,
                "Pr-CWS",
                "digits",
                "64-16-10",
                Map.of("percentiles", "[30]", "k", "[32, 2]", "population", "all"),
                "psi.HAM as published",
                Claim.Rule.WITHIN,
                0.3,
                Double.NaN,
                "",
                0.1);
        List<Sham.Options> arms = ShamStudy.claimed(List.of(claim, claim), "digits", "64-16-10", base);
        assertEquals(1, arms.size());
        assertEquals(2, arms.get(0).k().length);
        assertEquals(Sham.Population.ALL, arms.get(0).population());
        Recipe recipe = Recipe.of(ShamStudy.method(arms.get(0)), "digits", "64-16-10", Tier.SMOKE, arms.get(0));
        claim.options()
                .forEach((name, value) ->
                        assertEquals(value, String.valueOf(recipe.options().get(name)), name));
        assertEquals(claim.method(), recipe.method());
        assertTrue(ShamStudy.claimed(List.of(claim), "mnist", "64-16-10", base).isEmpty());
    }
}
