package org.parsimony.notebook.kernel;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.parsimony.notebook.ijava.BaseKernelNotebook;
import org.parsimony.notebook.kernel.assist.CodeAssist;
import org.parsimony.notebook.kernel.language.MagicRegistry;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.kernel.language.SourceMagics;
import org.parsimony.notebook.kernel.language.TimeMagic;
import org.parsimony.notebook.kernel.maven.MavenMagics;
import org.parsimony.notebook.kernel.shell.CellException;
import org.parsimony.notebook.kernel.shell.CellRunner;
import org.parsimony.notebook.kernel.shell.CellValue;
import org.parsimony.notebook.kernel.shell.ErrorText;
import org.parsimony.notebook.kernel.shell.JavaShell;
import org.parsimony.notebook.kernel.value.ValueRenderer;
import org.parsimony.notebook.kernel.wire.CellOutlet;
import org.parsimony.notebook.spi.Channel;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;

/**
 * A Java kernel: what notebooks written for IJava expect of one, and this project's {@link Notebook} behind {@link #notebook}.
 *
 * <p>It answers the front end before its compiler is ready: the compiler starts in a thread of its own (see {@link
 * Startup}), and whatever needs it waits in {@link #shell}.
 */
public final class JavaKernel extends BaseKernel {

    private static volatile JavaKernel instance;

    private final MagicRegistry magics = new MagicRegistry();
    private final Channels channels = new Channels();
    private final CompletableFuture<JavaShell> shell = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Streams streams = new Streams();
    private final Notebook notebook = new BaseKernelNotebook(this, magics, this::evalRaw) {
        @Override
        public void register(Magic magic) {
            magics.register(magic);
        }

        @Override
        public Channel open(Channel.Opening opening, Channel.Receiver receiver) {
            return channels.open(opening, receiver);
        }

        @Override
        public void answer(String target, Channel.Answer answer) {
            channels.answer(target, answer);
        }

        @Override
        public Executor thisCell() {
            return JavaKernel.this.thisCell();
        }
    };
    private volatile CellRunner runner;
    private volatile CodeAssist assist;
    private final Waiting waiting = new Waiting();

    /** What happens to a cell that came before the kernel was ready. */
    private static final class Waiting {
        private boolean cell;
        private boolean interrupted;
    }

    /** The identifier that {@code display} returned last. */
    private volatile String lastShown;

    /** What the base library calls its streams; only its display part is used. */
    private static final class Streams extends JupyterIO {
        void attach(ShellReplyEnvironment environment) {
            setEnv(environment);
        }
    }

    JavaKernel() {
        SourceMagics sources = new SourceMagics(this::evalRaw, this::addToClasspath);
        magics.registerMagics(sources);
        magics.registerMagics(new MavenMagics(this::addToClasspath));
        magics.register(new TimeMagic(notebook));
        renderer = new ValueRenderer(this::trace);
        instance = this;
    }

    /** Shows what a thread died of that a cell had started. */
    private void threadDied(Thread thread, Throwable error) {
        List<String> lines = shell.isDone() && !shell.isCompletedExceptionally()
                ? shell().errors().threadError(thread, error)
                : ErrorText.withoutShell(error).traceback();
        lines.forEach(System.err::println);
    }

    private String trace(Throwable error) {
        return String.join("\n", shell().errors().trace(error)).replaceAll("\u001b\\[[0-9;]*m", "");
    }

    static JavaKernel instance() {
        if (instance == null) {
            throw new IllegalStateException("no kernel is running: this works in a notebook only");
        }
        return instance;
    }

    /** The compiler is there, for startup scripts and what they call. */
    void started(JavaShell started, CodeAssist help) {
        Thread.setDefaultUncaughtExceptionHandler(this::threadDied); // JShell has set one that says nothing
        runner = started.runner();
        assist = help;
        shell.complete(started);
    }

    /** Startup is over: the front end's requests may go on. */
    void ready() {
        ready.complete(null);
    }

    void failed(Throwable cause) {
        shell.completeExceptionally(cause);
        ready.completeExceptionally(cause);
    }

    void awaitReady() {
        ready.join();
    }

    JavaShell shell() {
        return shell.join();
    }

    /** This kernel as extensions see it. */
    Notebook notebook() {
        return notebook;
    }

    MagicRegistry registry() {
        return magics;
    }

    void attach(ShellReplyEnvironment environment) {
        streams.attach(environment);
    }

    /** The registry in which notebooks put magics of their own. */
    public Magics getMagics() {
        return magics;
    }

    @Override
    public JupyterIO getIO() {
        return streams;
    }

    @Override
    public void display(DisplayData data) {
        CellOutlet.here().publish(new PublishDisplayData(data));
    }

    /** Adds a jar or a folder to the cells' class path. */
    public void addToClasspath(String entry) {
        addToClasspath(List.of(entry));
    }

    void addToClasspath(Collection<String> entries) {
        shell().addToClasspath(entries);
    }

    /** Evaluates a cell that is part of another: its value as an object. */
    public Object evalRaw(String code) throws Exception {
        return evalCell(code, "eval").value();
    }

    /** What a cell is worth, magics and all. */
    CellValue evalCell(String code, String label) throws CellException {
        JavaShell java = shell();
        MagicSyntax.CellMagic magic = MagicSyntax.cellMagic(code, magics);
        if (magic == null) {
            return java.eval(MagicSyntax.translate(code, magics), label);
        }
        Object value = java.inCell(
                () -> NotebookFunctions.cellMagic(magic.name(), magic.arguments(), magic.body()),
                java.errors()::internalError);
        return new CellValue(magics.showsValue(magic.name()) ? value : null, CellValue.Kind.NONE);
    }

    /**
     * What a cell shows below it as its result; null for nothing: neither what {@code display} returns, which was shown, nor
     * a null that no expression is.
     */
    DisplayData result(CellValue value) throws CellException {
        boolean nothing = value.value() == null && value.kind() == CellValue.Kind.NONE;
        boolean wasShown =
                value.kind() == CellValue.Kind.EXPRESSION && value.value() != null && value.value() == lastShown;
        if (nothing || wasShown) {
            return null;
        }
        JavaShell java = shell();
        return java.inCellBriefly(
                () -> rendered(value.value()), failure -> java.errors().renderError(value.value(), failure));
    }

    @Override
    public DisplayData eval(String code) throws Exception {
        return result(evalCell(code, "eval"));
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java-source")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("java")
                .build();
    }

    @Override
    public String getBanner() {
        return "Parsimony: Java " + Runtime.version() + " for neural-network compression";
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        awaitReady();
        return assist.complete(code, at);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        awaitReady();
        return assist.inspect(code, at);
    }

    JsonObject completeness(String code) {
        awaitReady();
        return assist.isComplete(code);
    }

    /** A cell has come, which the front end is about to be told: an interrupt from now on is meant for it. */
    void expectCell() {
        synchronized (waiting) {
            waiting.cell = true;
            waiting.interrupted = false;
        }
    }

    /**
     * A new cell begins, as soon as the kernel has started.
     *
     * @param entry called in the cell's thread before each statement
     */
    void begin(Runnable entry) {
        synchronized (waiting) {
            if (!waiting.cell) {
                expectCell();
            }
        }
        awaitReady();
        synchronized (waiting) {
            runner.begin(entry);
            if (waiting.interrupted) {
                runner.interrupt();
            }
            waiting.cell = false;
        }
    }

    /** Stops the running cell; one that still waits for the kernel to start is stopped when it begins. */
    @Override
    public void interrupt() {
        synchronized (waiting) {
            waiting.interrupted |= waiting.cell;
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    Channels channels() {
        return channels;
    }

    /** Runs work in the cell thread as if it were of the cell that runs now, and tells its failure there. */
    private Executor thisCell() {
        CellOutlet outlet = CellOutlet.here();
        return work -> {
            begin(outlet::enter);
            try {
                shell().inCell(() -> told(work), shell().errors()::internalError);
            } catch (CellException e) {
                CellOutlet before = CellOutlet.here();
                outlet.enter();
                e.traceback().forEach(System.err::println);
                before.enter();
            }
            outlet.flush();
        };
    }

    private Void told(Runnable work) {
        try {
            work.run();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            threadDied(Thread.currentThread(), e);
        }
        return null;
    }

    DisplayData rendered(Object value) {
        if (value instanceof DisplayData data) {
            return data;
        }
        return value instanceof MimeBundle bundle
                ? BaseKernelNotebook.data(bundle)
                : getRenderer().render(value);
    }

    String show(DisplayData data) {
        String id = data.getDisplayId() == null ? UUID.randomUUID().toString() : data.getDisplayId();
        data.setDisplayId(id);
        display(data);
        lastShown = id;
        return id;
    }

    void replace(String id, DisplayData data) {
        data.setDisplayId(id);
        CellOutlet.here().publish(new PublishUpdateDisplayData(data));
    }
}
