package org.parsimony.notebook.run;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One declaration of a notebook's parameters cell, for example {@code int seeds = 5; // repeats}.
 *
 * @param type {@code int}, {@code long}, {@code double}, {@code boolean} or {@code String}
 * @param name of the variable
 * @param value Java literal
 * @param comment what stands behind it, possibly empty
 */
public record Parameter(String type, String name, String value, String comment) {

    /** What stands in quotation marks, a semicolon or slashes too, belongs to the value. */
    private static final String VALUE =
            "((?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'" + "|[^\"';]++)*+)";

    private static final Pattern DECLARATION = Pattern.compile(
            "\\s*(int|long|double|boolean|String)\\s+(\\w+)\\s*=\\s*" + VALUE + ";\\s*(?://\\s*(.*?)\\s*)?");

    /** The declaration on a line of source, if it is one of a parameter. */
    public static Optional<Parameter> of(String line) {
        Matcher matcher = DECLARATION.matcher(line);
        return matcher.matches()
                ? Optional.of(new Parameter(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3).strip(),
                        matcher.group(4) == null ? "" : matcher.group(4)))
                : Optional.empty();
    }

    /**
     * This parameter with another value, which is a literal of its type; a text needs no quotes.
     *
     * @throws IllegalArgumentException if {@code text} is not a value of the parameter's type
     */
    Parameter with(String text) {
        try {
            String literal =
                    switch (type) {
                        case "int" -> Integer.toString(Integer.parseInt(text));
                        case "long" -> Long.parseLong(text) + "L";
                        case "double" -> Double.toString(Double.parseDouble(text));
                        case "boolean" -> truth(text);
                        default -> quoted(text);
                    };
            return new Parameter(type, name, literal, comment);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is \"" + text + "\", but must be a value of type " + type + ", for example "
                            + value,
                    e);
        }
    }

    private static String truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
        }
        return text;
    }

    private static String quoted(String text) {
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        // JSON's escapes are Java's
        return new JsonPrimitive(isQuoted ? text.substring(1, text.length() - 1) : text).toString();
    }

    /** The literal's value, or the literal itself where it is an expression. */
    Object asObject() {
        try {
            return switch (type) {
                case "int" -> Integer.valueOf(value.replace("_", ""));
                case "long" -> Long.valueOf(value.replaceAll("[_lL]", ""));
                case "double" -> Double.valueOf(value);
                case "boolean" -> Boolean.valueOf(truth(value));
                default -> JsonParser.parseString(value).getAsString();
            };
        } catch (NumberFormatException | JsonParseException | IllegalStateException e) {
            return value;
        }
    }

    /** The declaration as source. */
    String source() {
        return type + " " + name + " = " + value + ";";
    }
}
