package org.parsimony.notebook.kernel.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.parsimony.notebook.kernel.language.CellText;
import org.parsimony.notebook.kernel.shell.CellParts.Part;

/**
 * What else is wrong with a cell whose evaluation met an error: from there on its parts go to the compiler as one block,
 * which runs nothing and declares nothing that stays.
 */
final class CellCheck {

    /** Right in a notebook, or wrong only because the parts stand in a block here. */
    private static final Set<String> OF_THE_BLOCK = Set.of(
            "compiler.err.already.defined",
            "compiler.err.cant.ref.non.effectively.final.var",
            "compiler.err.local.var.accessed.from.icls.needs.final",
            "compiler.err.sealed.or.non.sealed.local.classes.not.allowed",
            "compiler.err.non.sealed.or.sealed.expected",
            "compiler.err.not.stmt");

    /** A block does not take them. */
    private static final Pattern MODIFIERS = Pattern.compile("(?:(?:public|protected|private|static)\\s+)+");

    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final CellExecutionControl control;

    CellCheck(JShell shell, CellExecutionControl control) {
        this.shell = shell;
        this.analysis = shell.sourceCodeAnalysis();
        this.control = control;
    }

    /** The problems of {@code parts}, the first of which is known to have one. */
    List<Problem> problems(CellText text, List<Part> parts) {
        int begin = parts.get(0).start();
        Set<String> leftOut = new HashSet<>();
        CellText block = text;
        int end = block.java().length();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            int start = part.start();
            String source =
                    part.open() ? part.source().substring(0, part.source().length() - 1) : part.source();
            int stop = Math.min(end, start + source.stripTrailing().length());
            List<Snippet> snippets = analysis.sourceToSnippets(part.source());
            Snippet first = snippets.isEmpty() ? null : snippets.get(0);
            if (first instanceof ImportSnippet || source.matches("(?s)[^{]*\\b(non-)?sealed\\b.*")) {
                block = block.blanked(start, stop);
                if (first instanceof PersistentSnippet named) {
                    leftOut.add(named.name());
                }
            } else if (first instanceof MethodSnippet method) {
                block = block.with(stop, stop, "}").with(start, start, "class $Method" + i + " {");
                leftOut.add(method.name());
            } else if (isValueOnly(first, source)) {
                block = block.with(stop, stop, ";").with(start, start, "Object $value" + i + " = ");
            } else {
                block = block.with(stop, stop, ";");
                Matcher modifiers = MODIFIERS.matcher(source);
                if (modifiers.lookingAt()) {
                    block = block.blanked(start, start + modifiers.end());
                }
            }
            end = start;
        }
        String code = "{" + block.java().substring(begin) + "\n}";
        List<Problem> problems = new ArrayList<>();
        for (Diag error : rehearse(code)) {
            Problem problem = Problem.of(error, block, begin - 1, null);
            if (!OF_THE_BLOCK.contains(problem.code()) && !leftOut.contains(problem.missing())) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /** Whether this is an expression that Java does not take for a statement. */
    private boolean isValueOnly(Snippet snippet, String source) {
        if (snippet != null
                && snippet.kind() != Snippet.Kind.EXPRESSION
                && snippet.kind() != Snippet.Kind.VAR
                && snippet.kind() != Snippet.Kind.ERRONEOUS) {
            return false;
        }
        if (snippet != null
                && snippet.kind() == Snippet.Kind.VAR
                && snippet.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            return false;
        }
        String bare = source.strip().replaceFirst(";$", "");
        boolean statement =
                bare.matches("(?s).*\\)|(?s)new\\b.*|(?s)[\\w.\\[\\]]+\\s*(\\W?=[^=].*|\\+\\+|--)|(?s)(\\+\\+|--).*")
                        || bare.endsWith("}");
        boolean declaration = bare.matches("(?s)[\\w.<>?, \\[\\]]+\\s+\\w+(\\s*=[^=].*)?") && !bare.contains("\n");
        return !statement && !declaration;
    }

    private List<Diag> rehearse(String code) {
        control.rehearse(true);
        try {
            List<Diag> errors = new ArrayList<>();
            for (SnippetEvent event : shell.eval(code)) {
                if (event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED) {
                    shell.diagnostics(event.snippet()).filter(Diag::isError).forEach(errors::add);
                }
            }
            return errors;
        } finally {
            control.rehearse(false);
        }
    }
}
