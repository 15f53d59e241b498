package org.parsimony.notebook.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.parsimony.notebook.kernel.KernelMain;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The jar's command line: runs a kernel for Jupyter, or registers it. */
@Command(
        name = "java -jar parsimony-kernel.jar",
        description = "The Parsimony kernel for Jupyter.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class Main implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION_FILE",
            description = "Run a kernel; Jupyter gives this file, which names the ports.")
    private Path connectionFile;

    @Option(names = "--install", description = "Register the kernel with Jupyter, for this user.")
    private boolean install;

    @Option(names = "--uninstall", description = "Remove the kernel from Jupyter.")
    private boolean uninstall;

    @ArgGroup
    private Place place = new Place();

    private static final class Place {
        @Option(names = "--user", description = "Into the user's Jupyter folder (the default).")
        private boolean user;

        @Option(names = "--prefix", paramLabel = "DIR", description = "Into DIR/share/jupyter.")
        private Path prefix;

        @Option(names = "--sys-prefix", description = "Into the active virtual or conda environment.")
        private boolean sysPrefix;
    }

    @Option(
            names = "--name",
            defaultValue = "parsimony",
            description = "The kernel's name in Jupyter (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--no-archive",
            description = "Record no class data archive: installs in a second, but each start is slower.")
    private boolean noArchive;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "One more option of the kernel's Java, as --jvm -Xmx12g; can be given several times.")
    private List<String> jvm = List.of();

    /**
     * Runs a kernel, a rehearsal or an installation, then ends the JVM.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) throws Exception {
        // Jupyter's own call skips the parser of the command line, which is a tenth of a second.
        if (arguments.length == 1 && !arguments[0].startsWith("-") && Files.isRegularFile(Path.of(arguments[0]))) {
            Runtime.getRuntime().addShutdownHook(new Thread(Main::haltIfExitHangs));
            KernelMain.run(Path.of(arguments[0]), JupyterFolders.user(System.getenv()));
            System.exit(0);
        }
        if (arguments.length == 1 && arguments[0].equals(Rehearsal.OPTION)) {
            Rehearsal.play();
            System.exit(0);
        }
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (install || uninstall) {
            register();
        } else if (connectionFile == null) {
            spec.commandLine().usage(System.out);
        } else {
            throw new ParameterException(spec.commandLine(), "no connection file at " + connectionFile);
        }
        return 0;
    }

    private void register() throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--name is \"" + name + "\" and may hold letters, digits, . _ and - only");
        }
        Path data = data();
        KernelSpec kernel = new KernelSpec(data.resolve("kernels").resolve(name), jvm);
        LabExtension colours = new LabExtension(data);
        if (uninstall) {
            colours.remove();
            System.out.println((kernel.remove() ? "Removed " : "There was no ") + kernel.folder());
        }
        if (install) {
            kernel.write(!noArchive);
            colours.write();
            System.out.println("Installed " + kernel.folder());
        }
    }

    private Path data() {
        if (place.prefix != null) {
            return JupyterFolders.under(place.prefix.toAbsolutePath().normalize());
        }
        try {
            return place.sysPrefix ? JupyterFolders.environment(System.getenv()) : JupyterFolders.user(System.getenv());
        } catch (IllegalStateException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** Ends the JVM three seconds from now, should the shutdown hook of some library hang: at a signal as at the end. */
    private static void haltIfExitHangs() {
        Thread watchdog = new Thread(() -> {
            try {
                Thread.sleep(3000);
                Runtime.getRuntime().halt(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
