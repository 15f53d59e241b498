package org.parsimony.floats;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.parsimony.base.Require;

/**
 * A set of numbers that few bits can hold, and how any other number becomes one of them. As a word of a recipe:
 *
 * <pre>
 * half | bfloat16 | tf32 | e4m3 | e5m2 | float      the standard formats
 * fl-M-E                                            M mantissa and E exponent bits as in the paper, FL(M, E)
 * fi-L-R                                            L bits left and R bits right of the point, FI(L, R)
 * </pre>
 *
 * <p>and behind it, after colons, {@code nearest-even}, {@code nearest-away}, {@code toward-zero}, {@code stochastic} and
 * {@code saturating}: {@code "e4m3:saturating"}, {@code "fl-7-6:nearest-even"}.
 */
public sealed interface Precision permits FloatFormat, FixedFormat {

    /** Bits of a number. */
    int bits();

    /** The greatest finite number. */
    double max();

    /** The smallest number above zero. */
    double smallest();

    /** How numbers in between are rounded. */
    Rounding rounding();

    /** The same numbers with another rounding. */
    Precision rounding(Rounding other);

    /**
     * The number of this format for {@code x}. NaN stays NaN; the sign is kept, also of zero.
     *
     * @param u uniform in [0, 1), drawn anew for every number; looked at by {@link Rounding#STOCHASTIC} alone
     */
    double round(double x, double u);

    /** The word that {@link #parse} reads, or a description of a format that has none. */
    String text();

    /** The same. Throws IllegalArgumentException if the rounding is stochastic, which needs a draw for every number. */
    default double round(double x) {
        if (rounding() == Rounding.STOCHASTIC) {
            throw new IllegalArgumentException(
                    text() + " rounds by chance, so a draw must come with every number: round(x, u)");
        }
        return round(x, 0);
    }

    /** Every value rounded. Complexity O(n). */
    default float[] round(float[] values, SplittableRandom random) {
        float[] rounded = new float[values.length];
        boolean draws = rounding() == Rounding.STOCHASTIC;
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) round(values[i], draws ? random.nextDouble() : 0);
        }
        return rounded;
    }

    /** The standard formats by their words. */
    static Map<String, FloatFormat> named() {
        return new TreeMap<>(Map.of(
                "half", FloatFormat.HALF,
                "bfloat16", FloatFormat.BFLOAT16,
                "tf32", FloatFormat.TF32,
                "e4m3", FloatFormat.E4M3,
                "e5m2", FloatFormat.E5M2,
                "float", FloatFormat.FLOAT));
    }

    /**
     * Reads the words above.
     *
     * @throws IllegalArgumentException if it is none of them; the message says what there is
     */
    static Precision parse(String text) {
        Require.text("format", text);
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split(":", -1));
        Precision format = base(words.get(0));
        for (String word : words.subList(1, words.size())) {
            if (word.equals("saturating")) {
                format = format instanceof FloatFormat f ? f.overflow(FloatFormat.Overflow.SATURATE) : format;
            } else {
                format = format.rounding(roundingOf(word));
            }
        }
        return format;
    }

    private static Precision base(String word) {
        FloatFormat known = named().get(word);
        if (known != null) {
            return known;
        }
        Require.that(
                word.matches("f[li]-\\d{1,3}-\\d{1,3}"),
                "format \"%s\" must be one of %s, fl-M-E (mantissa and exponent bits) or fi-L-R (bits left and right of the"
                        + " point)",
                word,
                String.join(", ", named().keySet()));
        String[] parts = word.split("-");
        int first = Integer.parseInt(parts[1]);
        int second = Integer.parseInt(parts[2]);
        return parts[0].equals("fl") ? FloatFormat.custom(first, second) : new FixedFormat(first, second);
    }

    private static Rounding roundingOf(String word) {
        for (Rounding rounding : Rounding.values()) {
            if (word(rounding).equals(word)) {
                return rounding;
            }
        }
        throw new IllegalArgumentException("\"" + word
                + "\" behind a format must be nearest-even, nearest-away, toward-zero," + " stochastic or saturating");
    }

    /** The word of a rounding in {@link #text}. */
    static String word(Rounding rounding) {
        return rounding.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
