package org.parsimony.notebook.kernel.assist;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Whether a finished statement or declaration follows Java's grammar; what its names mean is not asked. */
final class Syntax {

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    private Syntax() {}

    /** Whether {@code part} can stand in a cell: as an import, a member of a class, a statement or an expression. */
    static boolean isValid(String part) {
        String text = part.strip();
        if (text.startsWith("import") && !Character.isJavaIdentifierPart((text + " ").charAt("import".length()))) {
            return parses(text.endsWith(";") ? text : text + ";");
        }
        return parses("class C { " + text + "\n}")
                || parses("class C { { " + text + "\n; } }")
                || parses("class C { Object o = " + text.replaceFirst(";$", "") + "\n; }");
    }

    private static boolean parses(String source) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///C.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try {
            ((JavacTask) JAVAC.getTask(null, null, problems, List.of("-proc:none"), null, List.of(file))).parse();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        return problems.getDiagnostics().stream().noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
    }
}
