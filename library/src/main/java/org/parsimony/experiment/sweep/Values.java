package org.parsimony.experiment.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;

/**
 * The values that one word of a recipe takes in a sweep, as words: {@code 0.5|0.7|0.9} lists them; {@code 1e-4..1e-2:log} is a
 * range, {@code 0.5..0.9:5} five points at equal distances in it, {@code 1e-4..1e-2:5:log} at equal ratios. Between two whole
 * numbers lie whole numbers; others have four digits.
 */
public sealed interface Values {

    /** What stands between listed values. */
    String BAR = "|";

    /** Every value, in order. */
    List<String> all();

    /** One of them, or a number of the range. */
    String draw(SplittableRandom random);

    /** Whether a word stands for several values. */
    static boolean isSeveral(String word) {
        return word.contains(BAR) || Range.FORM.matcher(word).matches();
    }

    /**
     * Reads a word.
     *
     * @param name what the values are of, for messages
     */
    static Values of(String name, String word) {
        Matcher range = Range.FORM.matcher(word);
        if (range.matches()) {
            String points = range.group("points");
            return new Range(
                    name,
                    Range.number(name, range.group("low")),
                    Range.number(name, range.group("high")),
                    points == null ? 0 : Integer.parseInt(points),
                    range.group("log") == null ? Scale.LINEAR : Scale.LOGARITHMIC);
        }
        return new Listed(name, List.of(word.split("\\|", -1)));
    }

    /** How points lie in a range. */
    enum Scale {
        /** At equal distances. */
        LINEAR,
        /** At equal ratios. */
        LOGARITHMIC
    }

    /** Values one by one. */
    record Listed(String name, List<String> all) implements Values {

        public Listed {
            all = List.copyOf(all);
            Require.that(
                    all.stream().noneMatch(String::isBlank),
                    "%s has an empty value in \"%s\"; write values with | between and no spaces",
                    name,
                    String.join(BAR, all));
            Require.that(
                    new LinkedHashSet<>(all).size() == all.size(),
                    "%s has a value twice in \"%s\"; keep one",
                    name,
                    String.join(BAR, all));
        }

        @Override
        public String draw(SplittableRandom random) {
            return all.get(random.nextInt(all.size()));
        }

        @Override
        public String toString() {
            return String.join(BAR, all);
        }
    }

    /**
     * Numbers from {@code low} to {@code high}.
     *
     * @param points how many of them, at least 2; 0 for any number between
     */
    record Range(String name, BigDecimal low, BigDecimal high, int points, Scale scale) implements Values {

        private static final String NUMBER = "-?[0-9.]+?(?:[eE][-+]?[0-9]+)?";
        private static final Pattern FORM = Pattern.compile(
                "(?<low>" + NUMBER + ")\\.\\.(?<high>" + NUMBER + ")(?::(?<points>[0-9]{1,6}))?(?<log>:log)?");
        private static final MathContext DIGITS = new MathContext(4);

        public Range {
            Require.that(
                    low.compareTo(high) < 0,
                    "%s is %s..%s, but a range must go from a number to a greater one",
                    name,
                    low,
                    high);
            Require.that(
                    points == 0 || points >= 2,
                    "%s has %d points in its range, but must have at least 2",
                    name,
                    points);
            Require.that(
                    scale == Scale.LINEAR || low.signum() > 0,
                    "%s begins at %s, but a logarithmic range must begin above 0",
                    name,
                    low);
        }

        private static BigDecimal number(String name, String word) {
            try {
                return new BigDecimal(word);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        name + " has \"" + word + "\" in a range, but must have a number; write LOW..HIGH", e);
            }
        }

        private boolean isWhole() {
            return low.stripTrailingZeros().scale() <= 0
                    && high.stripTrailingZeros().scale() <= 0
                    && low.scale() <= 0
                    && high.scale() <= 0;
        }

        @Override
        public List<String> all() {
            Require.that(
                    points > 0,
                    "%s is the range %s, of which a grid must know how many points: write %s:5, or search at random",
                    name,
                    this,
                    this);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                all.add(at((double) i / (points - 1)));
            }
            return all.stream().distinct().toList();
        }

        @Override
        public String draw(SplittableRandom random) {
            if (points > 0) {
                List<String> all = all();
                return all.get(random.nextInt(all.size()));
            }
            if (isWhole() && scale == Scale.LINEAR) {
                return Long.toString(random.nextLong(low.longValueExact(), high.longValueExact() + 1));
            }
            return at(random.nextDouble());
        }

        /** The number at a share of the way. */
        private String at(double share) {
            double from = low.doubleValue();
            double to = high.doubleValue();
            double value =
                    scale == Scale.LINEAR ? from + share * (to - from) : from * Math.exp(share * Math.log(to / from));
            if (isWhole()) {
                return Long.toString(Math.round(value));
            }
            BigDecimal inside = new BigDecimal(value).round(DIGITS).max(low).min(high);
            return inside.stripTrailingZeros().toString();
        }

        @Override
        public String toString() {
            return low + ".." + high + (points > 0 ? ":" + points : "") + (scale == Scale.LINEAR ? "" : ":log");
        }
    }

    /** The product of the numbers of values; what has no number counts as endless, {@link Long#MAX_VALUE}. */
    static long combinations(List<Values> several) {
        return Arrays.stream(several.toArray(Values[]::new))
                .mapToLong(values -> values instanceof Range range && range.points == 0
                        ? Long.MAX_VALUE
                        : values.all().size())
                .reduce(
                        1,
                        (a, b) -> a == Long.MAX_VALUE || b == Long.MAX_VALUE || a > Long.MAX_VALUE / b
                                ? Long.MAX_VALUE
                                : a * b);
    }
}
