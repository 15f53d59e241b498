package org.parsimony.notebook.kernel.assist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.spi.LiteralCompleter;
import org.parsimony.notebook.spi.LiteralCompleter.Place;

/** Completion within strings: what extensions know, and the names of files. */
final class Literals {

    private static final Pattern CALL = Pattern.compile("(new\\s+)?([\\w$]+(?:\\s*\\.\\s*[\\w$]+)*)\\s*$");
    /** Calls whose first string is a file, whatever it looks like so far. */
    private static final Pattern TAKES_FILE = Pattern.compile(
            "(.*\\.)?(Path\\.of|Paths\\.get|resolve|new File|new FileReader|new FileInputStream|new FileWriter|File)"
                    + "|(.*\\.)?(Datasets\\.from\\w*|Table\\.read\\(\\)\\.\\w+|read|load|open|write|csv)");

    private static final int MOST_FILES = 500;

    private final List<LiteralCompleter> completers;

    Literals(List<LiteralCompleter> completers) {
        this.completers = completers;
    }

    /** Whole strings for the one that is open at the end of {@code text}, from its quote at {@code quote} on. */
    List<String> complete(String text, int quote) {
        Place place = place(text, quote);
        List<String> found = new ArrayList<>();
        for (LiteralCompleter completer : completers) {
            for (String candidate : completer.complete(place)) {
                if (candidate.startsWith(place.prefix())) {
                    found.add(candidate);
                }
            }
        }
        if (found.isEmpty()
                && (place.prefix().matches(".*[/\\\\].*|[.~].*")
                        || TAKES_FILE.matcher(place.call()).matches())) {
            found.addAll(files(place.prefix()));
        }
        return found;
    }

    /** What the string is an argument of. */
    static Place place(String text, int quote) {
        String before = MagicSyntax.masked(text.substring(0, quote));
        int depth = 0;
        int argument = 0;
        for (int i = quote - 1; i >= 0; i--) {
            char c = before.charAt(i);
            if (c == ')' || c == ']' || c == '}') {
                depth++;
            } else if (c == '(' && depth == 0) {
                Matcher call = CALL.matcher(before.substring(0, i));
                String name = call.find()
                        ? (call.group(1) == null ? "" : "new ") + call.group(2).replaceAll("\\s", "")
                        : "";
                return new Place(name, argument, text.substring(quote + 1));
            } else if (c == '(' || c == '[' || c == '{') {
                depth--;
            } else if (c == ',' && depth == 0) {
                argument++;
            } else if (c == ';' && depth == 0) {
                break;
            }
            if (depth < 0) {
                break;
            }
        }
        return new Place("", 0, text.substring(quote + 1));
    }

    /** Files and folders, these with a slash, whose path begins with {@code prefix}. */
    static List<String> files(String prefix) {
        int slash = prefix.lastIndexOf('/');
        String folder = prefix.substring(0, slash + 1);
        String start = prefix.substring(slash + 1);
        String place = folder.isEmpty()
                ? "."
                : folder.replaceFirst("^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")));
        try (Stream<Path> files = Files.list(Path.of(place))) {
            return files.filter(file -> file.getFileName().toString().startsWith(start)
                            && (!start.isEmpty()
                                    || !file.getFileName().toString().startsWith(".")))
                    .map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
