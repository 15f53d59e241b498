package org.parsimony.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.StepTrace;
import tech.tablesaw.api.NumericColumn;

/**
 * What a claim measures of a run: a column of its row, or a reckoning with several, {@code accuracyTuned - accuracyBefore},
 * {@code psi.HAM + 45 * sum(values) / bytesDisk.dense}. The signs stand between spaces; {@code *} and {@code /} bind first.
 *
 * <p>A part is a number, a column of the measurement, {@code trace.COLUMN@KEY=NUMBER}, the value in a step's table in the row
 * whose KEY is that number, or {@code sum(COLUMN)}, over the rows of the last step's table that has the column. What was not
 * measured makes the whole NaN.
 */
public final class Metric {

    private static final Pattern SIGN = Pattern.compile(" ([-+*/]) ");
    private static final String TRACE = "trace.";
    private static final Pattern SUM = Pattern.compile("sum\\((.+)\\)");
    private static final double SAME_KEY = 1e-9;

    private final String text;
    private final List<String> parts = new ArrayList<>();
    private final List<Character> signs = new ArrayList<>();

    /**
     * Reads a metric.
     *
     * @param text as a file of claims has it
     */
    public Metric(String text) {
        this.text = text;
        Matcher sign = SIGN.matcher(text);
        int from = 0;
        while (sign.find()) {
            parts.add(text.substring(from, sign.start()).trim());
            signs.add(sign.group(1).charAt(0));
            from = sign.end();
        }
        parts.add(text.substring(from).trim());
    }

    /**
     * The value of a run.
     *
     * @throws IllegalArgumentException for a column that no measurement has; the message lists those there are
     */
    public double of(Run run) {
        double sum = 0;
        double product = part(run, parts.get(0));
        int sign = 1;
        for (int i = 0; i < signs.size(); i++) {
            double next = part(run, parts.get(i + 1));
            switch (signs.get(i)) {
                case '*' -> product *= next;
                case '/' -> product /= next;
                default -> {
                    sum += sign * product;
                    sign = signs.get(i) == '-' ? -1 : 1;
                    product = next;
                }
            }
        }
        return sum + sign * product;
    }

    private double part(Run run, String name) {
        if (name.startsWith(TRACE)) {
            return traced(run, name);
        }
        Matcher sum = SUM.matcher(name);
        if (sum.matches()) {
            return summed(run, sum.group(1));
        }
        if (Character.isDigit(name.charAt(0))) {
            return Double.parseDouble(name);
        }
        Object column = run.measurement().columns().get(name);
        if (column == null && (name.startsWith("psi.") || name.startsWith("bytesDisk."))) {
            return Double.NaN; // a code that this network was not written in
        }
        Require.that(
                column instanceof Number,
                "metric \"%s\" asks for \"%s\", which is not a number of a measurement; its columns are %s",
                text,
                name,
                run.measurement().columns().keySet());
        boolean unmeasured = column instanceof Long count && count == -1;
        return unmeasured ? Double.NaN : ((Number) column).doubleValue();
    }

    private static double traced(Run run, String name) {
        int at = name.indexOf('@');
        int equals = name.indexOf('=', at);
        Require.that(at > 0 && equals > at, "metric \"%s\" must read trace.COLUMN@KEY=NUMBER", name);
        String column = name.substring(TRACE.length(), at);
        String key = name.substring(at + 1, equals);
        double wanted = Double.parseDouble(name.substring(equals + 1));
        for (StepTrace step : run.steps()) {
            var table = step.table();
            if (table.columnNames().containsAll(List.of(column, key))) {
                for (int row = 0; row < table.rowCount(); row++) {
                    if (Math.abs(table.numberColumn(key).getDouble(row) - wanted) < SAME_KEY) {
                        return table.numberColumn(column).getDouble(row);
                    }
                }
            }
        }
        return Double.NaN;
    }

    private static double summed(Run run, String column) {
        double sum = Double.NaN;
        for (StepTrace step : run.steps()) {
            if (step.table().columnNames().contains(column)
                    && step.table().column(column) instanceof NumericColumn<?> numbers) {
                sum = numbers.sum();
            }
        }
        return sum;
    }
}
