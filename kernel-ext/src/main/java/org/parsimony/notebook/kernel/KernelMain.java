package org.parsimony.notebook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.logging.Level;
import org.parsimony.notebook.kernel.shell.Settings;
import org.parsimony.notebook.kernel.wire.CellInput;
import org.parsimony.notebook.kernel.wire.CellOutput;
import org.parsimony.notebook.kernel.wire.KernelConnection;

/** Runs a kernel from its connection file to its shutdown. */
public final class KernelMain {

    private KernelMain() {}

    /**
     * Answers a front end until it asks for shutdown. Daemon threads may still run when this returns: end the JVM.
     *
     * @param connectionFile the JSON file in which Jupyter names the ports and the key
     */
    public static void run(Path connectionFile) throws IOException, GeneralSecurityException {
        JupyterSocket.JUPYTER_LOGGER.setLevel(Level.WARNING);
        Settings settings = Settings.from(System.getenv());
        CellOutput out = new CellOutput();
        CellOutput err = new CellOutput();
        CellInput in = new CellInput();
        PrintStream printOut = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream printErr = new PrintStream(err, false, StandardCharsets.UTF_8);
        PrintStream terminal = System.err;

        JavaKernel kernel = new JavaKernel();
        KernelConnectionProperties properties = KernelConnectionProperties.parse(Files.readString(connectionFile));
        KernelConnection connection = new KernelConnection(properties);
        new Protocol(kernel, connection, out, err, in).install();
        System.setOut(printOut);
        System.setErr(printErr);
        System.setIn(in);
        connection.connect();
        new Startup(kernel, settings).begin(printOut, printErr, in);
        connection.waitUntilClose();
        System.setErr(terminal);
    }
}
