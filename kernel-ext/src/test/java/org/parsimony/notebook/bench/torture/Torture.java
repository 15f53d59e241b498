package org.parsimony.notebook.bench.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.parsimony.notebook.cli.Parsimony;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parsimony bench torture}: a command of the checkout, whose classes are no part of what is shipped. */
@Command(
        name = "./parsimony bench torture",
        description = "Kills drivers, notebooks and kernels that work on one run store, and counts what was lost.",
        mixinStandardHelpOptions = true)
final class Torture implements Callable<Integer> {

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "200",
            description = "At random moments; ${DEFAULT-VALUE} by default.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what is killed, how and when; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "4",
            description = "Mean time from one kill to the next; ${DEFAULT-VALUE} by default.")
    private double pause;

    @Option(
            names = "--disk",
            paramLabel = "DIR",
            description = "On a small disk of its own, which is filled now and then.")
    private Path disk;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "After which no kill begins; ${DEFAULT-VALUE} by default.")
    private int minutes;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Torture()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        TortureBench.Plan plan = new TortureBench.Plan(kills, seed, pause, disk, Duration.ofMinutes(minutes));
        return TortureBench.run(plan, Parsimony.class, System.out) ? 0 : 1;
    }
}
