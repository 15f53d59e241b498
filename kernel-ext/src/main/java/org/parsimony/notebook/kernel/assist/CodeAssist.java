package org.parsimony.notebook.kernel.assist;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.parsimony.notebook.kernel.language.MagicRegistry;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.kernel.shell.JavaShell;
import org.parsimony.notebook.spi.LiteralCompleter;
import org.parsimony.notebook.spi.Magic;

/** Completion, inspection, and whether a cell is complete: for Java from JShell, for magics from the magics. */
public final class CodeAssist {

    private static final String INDENT = "    ";

    /** A cell that asks for help with a question mark, as Python's does. */
    private static final Pattern QUESTION =
            Pattern.compile("\\A\\s*(?:\\?{1,2}\\s*([%\\w.$]+)|([%\\w.$]+)\\s*\\?{1,2})\\s*\\z");

    private final JavaShell shell;
    private final SourceCodeAnalysis analysis;
    private final MagicRegistry magics;
    private final Literals literals;
    private final SourceFolders sources;

    /**
     * @param completers what Tab offers within strings
     * @param folders of Java sources, for documentation
     */
    public CodeAssist(JavaShell shell, MagicRegistry magics, List<LiteralCompleter> completers, List<Path> folders) {
        this.shell = shell;
        this.analysis = shell.analysis();
        this.magics = magics;
        this.literals = new Literals(completers);
        this.sources = new SourceFolders(analysis);
        sources.add(folders, List.of());
    }

    /** What {@code name?} or {@code ?name} asks for; null if the cell is no such question. */
    public static String question(String code) {
        Matcher question = QUESTION.matcher(code);
        return question.matches() ? question.group(1) == null ? question.group(2) : question.group(1) : null;
    }

    /** A part of the cell that JShell can look at, and where in the cell it begins. */
    private record Part(String text, int cellOffset) {}

    /** Completions of what stands before {@code at}. */
    public ReplacementOptions complete(String code, int at) {
        int lineStart = code.lastIndexOf('\n', at - 1) + 1;
        String line = code.substring(lineStart, at);
        int magic = magicStart(line);
        if (magic >= 0) {
            return completeMagic(line, magic, lineStart);
        }
        if (code.startsWith("%%") && lineStart > 0) {
            ReplacementOptions inBody = completeBody(code, line, at);
            if (inBody != null) {
                return inBody;
            }
        }
        String before = code.substring(0, at);
        int quote = MagicSyntax.openString(before);
        if (quote >= 0) {
            return new ReplacementOptions(literals.complete(before, quote), quote + 1, at);
        }
        for (Part part : List.of(relevant(before), lastStatement(before))) {
            int[] anchor = {0};
            String text = part.text;
            List<Suggestion> suggestions = analysis.completionSuggestions(text, text.length(), anchor);
            boolean dollar = text.startsWith("$", anchor[0]);
            List<String> options = suggestions.stream()
                    .filter(each -> dollar || !each.continuation().startsWith("$")) // JShell's and the kernel's own
                    .sorted(Comparator.comparing(this::rank).thenComparing(Suggestion::continuation))
                    .map(Suggestion::continuation)
                    .distinct()
                    .toList();
            if (!options.isEmpty()) {
                return new ReplacementOptions(options, anchor[0] + part.cellOffset, at);
            }
        }
        return null;
    }

    /** What fits the expected type comes first, then the cells' own names, then members and variables, types last. */
    private int rank(Suggestion suggestion) {
        String name = suggestion.continuation().replaceFirst("\\W.*", "");
        int kind = isDeclared(name) ? 0 : name.isEmpty() || Character.isUpperCase(name.charAt(0)) ? 2 : 1;
        return (suggestion.matchesType() ? 0 : 3) + kind;
    }

    private boolean isDeclared(String name) {
        return Stream.of(
                        shell.jshell().variables(),
                        shell.jshell().methods(),
                        shell.jshell().types())
                .flatMap(each -> each)
                .anyMatch(snippet -> snippet.name().equals(name));
    }

    /** The column of the percent sign of a magic that is being written at the end of {@code line}, or -1. */
    private static int magicStart(String line) {
        String text = line.stripLeading();
        if (text.startsWith("%")) {
            return line.length() - text.length();
        }
        int assigned = line.indexOf("= %");
        return assigned < 0 ? line.indexOf("=%") + (line.contains("=%") ? 1 : 0) : assigned + 2;
    }

    private ReplacementOptions completeMagic(String line, int percent, int lineStart) {
        boolean ofCell = line.startsWith("%%", percent);
        int nameStart = percent + (ofCell ? 2 : 1);
        List<String> words = MagicSyntax.words(line.substring(nameStart));
        boolean newWord = words.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
        String prefix = newWord ? "" : words.get(words.size() - 1);
        List<String> before = newWord ? words : words.subList(0, words.size() - 1);
        List<String> options;
        if (before.isEmpty()) {
            options = magics.names(ofCell).stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        } else {
            Magic magic = magics.find(before.get(0));
            options = magic == null ? List.of() : magic.complete(before.subList(1, before.size()), prefix);
            if (options.isEmpty() && (magic == null || prefix.contains("/"))) {
                options = Literals.files(prefix);
            }
        }
        int end = lineStart + line.length();
        return new ReplacementOptions(options, end - prefix.length(), end);
    }

    /** Completions within the body of a {@code %%magic}, or null where the magic has none and the body may be Java. */
    private ReplacementOptions completeBody(String code, String line, int at) {
        List<String> head = MagicSyntax.words(code.substring(2, code.indexOf('\n')));
        Magic magic = head.isEmpty() ? null : magics.find(head.get(0));
        if (magic == null) {
            return null;
        }
        List<String> words = MagicSyntax.words(line);
        boolean newWord = words.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
        String prefix = newWord ? "" : words.get(words.size() - 1);
        List<String> options = magic.completeBody(newWord ? words : words.subList(0, words.size() - 1), prefix);
        return options.isEmpty() ? null : new ReplacementOptions(options, at - prefix.length(), at);
    }

    /**
     * The cell without its finished imports and type or method declarations: JShell would take the whole for one of them.
     * Finished statements stay, for the variables that they declare.
     */
    private Part relevant(String text) {
        StringBuilder kept = new StringBuilder();
        String rest = MagicSyntax.translate(text, magics.forLooking()).java();
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            boolean finished = info.completeness() == Completeness.COMPLETE
                    && info.remaining() != null
                    && !info.remaining().isBlank();
            if (!finished) {
                break;
            }
            String statement = info.source();
            boolean declaration = statement
                    .strip()
                    .matches("(?s)(import\\s|((public|private|static|final|abstract|sealed)\\s+)*"
                            + "(class|interface|enum|record|@interface)\\s|[\\w<>\\[\\], .]+\\([^;]*\\)\\s*\\{).*");
            if (!declaration) {
                kept.append(statement);
            }
            rest = info.remaining();
        }
        // Magics before the cursor changed their length, so places are counted from the end.
        return new Part(kept + rest, text.length() - kept.length() - rest.length());
    }

    private Part lastStatement(String text) {
        String rest = text;
        CompletionInfo info = analysis.analyzeCompletion(rest);
        while (info.completeness() == Completeness.COMPLETE
                && info.remaining() != null
                && !info.remaining().isBlank()) {
            rest = info.remaining();
            info = analysis.analyzeCompletion(rest);
        }
        return new Part(rest, text.length() - rest.length());
    }

    /** Signature and documentation of what stands at {@code at}; null for nothing. */
    public DisplayData inspect(String code, int at) {
        int lineStart = code.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = code.indexOf('\n', at);
        String line = code.substring(lineStart, lineEnd < 0 ? code.length() : lineEnd);
        if (magicStart(line) >= 0) {
            return inspectMagic(line.substring(magicStart(line)).replaceFirst("^%%?", ""));
        }
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int paren = end;
        while (paren < code.length() && Character.isWhitespace(code.charAt(paren))) {
            paren++;
        }
        if (paren < code.length() && code.charAt(paren) == '(') {
            end = paren + 1; // of a call, JShell documents the overloads
        }
        sources.add(List.of(), shell.classpath());
        Documentation documentation = new Documentation(shell);
        for (Part part : List.of(relevant(code.substring(0, end)), lastStatement(code.substring(0, end)))) {
            DisplayData found = documentation.of(part.text);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private DisplayData inspectMagic(String call) {
        List<String> words = MagicSyntax.words(call);
        Magic magic = words.isEmpty() ? null : magics.find(words.get(0));
        return magic == null ? null : new DisplayData("%" + magic.name() + ": " + magic.summary());
    }

    /** The answer to an is_complete_request. */
    public JsonObject isComplete(String code) {
        JsonObject reply = new JsonObject();
        Completeness completeness;
        if (code.stripLeading().startsWith("%%")) {
            completeness = code.endsWith("\n") ? Completeness.COMPLETE : Completeness.DEFINITELY_INCOMPLETE;
        } else {
            completeness = analysis.analyzeCompletion(lastStatement(MagicSyntax.translate(code, magics.forLooking())
                                    .java())
                            .text)
                    .completeness();
        }
        if (completeness != Completeness.DEFINITELY_INCOMPLETE && !isValid(code)) {
            completeness = Completeness.UNKNOWN;
        }
        switch (completeness) {
            case UNKNOWN -> reply.addProperty("status", "invalid");
            case DEFINITELY_INCOMPLETE -> {
                reply.addProperty("status", "incomplete");
                reply.addProperty("indent", INDENT.repeat(depth(code)));
            }
            default -> reply.addProperty("status", "complete");
        }
        return reply;
    }

    private boolean isValid(String code) {
        String rest = code.stripLeading().startsWith("%%")
                ? ""
                : MagicSyntax.translate(code, magics.forLooking()).java();
        while (!rest.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            boolean finished = info.completeness().isComplete() && info.source() != null;
            if (finished && !Syntax.isValid(info.source())) {
                return false;
            }
            rest = finished && info.remaining() != null ? info.remaining() : "";
        }
        return true;
    }

    private static int depth(String code) {
        int depth = 0;
        for (char c : code.toCharArray()) {
            depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
        }
        return Math.max(0, depth);
    }
}
