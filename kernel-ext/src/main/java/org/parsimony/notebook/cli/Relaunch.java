package org.parsimony.notebook.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command once more, in a process like this one but with another environment: OpenBLAS reads its own only once. */
final class Relaunch {

    private Relaunch() {}

    /**
     * Carries out this process's command line again.
     *
     * @param command the command, at any depth
     * @param environment variables to set; one with an empty value is taken away
     * @param more arguments behind those of this process
     * @return the exit code
     */
    static int of(CommandSpec command, Map<String, String> environment, String... more)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Parsimony.class.getName()));
        line.addAll(arguments(command));
        line.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start().waitFor();
    }

    private static List<String> arguments(CommandSpec command) {
        CommandLine root = command.commandLine();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getParseResult().originalArgs();
    }
}
