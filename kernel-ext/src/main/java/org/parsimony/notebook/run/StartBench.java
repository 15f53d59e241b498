package org.parsimony.notebook.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long kernels take until they are ready, have run a first cell, and have a first ND4J array. */
public final class StartBench {

    private static final int ROUNDS = 5;

    private StartBench() {}

    /**
     * Starts kernels in turns, five times each, and prints a table of medians in seconds.
     *
     * @param kernels by the names that {@code jupyter kernelspec list} shows; ND4J must be on their class path
     * @return whether every kernel ran
     */
    public static boolean run(List<String> kernels) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(ROUNDS)));
        arguments.addAll(kernels);
        return new JupyterPython().script("start.py", Map.of(), arguments) == 0;
    }
}
