package org.parsimony.base;

import java.util.Arrays;
import java.util.stream.Stream;

/** Lists of numbers as a person writes them into one parameter: {@code "30 60 90"}, with spaces or commas between. */
public final class Numbers {

    private Numbers() {}

    /**
     * The numbers of a text, possibly none.
     *
     * @param name of the parameter, for the message
     * @throws IllegalArgumentException naming the word that is no number
     */
    public static double[] of(String name, String text) {
        return words(text).mapToDouble(word -> number(name, word)).toArray();
    }

    /** The same for whole numbers. */
    public static int[] whole(String name, String text) {
        return words(text)
                .mapToDouble(word -> number(name, word))
                .mapToInt(number -> {
                    Require.that(
                            number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE,
                            "%s has %s, but each must be a whole number",
                            name,
                            number);
                    return (int) number;
                })
                .toArray();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+")).filter(word -> !word.isEmpty());
    }

    private static double number(String name, String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " has \"" + word + "\", but must be numbers with spaces between, for example 30 60 90", e);
        }
    }
}
