package org.parsimony.notebook.kernel.shell;

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.parsimony.notebook.kernel.language.CellText;
import org.parsimony.notebook.kernel.language.MagicFailure;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.kernel.shell.CellParts.Part;

/** A JShell that evaluates whole cells, gives their values as objects and their errors as {@link CellException}. */
public final class JavaShell implements AutoCloseable {

    private static final Pattern COMMAND =
            Pattern.compile("\\s*(/(?:list|edit|drop|save|open|vars|methods|types|imports"
                    + "|exit|env|reset|reload|history|debug|help|set|\\?|!|-?\\d+))(?:[ \\t][^\\r\\n]*)?\\s*");

    /** How long a value may take to be shown. */
    private static final Duration SHOWING = Duration.ofSeconds(10);

    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final CellExecutionControl control;
    private final CellRunner runner;
    private final Settings settings;
    private final PrintStream err;
    private final ErrorText errors;
    private final Redeclarations redeclarations;
    private final Set<String> classpath = new LinkedHashSet<>();

    /** A shell whose cells read and write these streams. */
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
        this.errors = new ErrorText(new RawFrames(shell));
        this.redeclarations = new Redeclarations(shell, control);
        addToClasspath(settings.classpath());
    }

    private void stopLoops() {
        control.stopLoops(true);
    }

    /** What runs the cells. */
    public CellRunner runner() {
        return runner;
    }

    /** What turns errors into text. */
    public ErrorText errors() {
        return errors;
    }

    /** JShell's analysis of source. */
    public SourceCodeAnalysis analysis() {
        return analysis;
    }

    /** The JShell behind it. */
    public JShell jshell() {
        return shell;
    }

    /** The loader of the cells' classes, or null before any ran. */
    public ClassLoader loader() {
        return control.loader();
    }

    /** What cells see besides the JVM's own class path. */
    public List<String> classpath() {
        return List.copyOf(classpath);
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
     * @param cell the cell, its magics already translated
     * @param label what to call it in stack traces
     * @return what the last statement is worth
     */
    public CellValue eval(CellText cell, String label) throws CellException {
        if (MagicSyntax.masked(cell.original()).contains(MagicSyntax.RESERVED)) {
            throw errors.refused(
                    "names that begin with " + MagicSyntax.RESERVED + " are the kernel's own: please choose another");
        }
        Matcher command = COMMAND.matcher(cell.original());
        if (command.matches()) {
            throw errors.refused(
                    command.group(1)
                            + " is a command of the program jshell, not Java; this kernel has magics instead, which %help lists");
        }
        CellParts cut = CellParts.of(cell, analysis);
        if (cut.hadPackage()) {
            err.println("the package line was left out: everything in a notebook lives in one place");
        }
        CellValue value = CellValue.NOTHING;
        List<DeclarationSnippet> incomplete = new ArrayList<>();
        for (int i = 0; i < cut.parts().size(); i++) {
            value = eval(cut, i, label, incomplete);
            if (runner.wasInterrupted()) {
                throw errors.stopped(new CellRunner.StoppedException(CellRunner.Stop.INTERRUPTED, false), "");
            }
        }
        reportIncomplete(incomplete, cut.text());
        return value;
    }

    private CellValue eval(CellParts cut, int index, String label, List<DeclarationSnippet> incomplete)
            throws CellException {
        Part part = cut.parts().get(index);
        Declared place = new Declared(cut.text(), part.start(), label);
        Snippet unchanged = redeclarations.unchanged(part.source());
        if (unchanged != null) {
            errors.remember(unchanged.id(), place);
            return CellValue.NOTHING;
        }
        String assignment = redeclarations.asAssignment(part.source());
        CellValue value = CellValue.NOTHING;
        List<SnippetEvent> events = shell.eval(assignment == null ? part.source() : assignment);
        if (stubbed(events, part, incomplete)) {
            events = shell.eval(part.source());
        }
        List<Snippet> rejected = new ArrayList<>();
        for (SnippetEvent event : events) {
            Object object = control.take(event.value());
            if (event.causeSnippet() != null) {
                continue;
            }
            Snippet snippet = event.snippet();
            errors.remember(snippet.id(), place);
            stopIfStopped();
            if (event.exception() != null) {
                throw failed(event.exception(), cut.text());
            }
            switch (event.status()) {
                case REJECTED -> rejected.add(snippet);
                case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> incomplete.add((DeclarationSnippet) snippet);
                default -> {}
            }
            value = assignment == null ? value(object, snippet, part, cut.text()) : CellValue.NOTHING;
        }
        if (!rejected.isEmpty()) {
            throw errors.compileErrors(problems(cut, index, rejected, incomplete));
        }
        events.forEach(event -> forget(event.snippet()));
        redeclarations.after(events).forEach(err::println);
        return value;
    }

    /**
     * Of a class and a method that need each other JShell takes neither: true if the part is such a method, which was
     * declared without its body for now.
     */
    private boolean stubbed(List<SnippetEvent> events, Part part, List<DeclarationSnippet> incomplete) {
        boolean rejected = events.stream().anyMatch(event -> event.status() == Snippet.Status.REJECTED);
        if (!rejected
                || incomplete.stream().noneMatch(this::isIncomplete)
                || !(analysis.sourceToSnippets(part.source()).get(0) instanceof MethodSnippet)) {
            return false;
        }
        int body = MagicSyntax.masked(part.source()).indexOf('{');
        String stub = part.source().substring(0, body) + "{ throw new IllegalStateException(); }";
        return shell.eval(stub).stream().noneMatch(event -> event.status() == Snippet.Status.REJECTED);
    }

    /**
     * JShell keeps the value of each expression in a variable of its own, {@code $7}: in a notebook whose cells run again and
     * again that would be every table and network that was ever shown.
     */
    private void forget(Snippet snippet) {
        if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                && shell.status(snippet) == Snippet.Status.VALID) {
            control.letGo(((VarSnippet) snippet).name());
            shell.drop(snippet);
        }
    }

    private void stopIfStopped() throws CellException {
        CellRunner.StoppedException stopped = control.takeStopped();
        if (stopped != null) {
            control.stopLoops(false);
            throw errors.stopped(stopped, settings.timeout().toMillis() + " ms (IJAVA_TIMEOUT)");
        }
    }

    /** What a statement is worth; a null that a semicolon or a magic leaves is not worth showing. */
    private static CellValue value(Object object, Snippet snippet, Part part, CellText text) {
        CellValue.Kind kind = kind(snippet);
        boolean statement = part.source().startsWith(MagicSyntax.RESERVED)
                || text.java().stripTrailing().endsWith(";");
        return kind == CellValue.Kind.NONE || object == null && statement
                ? CellValue.NOTHING
                : new CellValue(object, kind);
    }

    private static CellValue.Kind kind(Snippet snippet) {
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND -> CellValue.Kind.VARIABLE;
            case OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> CellValue.Kind.EXPRESSION;
            default -> CellValue.Kind.NONE;
        };
    }

    /** An exception that left a statement; of a method that is not complete, what it lacks. */
    private CellException failed(JShellException exception, CellText here) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedReferenceException unresolved) {
                List<Problem> problems = problems(unresolved.getSnippet(), here);
                if (!problems.isEmpty()) {
                    return errors.compileErrors(problems);
                }
            }
        }
        return errors.runtimeError(control.thrown());
    }

    /** All that is wrong with a cell of which {@code rejected} was the first that the compiler refused. */
    private List<Problem> problems(
            CellParts cut, int index, List<Snippet> rejected, List<DeclarationSnippet> incomplete) {
        List<Problem> problems = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        for (DeclarationSnippet snippet : incomplete) {
            if (isIncomplete(snippet) && shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                problems.addAll(problems(snippet, cut.text()));
                explained.add(snippet.name());
            }
        }
        List<Problem> later = new ArrayList<>();
        for (Snippet snippet : rejected) {
            failures(snippet)
                    .forEach(error -> later.add(
                            Problem.of(error, cut.text(), cut.parts().get(index).start(), null)));
        }
        if (index + 1 < cut.parts().size()) {
            later.addAll(new CellCheck(shell, control)
                    .problems(cut.text(), cut.parts().subList(index, cut.parts().size())));
        }
        for (Problem problem : later) {
            if (!explained.contains(String.valueOf(problem.missing()))
                    && problems.stream().noneMatch(problem::samePlace)) {
                problems.add(withReason(problem));
            }
        }
        problems.sort(Comparator.comparingInt(Problem::from));
        return problems.isEmpty() ? later : problems;
    }

    /** Says of a name that an earlier cell declared in vain what it lacks. */
    private Problem withReason(Problem problem) {
        return shell.snippets()
                .filter(DeclarationSnippet.class::isInstance)
                .map(DeclarationSnippet.class::cast)
                .filter(snippet -> snippet.name().equals(problem.missing())
                        && shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
                .findFirst()
                .map(snippet -> problem.because(snippet.name() + " is declared, but needs " + missing(snippet)))
                .orElse(problem);
    }

    private String missing(DeclarationSnippet snippet) {
        String missing = String.join(", ", shell.unresolvedDependencies(snippet).toList());
        return missing.isEmpty() ? "what is not there any more" : missing;
    }

    private List<Diag> failures(Snippet snippet) {
        return shell.diagnostics(snippet).filter(Diag::isError).toList();
    }

    /** What a declaration that is not complete lacks, where it was written. */
    private List<Problem> problems(DeclarationSnippet snippet, CellText here) {
        Declared place = errors.place(snippet.id());
        if (place == null) {
            return List.of();
        }
        String cell = place.text() == here ? null : place.cell();
        List<Problem> problems = new ArrayList<>();
        for (Diag error : failures(snippet)) {
            problems.add(Problem.of(error, place.text(), place.start(), cell));
        }
        if (problems.isEmpty()) {
            shell.unresolvedDependencies(snippet)
                    .forEach(missing -> problems.add(Problem.missing(missing, snippet.source(), place, cell)));
        }
        return problems;
    }

    private boolean isIncomplete(DeclarationSnippet snippet) {
        Snippet.Status status = shell.status(snippet);
        return status == Snippet.Status.RECOVERABLE_DEFINED || status == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    }

    /**
     * Declarations may name what a later cell declares. A method then waits with a note; a class or a variable does not
     * exist yet, which is an error unless this very cell went on to declare what was missing.
     */
    private void reportIncomplete(List<DeclarationSnippet> incomplete, CellText here) throws CellException {
        List<Problem> problems = new ArrayList<>();
        for (DeclarationSnippet snippet : incomplete) {
            if (isIncomplete(snippet) && shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                List<Problem> own = problems(snippet, here);
                if (own.isEmpty()) {
                    throw errors.refused(
                            snippet.name() + " needs " + missing(snippet) + ", which the notebook does not declare");
                }
                problems.addAll(own);
            }
        }
        if (!problems.isEmpty()) {
            throw errors.compileErrors(problems);
        }
        for (DeclarationSnippet snippet : incomplete) {
            if (isIncomplete(snippet)) {
                err.println(snippet.name() + " cannot run before the notebook declares " + missing(snippet));
            }
        }
    }

    /**
     * Runs something of the kernel's own in the cell's thread, where an interrupt reaches it.
     *
     * @param otherwise how a failure is told that is none of a magic
     */
    public <T> T inCell(Callable<T> body, Function<Throwable, CellException> otherwise) throws CellException {
        return inCell(body, settings.timeout(), settings.timeout().toMillis() + " ms (IJAVA_TIMEOUT)", otherwise);
    }

    /** {@link #inCell}, with a limit: for what shows a value and should be quick. */
    public <T> T inCellBriefly(Callable<T> body, Function<Throwable, CellException> otherwise) throws CellException {
        return inCell(body, SHOWING, SHOWING.toSeconds() + " s to show a value", otherwise);
    }

    private <T> T inCell(
            Callable<T> body, Duration limit, String limitText, Function<Throwable, CellException> otherwise)
            throws CellException {
        try {
            return runner.run(body, limit);
        } catch (CellRunner.StoppedException e) {
            control.stopLoops(false);
            throw errors.stopped(e, limitText);
        } catch (MagicFailure e) {
            throw errors.magicError(e);
        } catch (Throwable e) {
            throw otherwise.apply(e);
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
