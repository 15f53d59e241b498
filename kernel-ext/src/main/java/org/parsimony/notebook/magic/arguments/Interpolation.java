package org.parsimony.notebook.magic.arguments;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.parsimony.notebook.spi.Braces;
import org.parsimony.notebook.spi.Notebook;

/**
 * Replaces {@code {expression}} in the words of a magic by the value of that Java expression. A doubled brace is a brace;
 * an expression may contain blanks, and braces that are balanced.
 */
public record Interpolation(Notebook notebook) {

    /**
     * The words with every expression replaced. A value is never split into words again; of a list the items stand with
     * commas between.
     *
     * @throws IllegalArgumentException if an expression is not closed or cannot be evaluated
     */
    public List<String> of(List<String> words) {
        List<String> done = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            // Other kernels split {a + b} at its blanks: put together what one brace holds.
            String word = words.get(i);
            while (isOpen(word) && i + 1 < words.size()) {
                word += " " + words.get(++i);
            }
            done.add(replace(word));
        }
        return done;
    }

    private static boolean isOpen(String word) {
        int at = Braces.next(word, 0);
        while (at < word.length()) {
            int end = Braces.end(word, at);
            if (end < 0) {
                return true;
            }
            at = Braces.next(word, end + 1);
        }
        return false;
    }

    private String replace(String word) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < word.length() && word.charAt(i + 1) == c) {
                out.append(c);
                i++;
            } else if (c == '{') {
                int end = end(word, i);
                out.append(value(word.substring(i + 1, end)));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int end(String word, int open) {
        int end = Braces.end(word, open);
        if (end < 0) {
            throw new IllegalArgumentException("\"" + word.substring(open)
                    + "\" is not closed, but { begins a Java expression that ends with }; write {{ for a brace");
        }
        return end;
    }

    private String value(String expression) {
        Object value;
        try {
            value = notebook.eval(expression);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "{" + expression + "} is not a Java expression with a value: " + e.getMessage(), e);
        }
        if (value == null) {
            throw new IllegalArgumentException("{" + expression + "} has no value, but must have one");
        }
        return value instanceof Collection<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
