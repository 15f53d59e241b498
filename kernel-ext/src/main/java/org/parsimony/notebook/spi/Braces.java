package org.parsimony.notebook.spi;

/** {@code {expression}} among the words of a magic, whose value takes its place; a doubled brace is a brace. */
public final class Braces {

    private Braces() {}

    /**
     * Where the next expression begins.
     *
     * @param from where to look from on, outside any expression
     * @return the place of its opening brace; the length of {@code text} if there is none
     */
    public static int next(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '{') {
            i++;
        }
        return i + 1 < text.length() && text.charAt(i + 1) == '{' ? next(text, i + 2) : i;
    }

    /**
     * Where an expression ends: at the brace that closes it, those in Java's strings and characters not counted.
     *
     * @param open the place of its opening brace
     * @return the place of its closing brace; -1 if it is not closed
     */
    public static int end(String text, int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
