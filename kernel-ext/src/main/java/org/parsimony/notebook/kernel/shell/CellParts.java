package org.parsimony.notebook.kernel.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.parsimony.notebook.kernel.language.CellText;
import org.parsimony.notebook.kernel.language.MagicSyntax;

/**
 * A cell as the statements and declarations that JShell takes one by one, with what JShell cannot take put right: a package
 * line, constructors of a record without {@code public}, a sealed type whose subtypes stand beside it.
 */
final class CellParts {

    private static final Pattern PACKAGE = Pattern.compile("\\A\\s*(package\\s+[\\w.]+\\s*;)");
    private static final String MODIFIERS =
            "(?:(?:public|protected|private|static|final|abstract|strictfp|sealed|non-sealed)\\s+)*";
    private static final Pattern RECORD = Pattern.compile("\\A\\s*" + MODIFIERS + "record\\s+(\\w+)");
    private static final Pattern SEALED =
            Pattern.compile("\\A\\s*" + MODIFIERS + "sealed\\s+" + MODIFIERS + "(?:class|interface)\\s+(\\w+)");
    private static final Pattern TYPE =
            Pattern.compile("\\A\\s*" + MODIFIERS + "(?:class|interface|record|enum)\\s+(\\w+)");

    /** The JDK from which on JShell takes a subtype that is not sealed (JDK-8273257). */
    private static final int LEAVES_MAY_BE_OPEN = 18;

    private static final Pattern OPEN = Pattern.compile("\\bnon-sealed\\s");
    private static final Pattern SEAL = Pattern.compile("\\bsealed\\s|\\bpermits\\b[^{]*");

    /**
     * One statement or declaration.
     *
     * @param start where it begins in the cell's Java, without the blanks and comments before it
     * @param source its Java, with a semicolon where it lacked one
     * @param open whether its last semicolon is JShell's and not the user's
     */
    record Part(int start, String source, boolean open) {}

    private final CellText text;
    private final List<Part> parts;
    private final boolean hadPackage;

    private CellParts(CellText text, List<Part> parts, boolean hadPackage) {
        this.text = text;
        this.parts = parts;
        this.hadPackage = hadPackage;
    }

    static CellParts of(CellText cell, SourceCodeAnalysis analysis) {
        Matcher line = PACKAGE.matcher(MagicSyntax.masked(cell.java()));
        boolean hasPackage = line.find();
        CellText text = hasPackage ? cell.blanked(line.start(1), line.end(1)) : cell;
        List<Part> parts = split(text.java(), analysis);
        CellText better = withPublicConstructors(text, parts);
        if (Runtime.version().feature() < LEAVES_MAY_BE_OPEN) {
            better = withoutSealOverOpenLeaves(better, better == text ? parts : split(better.java(), analysis));
        }
        better = withPermits(better, better == text ? parts : split(better.java(), analysis));
        return new CellParts(better, better == text ? parts : split(better.java(), analysis), hasPackage);
    }

    CellText text() {
        return text;
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether the cell began with a package line, which was left out. */
    boolean hadPackage() {
        return hadPackage;
    }

    private static List<Part> split(String source, SourceCodeAnalysis analysis) {
        List<Part> parts = new ArrayList<>();
        String rest = source;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                return parts;
            }
            String statement = info.source() == null ? rest : info.source();
            // JShell miscounts the lines of a stack trace if blank lines stand before a statement.
            int blank = MagicSyntax.blank(statement);
            int start = source.length() - rest.length() + blank;
            parts.add(new Part(
                    start, statement.substring(blank), info.completeness() == Completeness.COMPLETE_WITH_SEMI));
            if (info.source() == null || info.remaining() == null) {
                return parts;
            }
            rest = info.remaining();
        }
    }

    /** JShell makes a record public, and its canonical constructor must be as well. */
    private static CellText withPublicConstructors(CellText text, List<Part> parts) {
        CellText result = text;
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            String masked = MagicSyntax.masked(part.source);
            Matcher record = RECORD.matcher(masked);
            if (!record.find()) {
                continue;
            }
            Matcher constructor = Pattern.compile("(?<=[{};]|\\A)(\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*)(protected\\s+)?"
                            + record.group(1) + "\\s*[({]")
                    .matcher(masked);
            List<int[]> places = new ArrayList<>();
            while (constructor.find()) {
                if (depth(masked, constructor.start(1)) == 1) {
                    places.add(new int[] {constructor.end(1), constructor.group(2) == null ? 0 : constructor.end(2)});
                }
            }
            for (int j = places.size() - 1; j >= 0; j--) {
                int at = places.get(j)[0];
                int end = Math.max(at, places.get(j)[1]);
                result = result.with(part.start + at, part.start + end, "public ");
            }
        }
        return result;
    }

    private static int depth(String masked, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            depth += masked.charAt(i) == '{' ? 1 : masked.charAt(i) == '}' ? -1 : 0;
        }
        return depth;
    }

    /** Types that are not sealed, and the sealed types above them, as plain ones: the only form that an old JShell takes. */
    private static CellText withoutSealOverOpenLeaves(CellText text, List<Part> parts) {
        Set<String> open = new LinkedHashSet<>();
        CellText result = text;
        for (boolean more = true; more; ) {
            more = false;
            for (Part part : parts) {
                String header = header(part.source);
                Matcher type = TYPE.matcher(header);
                boolean isOpen = type.find()
                        && (OPEN.matcher(header).find()
                                || SEALED.matcher(header).find()
                                        && subtypes(type.group(1), parts).stream()
                                                .anyMatch(open::contains));
                if (isOpen && open.add(type.group(1))) {
                    more = true;
                    for (Pattern pattern : List.of(OPEN, SEAL)) {
                        Matcher word = pattern.matcher(header);
                        while (word.find()) {
                            result = result.blanked(part.start + word.start(), part.start + word.end());
                        }
                    }
                }
            }
        }
        return result;
    }

    /** To JShell each type is a file of its own, so a sealed one must name the subtypes that the cell declares. */
    private static CellText withPermits(CellText text, List<Part> parts) {
        CellText result = text;
        for (int i = parts.size() - 1; i >= 0; i--) {
            String header = header(result.java().substring(parts.get(i).start));
            Matcher sealed = SEALED.matcher(header);
            if (sealed.find() && !header.matches("(?s).*\\bpermits\\b.*")) {
                Set<String> subtypes = subtypes(sealed.group(1), parts);
                if (!subtypes.isEmpty()) {
                    int brace = parts.get(i).start + header.length();
                    result = result.with(brace, brace, " permits " + String.join(", ", subtypes) + " ");
                }
            }
        }
        return result;
    }

    private static Set<String> subtypes(String name, List<Part> parts) {
        Set<String> subtypes = new LinkedHashSet<>();
        for (Part part : parts) {
            String header = header(part.source);
            Matcher type = TYPE.matcher(header);
            if (type.find() && header.matches("(?s).*\\b(extends|implements)\\b[^{]*\\b" + name + "\\b.*")) {
                subtypes.add(type.group(1));
            }
        }
        return subtypes;
    }

    /** What stands before the first brace. */
    private static String header(String source) {
        String masked = MagicSyntax.masked(source);
        int brace = masked.indexOf('{');
        return brace < 0 ? masked : masked.substring(0, brace);
    }
}
