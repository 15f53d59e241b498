package org.parsimony.notebook.kernel.shell;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import jdk.jshell.spi.SPIResolutionException;
import org.parsimony.notebook.kernel.language.MagicFailure;

/**
 * Errors as a person reads them in a notebook: where in which cell, what, and nothing of the kernel's own machinery.
 *
 * <p>Colours are bold red for the kind, cyan for places, and the page's own colour for everything else, so that they can
 * be read on white and on black.
 */
public final class ErrorText {

    private static final String RED = "\u001b[1;31m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";
    /** Of a long stack: the lines nearest to the error, the cell's own lines a little further, and where it all began. */
    private static final int FRAMES = 12;

    private static final int MOST_FRAMES = 40;
    private static final int LAST_FRAMES = 2;
    private static final String GAP = "    …";
    private static final int CAUSES = 5;

    private final Map<String, Declared> places = new ConcurrentHashMap<>();
    private final UnaryOperator<StackTraceElement> frames;

    /** @param frames gives a frame of a class that JShell compiled its snippet's name ({@code #3}) and line; keeps others */
    ErrorText(UnaryOperator<StackTraceElement> frames) {
        this.frames = frames;
    }

    /** Errors of a kernel without a shell, which failed to start. */
    public static CellException withoutShell(Throwable error) {
        return new ErrorText(UnaryOperator.identity()).internalError(error);
    }

    void remember(String snippet, Declared place) {
        places.put(snippet, place);
    }

    /** Where a snippet was written, or null if that is not known. */
    Declared place(String snippet) {
        return places.get(snippet);
    }

    /** Compile errors: each message above the line of its cell that it is about, with a caret. */
    CellException compileErrors(List<Problem> problems) {
        List<String> text = new ArrayList<>();
        for (Problem problem : problems) {
            if (!text.isEmpty()) {
                text.add("");
            }
            text.add(RED + "Compile error" + PLAIN + ": " + problem.message());
            if (problem.from() >= 0) {
                if (problem.cell() != null) {
                    text.add(CYAN + problem.cell() + PLAIN);
                }
                text.addAll(excerpt(problem.text().original(), problem.from(), problem.to()));
            }
        }
        return new CellException("CompileError", problems.get(0).message(), text);
    }

    /** A cell that the kernel refuses. */
    CellException refused(String message) {
        return new CellException("CompileError", message, List.of(RED + "Compile error" + PLAIN + ": " + message));
    }

    private static List<String> excerpt(String cell, int from, int to) {
        int start = Math.max(0, Math.min(from, cell.length()));
        int lineStart = cell.lastIndexOf('\n', start - 1) + 1;
        int lineEnd = cell.indexOf('\n', start);
        String line =
                cell.substring(lineStart, lineEnd < 0 ? cell.length() : lineEnd).stripTrailing();
        int number = 1
                + (int) cell.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int column = Math.min(start - lineStart, line.length());
        int width = Math.max(1, Math.min(to, lineStart + line.length()) - start);
        String margin = String.format("%4d", number);
        String indent = line.substring(0, column).replaceAll("[^\t]", " ");
        return List.of(
                CYAN + margin + " | " + PLAIN + line,
                CYAN + " ".repeat(margin.length()) + " | " + RED + indent + "^".repeat(width) + PLAIN);
    }

    /** An exception that left a cell. */
    public CellException runtimeError(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_FRAMES; cause = cause.getCause(), depth++) {
            if (cause instanceof MagicFailure failure) {
                return magicError(failure);
            }
        }
        return new CellException(simpleName(thrown.getClass().getName()), message(thrown), trace(thrown));
    }

    /** An exception with its stack and its causes, as lines in colours. */
    public List<String> trace(Throwable error) {
        return trace(error, "");
    }

    /** What a thread that the user started died of. */
    public List<String> threadError(Thread thread, Throwable error) {
        return trace(error, "exception in thread " + thread.getName() + ": ");
    }

    /** A value that could not be shown. */
    public CellException renderError(Object value, Throwable error) {
        List<String> text = new ArrayList<>();
        String message = "the value, of type " + value.getClass().getTypeName() + ", cannot be shown";
        text.add(RED + Problem.plain(message) + PLAIN);
        text.addAll(trace(error, ""));
        return new CellException(
                error.getClass().getSimpleName(),
                Problem.plain(message + (error.getMessage() == null ? "" : ": " + error.getMessage())),
                text);
    }

    private List<String> trace(Throwable error, String opening) {
        List<String> text = new ArrayList<>();
        String intro = opening;
        int causes = 0;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = error;
                each != null && causes <= CAUSES && seen.add(each);
                each = each.getCause(), causes++) {
            String message = message(each);
            text.add(intro
                    + RED
                    + Problem.plain(each.getClass().getName())
                    + PLAIN
                    + (message == null ? "" : ": " + message));
            text.addAll(frames(each.getStackTrace()));
            intro = "caused by ";
        }
        return text;
    }

    /** An exception's message; what went wrong in making it, if that failed. */
    private static String message(Throwable error) {
        try {
            return error instanceof SPIResolutionException
                    ? "a method was called that needs what the notebook does not declare"
                    : Problem.plain(error.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return "(its message cannot be had: " + e.getClass().getName() + ")";
        }
    }

    private static String simpleName(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** A magic's failure: its message if that says it all, and the stack beside it if it does not. */
    public CellException magicError(MagicFailure failure) {
        Throwable cause = failure.getCause();
        String name = cause.getClass().getSimpleName();
        String message = cause.getMessage() == null ? name : cause.getMessage();
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            message = "no such file: " + message;
        }
        List<String> text = new ArrayList<>();
        text.add(RED + failure.call() + PLAIN + ": " + message);
        boolean expected = cause.getMessage() != null
                && (cause instanceof IllegalArgumentException
                        || cause instanceof java.io.IOException
                        || name.startsWith("Parameter")
                        || name.startsWith("Missing")
                        || name.startsWith("Unmatched"));
        if (cause instanceof CellException cell) {
            text.clear();
            text.addAll(cell.traceback()); // of a cell inside a magic, %%time say: its own error tells more
            return new CellException(cell.name(), cell.getMessage(), text);
        }
        if (!expected) {
            text.add(RED + Problem.plain(cause.getClass().getName()) + PLAIN);
            text.addAll(frames(cause.getStackTrace()));
        }
        for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
            text.add("caused by " + deeper);
        }
        return new CellException(name, message, text);
    }

    /** Any other failure, of the kernel itself. */
    public CellException internalError(Throwable error) {
        List<String> text = new ArrayList<>(List.of(RED + error + PLAIN));
        text.addAll(frames(error.getStackTrace()));
        return new CellException(error.getClass().getSimpleName(), error.getMessage(), text);
    }

    /** A cell that was stopped. */
    public CellException stopped(CellRunner.StoppedException stopped, String limit) {
        String message = stopped.stop == CellRunner.Stop.TIMED_OUT
                ? "a statement took longer than " + limit
                : "the cell was interrupted";
        if (stopped.stillRunning) {
            message +=
                    "; its code does not heed interrupts and runs on in the background. Restart the kernel to end it";
        }
        String name = stopped.stop == CellRunner.Stop.TIMED_OUT ? "Timeout" : "Interrupted";
        return new CellException(name, message, List.of(RED + name + PLAIN + ": " + message));
    }

    private List<String> frames(StackTraceElement[] stack) {
        List<String> text = new ArrayList<>();
        int last = stack.length;
        for (int i = 0; i < stack.length; i++) {
            String owner = stack[i].getClassName();
            if (owner.equals(CellExecutionControl.class.getName()) || owner.equals(CellRunner.class.getName())) {
                last = i;
                break;
            }
        }
        List<StackTraceElement> shown = Arrays.stream(stack, 0, last)
                .filter(frame -> !machinery(frame.getClassName()))
                .map(frames)
                .toList();
        for (int i = 0; i < shown.size(); i++) {
            String own = cellLine(shown.get(i));
            if (i < FRAMES || i >= shown.size() - LAST_FRAMES || own != null && i < MOST_FRAMES) {
                text.add("    at " + (own == null ? shown.get(i).toString() : CYAN + own + PLAIN));
            } else if (!text.get(text.size() - 1).equals(GAP)) {
                text.add(GAP);
            }
        }
        return text;
    }

    private static boolean machinery(String className) {
        return className.startsWith("jdk.internal.reflect.")
                || className.startsWith("java.lang.reflect.")
                || className.startsWith("java.lang.invoke.")
                || className.startsWith("org.parsimony.notebook.kernel.");
    }

    /** {@code name (cell 3, line 2)} for a frame that JShell ascribes to one of its snippets, else null. */
    private String cellLine(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file == null || !file.startsWith("#")) {
            return null;
        }
        Declared place = places.get(file.substring(1));
        String method = frame.getMethodName() == null
                ? ""
                : frame.getMethodName().replaceFirst("^lambda\\$.*", "lambda").replaceFirst("^do_it\\$.*", "");
        String owner = frame.getClassName() == null || frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".";
        String what = method.isEmpty() ? "" : owner + method + " ";
        return place == null
                ? what + "(" + file + ":" + frame.getLineNumber() + ")"
                : what + "(" + place.cell() + ", line " + place.line(frame.getLineNumber()) + ")";
    }
}
