package org.parsimony.notebook.kernel.assist;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;
import jdk.jshell.SourceCodeAnalysis;
import org.parsimony.notebook.kernel.shell.JavaShell;

/** Signature, documentation and, of an option, meaning and default of a name in a cell. */
final class Documentation {

    /** A method that gives a record with one component changed, as the library names its parameter. */
    private static final Pattern WITHER = Pattern.compile("^(.*?)([\\w.]+)\\.(\\w+)\\((\\S+) other\\)$");

    private static final Pattern CONSTRUCTOR =
            Pattern.compile("^(?:[\\w.]+\\.)?([A-Z]\\w*(?:\\.[A-Z]\\w*)*)(?:\\(.*)?$");
    private static final int MOST = 12;

    private final JavaShell shell;
    private final SourceCodeAnalysis analysis;

    Documentation(JavaShell shell) {
        this.shell = shell;
        this.analysis = shell.analysis();
    }

    /** What is to be said of the name at the end of {@code text}; null for nothing. */
    DisplayData of(String text) {
        List<SourceCodeAnalysis.Documentation> found =
                new ArrayList<>(analysis.documentation(text, text.length(), true));
        if (found.isEmpty() && !text.endsWith("(") && text.matches("(?s).*\\w")) {
            found.addAll(
                    analysis.documentation(text + "(", text.length() + 1, true)); // of a method, JShell wants the call
        }
        if (found.isEmpty()) {
            return null;
        }
        List<String> plain = new ArrayList<>();
        List<String> html = new ArrayList<>();
        for (SourceCodeAnalysis.Documentation entry : found.subList(0, Math.min(MOST, found.size()))) {
            String signature = plainSignature(entry.signature());
            String comment = entry.javadoc() == null ? "" : entry.javadoc();
            List<String> options = options(signature);
            plain.add(named(signature)
                    + (comment.isBlank() ? "" : "\n" + Javadoc.text(comment))
                    + (options.isEmpty() ? "" : "\n  " + String.join("\n  ", options)));
            html.add("<pre>" + Javadoc.escaped(named(signature)) + "</pre>"
                    + Javadoc.html(comment)
                    + (options.isEmpty()
                            ? ""
                            : "<ul><li>"
                                    + String.join(
                                            "</li><li>",
                                            options.stream()
                                                    .map(Javadoc::escaped)
                                                    .toList())
                                    + "</li></ul>"));
        }
        DisplayData data = new DisplayData(String.join("\n\n", plain));
        data.putHTML(String.join("<hr/>", html));
        return data;
    }

    /** Late JDKs write the components of a record behind its name, wherever it stands. */
    static String plainSignature(String signature) {
        StringBuilder text = new StringBuilder(signature);
        for (int open = text.indexOf("("); open >= 0; open = text.indexOf("(", open + 1)) {
            int depth = 0;
            int close = open;
            do {
                depth += text.charAt(close) == '(' ? 1 : text.charAt(close) == ')' ? -1 : 0;
                close++;
            } while (depth > 0 && close < text.length());
            if (close < text.length() && (text.charAt(close) == '.' || text.charAt(close) == '(')) {
                text.delete(open, close);
                open--;
            }
        }
        return text.toString();
    }

    /** A wither's parameter by the name of what it changes. */
    static String named(String signature) {
        Matcher wither = WITHER.matcher(signature);
        return wither.matches() ? signature.replaceFirst(" other\\)$", " " + wither.group(3) + ")") : signature;
    }

    private List<String> options(String signature) {
        Matcher wither = WITHER.matcher(signature);
        if (wither.matches()) {
            String meaning = Options.meaning(type(wither.group(2)), wither.group(3));
            return meaning == null ? List.of() : List.of(wither.group(3) + ": " + meaning);
        }
        Matcher constructor = CONSTRUCTOR.matcher(signature);
        return constructor.matches() ? Options.meanings(type(signature.replaceFirst("\\(.*", ""))) : List.of();
    }

    /** The class of that name, which may be simple where an import allows it; null if it is none. */
    private Class<?> type(String name) {
        List<String> candidates = new ArrayList<>(List.of(name));
        shell.jshell().imports().forEach(each -> candidates.addAll(named(each, name)));
        for (String candidate : candidates) {
            for (String binary = candidate;
                    ;
                    binary = binary.substring(0, binary.lastIndexOf('.')) + "$"
                            + binary.substring(binary.lastIndexOf('.') + 1)) {
                try {
                    return Class.forName(
                            binary, false, shell.loader() == null ? getClass().getClassLoader() : shell.loader());
                } catch (ClassNotFoundException | LinkageError e) {
                    if (binary.lastIndexOf('.') < 0) {
                        break;
                    }
                }
            }
        }
        return null;
    }

    private static List<String> named(ImportSnippet each, String name) {
        if (each.isStatic()) {
            return List.of();
        }
        String imported = each.fullname();
        if (imported.endsWith(".*")) {
            return List.of(imported.substring(0, imported.length() - 1) + name);
        }
        return imported.endsWith("." + name.replaceFirst("\\..*", ""))
                ? List.of(imported.substring(0, imported.lastIndexOf('.') + 1) + name)
                : List.of();
    }
}
