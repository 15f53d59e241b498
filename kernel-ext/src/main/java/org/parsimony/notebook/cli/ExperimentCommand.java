package org.parsimony.notebook.cli;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Require;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.Workplace;
import org.parsimony.notebook.magic.arguments.Threads;
import org.parsimony.report.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code experiment PAPER/NAME}: carries out what the run store lacks of an experiment. */
@Command(
        name = "experiment",
        description = "Carries out what the run store lacks of an experiment of a paper; prints its arms compared.")
final class ExperimentCommand extends Subcommand {

    @Parameters(paramLabel = "PAPER/NAME", description = "An entry of papers/PAPER/experiments.json.")
    private String name;

    @Option(
            names = "--tier",
            defaultValue = "short",
            paramLabel = "TIER",
            description =
                    "smoke (seconds), short (minutes) or paper (the paper's own protocol); default ${DEFAULT-VALUE}.")
    private String tier;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of the experiment; of a list the items with commas between; repeatable.")
    private List<String> values = new ArrayList<>();

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        String[] parts = name.split("/", -1);
        Require.that(
                parts.length == 2,
                "the experiment is \"%s\", but must be PAPER/NAME, for example optinet/comparison",
                name);
        Experiment experiment = Experiment.of(parts[0], parts[1], Tier.of(tier));
        for (String value : values) {
            int equals = value.indexOf('=');
            Require.that(equals > 0, "-p is \"%s\", but must be NAME=VALUE, for example -p seeds=3", value);
            experiment = experiment.withText(value.substring(0, equals), value.substring(equals + 1));
        }
        List<Run> runs = Workplace.here().withThreads(threads.number()).run(experiment, progress());
        print(Tables.byArm(runs, experiment.control(), experiment.method(), experiment.measure()));
        return 0;
    }
}
