package org.parsimony.notebook.cli;

import java.nio.file.FileSystemException;
import org.parsimony.data.DataException;
import org.parsimony.experiment.store.RunStoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./parsimony COMMAND …}. */
@Command(
        name = "./parsimony",
        description = "Neural-network compression, one notebook per paper.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {
            RunCommand.class,
            RecipeCommand.class,
            ReproduceCommand.class,
            ExperimentCommand.class,
            SweepCommand.class,
            RunsCommand.class,
            MethodsCommand.class,
            ClaimsCommand.class,
            VerdictsCommand.class,
            ResultsCommand.class,
            ReportCommand.class,
            BenchCommand.class,
            SummaryCommand.class,
            SensitivityCommand.class,
            CodeCommand.class,
            ExportCommand.class
        })
public final class Parsimony implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs the command that the arguments name, and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Parsimony());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        versioned(line);
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            // What a user can mend has a message that says how; anything else is a fault of the program.
            boolean mendable = exception instanceof IllegalArgumentException
                    || exception instanceof IllegalStateException
                    || exception instanceof DataException
                    || exception instanceof RunStoreException
                    || exception instanceof java.io.IOException
                    || exception instanceof java.io.UncheckedIOException;
            if (mendable) {
                command.getErr().println("parsimony: " + message(exception));
            } else {
                exception.printStackTrace(command.getErr());
            }
            return mendable ? 2 : 70;
        });
        return line;
    }

    /** The exception's message; those of the file system are often the path alone. */
    private static String message(Exception exception) {
        if (exception instanceof FileSystemException system && system.getReason() == null) {
            String problem =
                    switch (exception.getClass().getSimpleName()) {
                        case "NoSuchFileException" -> "there is no such file or folder; check the path";
                        case "AccessDeniedException" -> "access is denied; check its rights";
                        default -> exception.getClass().getSimpleName();
                    };
            return system.getFile() + ": " + problem;
        }
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }

    /** Gives a command and those below it the version that the jar states. */
    private static void versioned(CommandLine line) {
        String version = Parsimony.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("Parsimony " + (version == null ? "of this checkout" : version));
        line.getSubcommands().values().forEach(Parsimony::versioned);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
