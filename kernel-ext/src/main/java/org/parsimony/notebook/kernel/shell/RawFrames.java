package org.parsimony.notebook.kernel.shell;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Stack frames as JShell gives them ({@code #3:1}, the snippet's number and line) from those of the classes that it wraps
 * around snippets. JShell does it for exceptions that leave a snippet; those of other threads, and exceptions that are
 * values, never pass it.
 */
final class RawFrames implements UnaryOperator<StackTraceElement> {

    private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$\\w+)(?:\\$(.*))?");

    private final JShell shell;

    RawFrames(JShell shell) {
        this.shell = shell;
    }

    @Override
    public StackTraceElement apply(StackTraceElement frame) {
        Matcher wrapper = WRAPPER.matcher(frame.getClassName());
        if (!wrapper.matches()) {
            return frame;
        }
        for (Snippet snippet : shell.snippets().toList()) {
            SnippetWrapper wrapped = shell.sourceCodeAnalysis().wrapper(snippet);
            if (wrapped != null && wrapped.fullClassName().equals(wrapper.group(1))) {
                return new StackTraceElement(
                        wrapper.group(2) == null ? "" : wrapper.group(2),
                        frame.getMethodName(),
                        "#" + snippet.id(),
                        line(snippet.source(), wrapped, frame.getLineNumber()));
            }
        }
        return frame;
    }

    private static int line(String source, SnippetWrapper wrapped, int wrappedLine) {
        int line = 1;
        for (int start = 0; start >= 0; start = source.indexOf('\n', start) + 1) {
            int at = Math.min(
                    wrapped.sourceToWrappedPosition(start), wrapped.wrapped().length());
            long there = 1
                    + wrapped.wrapped()
                            .substring(0, at)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            if (there >= wrappedLine || source.indexOf('\n', start) < 0) {
                return line;
            }
            line++;
        }
        return line;
    }
}
