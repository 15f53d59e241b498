package org.parsimony.notebook.cli;

import org.parsimony.base.Require;
import org.parsimony.experiment.Workplace;
import picocli.CommandLine.Option;

/** The option {@code --threads} of commands that carry recipes out. */
final class Threads {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Recipes side by side, or of a single one the threads of a step; default 2, or 1 on one "
                    + "processor. Results do not depend on it.")
    private int threads = Workplace.usualThreads();

    int number() {
        return Require.atLeast("--threads", threads, 1);
    }
}
