package org.parsimony.notebook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.parsimony.notebook.kernel.shell.Settings;
import org.parsimony.notebook.kernel.wire.CellInput;
import org.parsimony.notebook.kernel.wire.CellOutput;
import org.parsimony.notebook.kernel.wire.KernelConnection;

/** Runs a kernel from its connection file to its shutdown. */
public final class KernelMain {

    /** How long a kernel whose parent is nowhere waits for somebody to speak to it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private KernelMain() {}

    /**
     * Answers a front end until it asks for shutdown. Daemon threads may still run when this returns: end the JVM.
     *
     * @param connectionFile the JSON file in which Jupyter names the ports and the key
     * @param data Jupyter's data folder, in which the history is kept
     */
    public static void run(Path connectionFile, Path data) throws IOException, GeneralSecurityException {
        Settings settings = Settings.from(System.getenv());
        CellInput in = new CellInput();
        PrintStream out = new PrintStream(new CellOutput(StreamType.OUT), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new CellOutput(StreamType.ERR), false, StandardCharsets.UTF_8);
        PrintStream terminal = System.err;
        logTo(terminal);

        JavaKernel kernel = new JavaKernel();
        KernelConnectionProperties properties = KernelConnectionProperties.parse(Files.readString(connectionFile));
        KernelConnection connection = new KernelConnection(properties);
        new Protocol(kernel, connection, in, History.of(System.getenv(), data)).install();
        new ParentWatch(System.getenv(), connection::wasSpokenTo, PATIENCE, connection::close).begin();
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
        connection.connect();
        new Startup(kernel, settings).begin(out, err, in);
        connection.waitUntilClose();
        System.setErr(terminal);
    }

    /** A kernel's own log goes to the terminal, a line each: a cell that happens to run has nothing to do with it. */
    private static void logTo(PrintStream terminal) {
        Logger logger = JupyterSocket.JUPYTER_LOGGER;
        logger.setLevel(Level.WARNING);
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (isLoggable(entry)) {
                    terminal.println("parsimony kernel: " + entry.getMessage());
                }
            }

            @Override
            public void flush() {
                terminal.flush();
            }

            @Override
            public void close() {
                flush();
            }
        });
    }
}
