package org.parsimony.notebook.kernel.shell;

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.parsimony.notebook.kernel.language.MagicSyntax;

/** A JShell that evaluates whole cells, gives their values as objects and their errors as {@link CellException}. */
public final class JavaShell implements AutoCloseable {

    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final CellExecutionControl control;
    private final CellRunner runner;
    private final Settings settings;
    private final PrintStream err;
    private final ErrorText errors = new ErrorText();
    private final Set<String> classpath = new LinkedHashSet<>();

    public JavaShell(Settings settings, PrintStream out, PrintStream err, InputStream in) {
        this.settings = settings;
        this.err = err;
        this.runner = new CellRunner(settings.timeout(), this::stopLoops);
        this.control = new CellExecutionControl(runner);
        this.shell = JShell.builder()
                .executionEngine(control.provider(), null)
                .compilerOptions(settings.compilerOptions().toArray(String[]::new))
                .out(out)
                .err(err)
                .in(in)
                .build();
        this.analysis = shell.sourceCodeAnalysis();
        addToClasspath(settings.classpath());
    }

    private void stopLoops() {
        control.stopLoops(true);
    }

    public CellRunner runner() {
        return runner;
    }

    public ErrorText errors() {
        return errors;
    }

    public SourceCodeAnalysis analysis() {
        return analysis;
    }

    public JShell jshell() {
        return shell;
    }

    /** The loader of the cells' classes, or null before any ran. */
    public ClassLoader loader() {
        return control.loader();
    }

    /** Adds jars and folders; in one go, because javac begins anew after each change. */
    public void addToClasspath(Collection<String> entries) {
        List<String> fresh = entries.stream().filter(classpath::add).toList();
        if (!fresh.isEmpty()) {
            shell.addToClasspath(String.join(File.pathSeparator, fresh));
        }
    }

    /**
     * Evaluates Java, statement by statement, up to the first that fails.
     *
     * @param source the cell, its magics already translated
     * @param cell what to call it in stack traces
     * @return the value of the last statement if it is an expression, else null
     */
    public Object eval(String source, String cell) throws CellException {
        Object value = null;
        List<DeclarationSnippet> incomplete = new ArrayList<>();
        String rest = source;
        while (true) {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
                break;
            }
            String statement = info.source() == null ? rest : info.source();
            // JShell miscounts the lines of a stack trace if blank lines stand before a statement.
            int blank = MagicSyntax.blank(statement);
            int start = source.length() - rest.length() + blank;
            value = null;
            for (SnippetEvent event : shell.eval(statement.substring(blank))) {
                if (event.causeSnippet() == null) {
                    value = outcome(event, source, start, cell, incomplete);
                } else {
                    control.take(event.value());
                }
            }
            if (runner.wasInterrupted()) {
                throw errors.stopped(new CellRunner.StoppedException(CellRunner.Stop.INTERRUPTED, false), "");
            }
            rest = info.source() == null || info.remaining() == null ? "" : info.remaining();
        }
        reportIncomplete(incomplete, source);
        return value;
    }

    private Object outcome(
            SnippetEvent event, String source, int start, String cell, List<DeclarationSnippet> incomplete)
            throws CellException {
        Snippet snippet = event.snippet();
        int line = 1
                + (int) source.substring(0, start)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        errors.remember(snippet.id(), new ErrorText.Place(cell, line));

        Object value = control.take(event.value());
        CellRunner.StoppedException stopped = control.takeStopped();
        if (stopped != null) {
            control.stopLoops(false);
            throw errors.stopped(stopped, settings.timeout().toMillis() + " ms");
        }
        if (event.exception() != null) {
            throw errors.runtimeError(event.exception(), control.thrown());
        }
        switch (event.status()) {
            case REJECTED -> throw errors.compileError(source, failures(snippet), start);
            case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> incomplete.add((DeclarationSnippet) snippet);
            default -> {}
        }
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> value;
            default -> null;
        };
    }

    private List<Diag> failures(Snippet snippet) {
        return shell.diagnostics(snippet).filter(Diag::isError).toList();
    }

    /**
     * Declarations may name what a later cell declares. A method then waits with a note; a class or a variable does not
     * exist yet, which is an error unless this very cell went on to declare what was missing.
     */
    private void reportIncomplete(List<DeclarationSnippet> incomplete, String source) throws CellException {
        for (DeclarationSnippet snippet : incomplete) {
            Snippet.Status status = shell.status(snippet);
            if (status != Snippet.Status.RECOVERABLE_DEFINED && status != Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                continue;
            }
            List<String> missing = shell.unresolvedDependencies(snippet).toList();
            if (status == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                List<Diag> failures = failures(snippet);
                throw failures.isEmpty()
                        ? errors.unresolved(snippet.name(), missing)
                        : errors.compileError(
                                source,
                                failures,
                                Math.max(0, source.indexOf(snippet.source().strip())));
            }
            err.println(snippet.name() + " cannot run before the notebook declares " + String.join(", ", missing));
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
