package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random values of a notebook's parameters: refused with a sentence, or a declaration in one line that is read again as it
 * was and holds the text that was meant. The system property {@code parsimony.cells} says how many.
 */
class Parameter_RandomValuesTest {

    private static final int TRIES = Integer.getInteger("parsimony.cells", 3000);

    private static final List<String> PIECES = List.of(
            "0",
            "-1",
            "1e999",
            "NaN",
            "99999999999999999999",
            "0.5",
            "true",
            "",
            "a b",
            "{",
            "}",
            "\"",
            "\\",
            "\\\"",
            "'",
            "; // b",
            ";",
            "//",
            "/*",
            "*/",
            "größe",
            "𝐚",
            "%",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u2028",
            "\u0085",
            "\\u0022",
            "\\n",
            " ",
            "=",
            "L",
            "f",
            "0x10",
            "1_000",
            "null",
            "\"\"\"");

    private final SplittableRandom random = new SplittableRandom(7);

    private String value() {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }

    @Test
    void everyValueMakesADeclarationThatReadsTheSame() {
        for (int i = 0; i < TRIES; i++) {
            String type = List.of("int", "long", "double", "boolean", "String").get(random.nextInt(5));
            String value = value();
            Parameter start = Parameter.of(type + " p = 1; // comment").orElseThrow();
            try {
                String source = start.with(value).source();
                Parameter back = Parameter.of(source).orElseThrow(() -> new AssertionError(source));
                assertEquals(source, back.source(), () -> value);
                assertEquals(1, source.lines().count(), () -> source);
                if (type.equals("String") && !value.matches("(?s)\".*\"")) {
                    assertEquals(value, read(back.value()), () -> value);
                }
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("parameter p is "), e.getMessage());
                assertFalse(type.equals("String"), "every text is one");
            }
        }
    }

    /** A Java literal of a text as javac reads it. */
    private static String read(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\\' && literal.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (c == '\\') {
                text.append(literal.substring(i, i + 2).translateEscapes());
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
