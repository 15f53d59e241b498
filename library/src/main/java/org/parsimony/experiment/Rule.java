package org.parsimony.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a claim counts as reproduced. The language:
 *
 * <pre>
 * within 0.01                 the mean lies at most 0.01 from the stated value
 * within 2 sd                 at most twice the stated standard deviation from it
 * at least | at most          not below | not above the stated value
 * at least METHOD             not below the mean of METHOD on the same data set and network (also: at most,
 *                             greater than, less than)
 * at least METHOD within 0.005   the same, but 0.005 worse is allowed (also without METHOD)
 * </pre>
 *
 * @param text as it stands in claims.csv
 * @param kind {@code within}, {@code at least}, {@code at most}, {@code greater than} or {@code less than}
 * @param method with whose mean to compare, empty for the stated value
 * @param slack allowed difference, in the unit of the claim or in stated standard deviations
 * @param inSd whether {@code slack} counts standard deviations
 */
record Rule(String text, String kind, String method, double slack, boolean inSd) {

    private static final Pattern WITHIN = Pattern.compile("within (\\S+)( sd)?");
    private static final Pattern ORDER =
            Pattern.compile("(at least|at most|greater than|less than)(?: (?!within\\b)(.+?))?(?: within (\\S+))?");

    static Rule parse(String text) {
        Matcher within = WITHIN.matcher(text);
        if (within.matches()) {
            return new Rule(text, "within", "", number(text, within.group(1)), within.group(2) != null);
        }
        Matcher order = ORDER.matcher(text);
        if (order.matches()) {
            String method = order.group(2) == null ? "" : order.group(2);
            double slack = order.group(3) == null ? 0 : number(text, order.group(3));
            return new Rule(text, order.group(1), method, slack, false);
        }
        throw new IllegalArgumentException(
                "rule is \"" + text + "\", but must be \"within NUMBER\", \"within NUMBER sd\" "
                        + "or one of \"at least\", \"at most\", \"greater than\", \"less than\", each with a METHOD or without, "
                        + "and with \"within NUMBER\" behind it or without");
    }

    private static double number(String rule, String digits) {
        try {
            double number = Double.parseDouble(digits);
            if (number >= 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "rule \"" + rule + "\" holds \"" + digits + "\", but that must be a number of at least 0");
    }

    /** Whether a mean that lies {@code difference} above what it is compared with satisfies this rule. */
    boolean holds(double difference, double sd) {
        double allowed = (inSd ? slack * sd : slack) + 1e-12; // a hair, for decimal fractions
        return switch (kind) {
            case "within" -> Math.abs(difference) <= allowed;
            case "at least" -> difference >= -allowed;
            case "at most" -> difference <= allowed;
            case "greater than" -> difference > -slack;
            default -> difference < slack;
        };
    }
}
