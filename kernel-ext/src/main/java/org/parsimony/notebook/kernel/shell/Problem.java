package org.parsimony.notebook.kernel.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import org.parsimony.notebook.kernel.language.CellText;
import org.parsimony.notebook.kernel.language.MagicSyntax;

/**
 * One thing that the compiler has to say.
 *
 * @param code javac's own name for its kind
 * @param message without the classes that JShell wraps around what a cell declares
 * @param text the cell
 * @param from where in the original cell it begins; -1 if it has no place
 * @param to where it ends
 * @param cell what to call the cell, or null for the one that runs
 */
record Problem(String code, String message, CellText text, int from, int to, String cell) {

    private static final String NOT_FOUND = "compiler.err.cant.resolve";
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(?:static )?(?:class|variable|method) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("package (\\w+) does not exist");

    /** @param start where in the cell's Java the text begins that the compiler saw */
    static Problem of(Diag error, CellText text, int start, String cell) {
        if (error.getStartPosition() == Diag.NOPOS) {
            return new Problem(error.getCode(), message(error), text, -1, -1, cell);
        }
        int from = start + (int) error.getStartPosition();
        int to = start + (int) error.getEndPosition();
        return new Problem(
                error.getCode(), message(error), text, text.originalStart(from), text.originalEnd(from, to), cell);
    }

    /**
     * A name that a declaration needs and nobody declares.
     *
     * @param what its kind and name, {@code class Deque} or {@code method f(int)}, as JShell says it
     * @param source the declaration
     */
    static Problem missing(String what, String source, Declared place, String cell) {
        String message = "cannot find symbol\n  symbol:   " + what;
        String name = what.replaceFirst("^\\w+ ", "").replaceFirst("\\(.*", "");
        Matcher use = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(MagicSyntax.masked(source));
        if (!use.find()) {
            return new Problem(NOT_FOUND, message, place.text(), -1, -1, cell);
        }
        int from = place.start() + use.start();
        int to = place.start() + use.end();
        return new Problem(
                NOT_FOUND,
                message,
                place.text(),
                place.text().originalStart(from),
                place.text().originalEnd(from, to),
                cell);
    }

    private static String message(Diag error) {
        StringBuilder message = new StringBuilder();
        for (String line : error.getMessage(null).split("\\R")) {
            if (!line.strip().startsWith("location:")) {
                message.append(message.isEmpty() ? "" : "\n").append(line);
            }
        }
        return plain(message.toString());
    }

    /** A message without the classes that JShell wraps around what a cell declares. */
    static String plain(String message) {
        return message == null
                ? null
                : message.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]", "")
                        .replaceAll("\\$JShell\\$anonymous\\$\\$\\d+", "anonymous class");
    }

    /** The name that the compiler did not find, or null if that is not the problem. */
    String missing() {
        Matcher symbol = SYMBOL.matcher(message);
        if (symbol.find()) {
            return symbol.group(1);
        }
        Matcher inPackage = PACKAGE.matcher(message);
        return inPackage.find() ? inPackage.group(1) : null;
    }

    /** This problem with a sentence more. */
    Problem because(String sentence) {
        return new Problem(code, message + "\n" + sentence, text, from, to, cell);
    }

    boolean samePlace(Problem other) {
        return from == other.from && text.original().equals(other.text.original()) && message.equals(other.message);
    }
}
