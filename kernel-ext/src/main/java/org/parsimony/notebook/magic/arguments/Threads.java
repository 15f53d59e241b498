package org.parsimony.notebook.magic.arguments;

import org.parsimony.base.Require;
import org.parsimony.experiment.Workplace;
import picocli.CommandLine.Option;

/** The option {@code --threads} of magics that carry recipes out. */
public final class Threads {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "recipes side by side, or of a single one the threads of a step, at least 1; default 2, or 1 on "
                            + "one processor; results do not depend on it")
    private int threads = Workplace.usualThreads();

    /** The number that was given, or else the usual one, at least 1. */
    public int number() {
        return Require.atLeast("--threads", threads, 1);
    }
}
