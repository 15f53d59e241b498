package org.parsimony.notebook.kernel;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.parsimony.network.Backend;
import org.parsimony.network.machine.BlasKernel;
import org.parsimony.notebook.kernel.assist.CodeAssist;
import org.parsimony.notebook.kernel.language.CellText;
import org.parsimony.notebook.kernel.shell.CellException;
import org.parsimony.notebook.kernel.shell.JavaShell;
import org.parsimony.notebook.kernel.shell.Settings;
import org.parsimony.notebook.spi.Extension;

/**
 * What happens between the kernel's first answer and the first cell: the compiler starts, the imports and the extensions
 * come in, the startup scripts run. The front end sees an idle kernel meanwhile, and a first cell that comes early waits for
 * the rest of it only. Then, beside the first cell, ND4J loads its native code.
 */
final class Startup {

    private static final List<String> IMPORTS = List.of(
            "java.util.*",
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.nio.file.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.prefs.*",
            "java.util.regex.*",
            "java.util.stream.*",
            "static " + NotebookFunctions.class.getName() + ".*");

    /** Touches what nearly every cell needs and leaves no name behind. */
    private static final String WARM_UP = "{ var list = List.of(1, 2); for (int i : list) { String.valueOf(i); } }";

    private final JavaKernel kernel;
    private final Settings settings;

    Startup(JavaKernel kernel, Settings settings) {
        this.kernel = kernel;
        this.settings = settings;
    }

    void begin(PrintStream out, PrintStream err, InputStream in) {
        // before the first cell can multiply by ND4J, and not on the way to it
        background("openblas", BlasKernel::prepare);
        background("startup", () -> {
            try {
                JavaShell shell = new JavaShell(settings, out, err, in);
                List<Extension> extensions = extensions(err);
                evaluate(shell, imports(extensions), "imports", err);
                evaluate(shell, WARM_UP, "imports", err);
                kernel.started(shell, assist(shell, extensions));
                settings.startupScripts().forEach((name, script) -> script(name, script, err));
                kernel.ready();
                loadNativeCode(); // beside the compiler it would keep the first cell waiting
            } catch (Throwable e) {
                kernel.failed(e);
            }
        });
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void loadNativeCode() {
        try {
            Backend.tame();
        } catch (Throwable e) {
            // the cell that first needs ND4J meets the same error and shows it
        }
    }

    private List<Extension> extensions(PrintStream err) {
        List<Extension> extensions = new ArrayList<>();
        for (ServiceLoader.Provider<Extension> provider :
                ServiceLoader.load(Extension.class).stream().toList()) {
            try {
                Extension extension = provider.get();
                extension.install(kernel.notebook());
                extensions.add(extension);
            } catch (RuntimeException | LinkageError | java.util.ServiceConfigurationError e) {
                err.println(provider.type().getName() + " could not be installed: " + e);
            }
        }
        return extensions;
    }

    private CodeAssist assist(JavaShell shell, List<Extension> extensions) {
        return new CodeAssist(
                shell,
                kernel.registry(),
                extensions.stream().flatMap(each -> each.completers().stream()).toList(),
                extensions.stream().flatMap(each -> each.sources().stream()).toList());
    }

    private static String imports(List<Extension> extensions) {
        List<String> names = new ArrayList<>(IMPORTS);
        extensions.forEach(extension -> names.addAll(extension.imports()));
        return names.stream().distinct().map(name -> "import " + name + ";").collect(Collectors.joining("\n"));
    }

    private void script(String name, String script, PrintStream err) {
        try {
            kernel.evalCell(script, name);
        } catch (CellException e) {
            err.println(name + " failed:");
            e.traceback().forEach(err::println);
        }
    }

    private static void evaluate(JavaShell shell, String code, String label, PrintStream err) {
        try {
            shell.eval(CellText.of(code), label);
        } catch (CellException e) {
            e.traceback().forEach(err::println);
        }
    }
}
