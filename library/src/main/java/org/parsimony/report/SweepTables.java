package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.parsimony.base.Records;
import org.parsimony.base.Rows;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.Trial;
import tech.tablesaw.api.Table;

/** Tables of a sweep. */
public final class SweepTables {

    private static final String FILE = "bytesDisk.pars";

    private SweepTables() {}

    /**
     * The trials with all of their training, the best on validation samples first: rank, the choices, the mean on validation
     * samples, on which the rank rests, size, and what the test split says; where there are limits, whether it is within.
     *
     * @param most rows, at least 1
     */
    public static Table best(SweepOutcome outcome, int most) {
        List<Trial> ranked =
                outcome.ranked().stream().filter(Trial::isFinished).limit(most).toList();
        Rows<Trial> rows = Rows.of(ranked).numbered("rank");
        row(rows, outcome, ranked);
        if (!outcome.plan().within().isEmpty()) {
            rows.texts("within", trial -> outcome.isWithin(trial) ? "yes" : "no");
        }
        return rows.table(outcome.plan().name() + ": " + outcome.sentence());
    }

    /** Every trial of every rung in the order in which they were begun, a failed one with its error. */
    public static Table all(SweepOutcome outcome) {
        List<Trial> trials = outcome.trials();
        Rows<Trial> rows =
                Rows.of(trials).longs("setting", trial -> trial.setting().number());
        if (outcome.plan().search().rungs() > 1) {
            rows.longs("rung", Trial::rung);
        }
        rows.texts("state", trial -> trial.isFinished() ? "finished" : "failed");
        row(rows, outcome, trials);
        rows.doubles("seconds", 2, trial -> trial.mean("seconds"));
        rows.texts(
                "runs",
                trial -> String.join(
                        " ",
                        trial.runs().stream().map(run -> run.recipe().shortId()).toList()));
        rows.texts("error", trial -> String.join("; ", trial.errors()));
        Table table = rows.table("trials of " + outcome.plan().name());
        if (outcome.failed().isEmpty()) {
            table.removeColumns("error");
        }
        return table;
    }

    private static void row(Rows<Trial> rows, SweepOutcome outcome, List<Trial> trials) {
        boolean valued = trials.stream().anyMatch(Trial::isValued);
        for (String choice : choices(outcome)) {
            if (isNumber(trials, choice)) {
                rows.doubles(choice, trial -> ((Number) trial.setting().values().get(choice)).doubleValue());
            } else {
                rows.texts(
                        choice, trial -> Records.text(trial.setting().values().get(choice)));
            }
        }
        if (valued) {
            rows.doubles("validation mean squared error", 4, Trial::validation)
                    .doubles("test mean squared error", 4, trial -> trial.mean("lossTuned"));
        } else {
            rows.doubles("validation accuracy %", 2, trial -> 100 * trial.validation())
                    .doubles("test accuracy %", 2, trial -> 100 * trial.mean("accuracyTuned"));
        }
        rows.doubles("parameters", 0, trial -> trial.mean("parameters"))
                .doubles("nonzeros", 0, trial -> trial.mean("nonzeros"))
                .doubles("bytes of the file", 0, trial -> trial.mean(FILE))
                .ints("seeds", trial -> trial.runs().size());
    }

    private static boolean isNumber(List<Trial> trials, String choice) {
        return trials.stream().allMatch(trial -> trial.setting().values().get(choice) instanceof Number);
    }

    private static List<String> choices(SweepOutcome outcome) {
        Set<String> names = new LinkedHashSet<>();
        outcome.plan().choices().forEach(choice -> names.add(choice.name()));
        return new ArrayList<>(names);
    }
}
