package org.parsimony.notebook.kernel.language;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.notebook.spi.Braces;

/** The grammar of magics in a cell: finds them between Java, splits their words, and turns them into Java. */
public final class MagicSyntax {

    /** What the translation must know about a magic's name. */
    public interface Names {

        boolean contains(String name);

        /** The Java type to which the value is cast where it is assigned, or null for none. */
        String valueType(String name, List<String> arguments);

        /** Whether the value is shown when the magic is a statement of its own. */
        boolean showsValue(String name);

        /** Whether everything after the name is one word, quotes and all. */
        boolean takesRawText(String name);

        /** Keeps a call that the translation found; returns the number under which the Java asks for it. */
        int remember(String name, List<String> arguments);
    }

    /**
     * What the names of generated functions begin with. The Java of a magic holds such a name, a number, and, where it is
     * assigned, a type: nothing that a variable, a method or a class of the user's could stand before.
     */
    public static final String RESERVED = "$parsimony$";

    /** A cell that is one magic with a body. */
    public record CellMagic(String name, List<String> arguments, String body) {}

    private MagicSyntax() {}

    /** The cell as a magic with a body, or null if it does not begin with {@code %%name}. */
    public static CellMagic cellMagic(String cell, Names names) {
        String text = cell.replace("\r\n", "\n").replace('\r', '\n').stripLeading();
        if (!text.startsWith("%%") || text.length() < 3 || !Character.isJavaIdentifierStart(text.charAt(2))) {
            return null;
        }
        int end = lineEnd(text, 0);
        String call = text.substring(2, end).strip();
        String body = end < text.length() ? text.substring(text.indexOf('\n', end) + 1) : "";
        return new CellMagic(name(call), arguments(call, names), body);
    }

    /** The cell with every line magic as a Java call; lines keep their numbers. */
    public static CellText translate(String cell, Names names) {
        CellText text = CellText.of(cell);
        String source = text.java();
        int shift = 0;
        boolean lineStart = true;
        char last = ';';
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            int end = opaqueEnd(source, i);
            if (end > i) {
                if (c != '/') {
                    last = c;
                    lineStart = false;
                }
                i = end;
            } else if (c == '%' && isCall(source, i, lineStart, last, names)) {
                end = i
                        + source.substring(i, lineEnd(source, i))
                                .stripTrailing()
                                .length();
                String java = call(source.substring(i + 1, end).strip(), !lineStart, names);
                text = text.with(i + shift, end + shift, java);
                shift += java.length() - (end - i);
                last = ';';
                i = end;
            } else {
                if (c == '\n') {
                    lineStart = true;
                } else if (!Character.isWhitespace(c)) {
                    lineStart = false;
                    last = c;
                }
                i++;
            }
        }
        return text;
    }

    /** A magic stands at the start of a line or after the equals sign of an assignment; anything else is a remainder. */
    private static boolean isCall(String cell, int at, boolean lineStart, char last, Names names) {
        if (at + 1 >= cell.length() || !Character.isJavaIdentifierStart(cell.charAt(at + 1))) {
            return false;
        }
        if (!lineStart) {
            return last == '=';
        }
        boolean afterOperand = Character.isJavaIdentifierPart(last) || last == ')' || last == ']';
        return !afterOperand || names.contains(name(cell.substring(at + 1, lineEnd(cell, at))));
    }

    /** {@code text} with blanks for comments, strings and characters; line ends stay. */
    public static String masked(String text) {
        StringBuilder masked = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            int end = opaqueEnd(text, i);
            for (int j = i; j < end; j++) {
                if (text.charAt(j) != '\n') {
                    masked.setCharAt(j, ' ');
                }
            }
            i = Math.max(i + 1, end);
        }
        return masked.toString();
    }

    /** Where the string begins that is still open at the end of {@code text}; -1 if none is. */
    public static int openString(String text) {
        int i = 0;
        while (i < text.length()) {
            int end = opaqueEnd(text, i);
            if (end == text.length() && text.charAt(i) == '"' && !text.startsWith("\"\"\"", i)) {
                return isClosed(text, i) ? -1 : i;
            }
            i = Math.max(i + 1, end);
        }
        return -1;
    }

    private static boolean isClosed(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i += text.charAt(i) == '\\' ? 2 : 1) {
            if (text.charAt(i) == '"') {
                return true;
            }
        }
        return false;
    }

    /** The end of the comment, string or character that begins at {@code at}; {@code at} itself if none does. */
    static int opaqueEnd(String text, int at) {
        if (text.startsWith("//", at)) {
            return lineEnd(text, at);
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith("\"\"\"", at)) {
            return quoteEnd(text, at + 3, "\"\"\"", text.length());
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' ? quoteEnd(text, at + 1, String.valueOf(c), lineEnd(text, at)) : at;
    }

    /** The length of the blanks and comments with which {@code text} begins; zero if there is nothing else. */
    public static int blank(String text) {
        int i = 0;
        while (i < text.length()) {
            if (Character.isWhitespace(text.charAt(i))) {
                i++;
            } else if (text.startsWith("//", i) || text.startsWith("/*", i)) {
                i = opaqueEnd(text, i);
            } else {
                return i;
            }
        }
        return 0;
    }

    private static int quoteEnd(String text, int from, String quote, int limit) {
        int i = from;
        while (i < limit && !text.startsWith(quote, i)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + quote.length(), limit);
    }

    private static int lineEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static String call(String text, boolean assigned, Names names) {
        String call = assigned && text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
        String name = name(call);
        List<String> arguments = arguments(call, names);
        String tail = "(" + names.remember(name, arguments) + ");";
        if (assigned) {
            String type = names.valueType(name, arguments);
            return (type == null ? "" : "(" + type + ") ") + RESERVED + "value" + tail;
        }
        return RESERVED + (names.showsValue(name) ? "value" : "run") + tail;
    }

    private static String name(String call) {
        int end = 0;
        while (end < call.length() && !Character.isWhitespace(call.charAt(end))) {
            end++;
        }
        return call.substring(0, end);
    }

    private static List<String> arguments(String call, Names names) {
        String name = name(call);
        String rest = call.substring(name.length()).strip();
        if (names.takesRawText(name)) {
            return rest.isEmpty() ? List.of() : List.of(rest);
        }
        return words(rest);
    }

    /**
     * The words of {@code text}: separated by blanks, joined by single or double quotes, with a backslash before a quote,
     * a blank or a backslash taking its meaning away. {@code {expression}} outside quotes is Java: in one word, and as it is
     * written.
     */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "\\\"' ".indexOf(text.charAt(i + 1)) >= 0) {
                word.append(text.charAt(++i));
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (c == '{' && expressionEnd(text, i) > i) {
                int end = expressionEnd(text, i);
                word.append(text, i, end + 1);
                begun = true;
                i = end;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                begun = true;
            } else if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** Where the expression or the doubled brace at {@code open} ends; -1 if it does not. */
    private static int expressionEnd(String text, int open) {
        return text.startsWith("{{", open) ? open + 1 : Braces.end(text, open);
    }
}
