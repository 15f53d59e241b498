package org.parsimony.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.parsimony.base.Require;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * What a paper states, beside what was measured.
 *
 * <p>Only what stands in the paper's text, code, data or abstract is a claim; what one can merely infer is not, and is
 * refused on reading.
 */
public final class Claims {

    /** The columns of claims.csv. */
    public static final List<String> COLUMNS = List.of(
            "id",
            "what",
            "method",
            "dataset",
            "network",
            "metric",
            "value",
            "sd",
            "unit",
            "source",
            "certainty",
            "rule");

    private static final Set<String> CERTAINTIES = new TreeSet<>(Set.of("text", "code", "data", "abstract"));

    private static final double NOT_STATED = Double.NaN;

    private final List<Claim> claims;

    private Claims(List<Claim> claims) {
        this.claims = claims;
    }

    /**
     * One statement of a paper.
     *
     * @param id short and unique in its file
     * @param what in words
     * @param method whose result is spoken of
     * @param dataset registry name, empty for every data set that was measured
     * @param network architecture the method started from, empty for every one that was measured
     * @param metric a column of the measurement, {@code trace.NAME} for the last row of a column of the trace, or a fact
     * @param value stated, NaN where the claim compares two methods
     * @param sd stated standard deviation, NaN if none
     * @param unit of the value
     * @param source where it stands: section, table, page
     * @param certainty {@code text}, {@code code}, {@code data} or {@code abstract}
     * @param rule when it counts as reproduced; see the documentation of the file's columns in papers/README.md
     */
    public record Claim(
            String id,
            String what,
            String method,
            String dataset,
            String network,
            String metric,
            double value,
            double sd,
            String unit,
            String source,
            String certainty,
            String rule) {
        public Claim {
            Require.text("id of the claim", id);
            Require.text("text of claim " + id, what);
            Require.text("method of claim " + id, method);
            Require.text("metric of claim " + id, metric);
            Require.text("source of claim " + id, source);
            Require.that(
                    CERTAINTIES.contains(certainty),
                    "certainty of claim %s is \"%s\", but must be one of %s; what is only inferred is no claim",
                    id,
                    certainty,
                    String.join(", ", CERTAINTIES));
            Rule parsed = Rule.parse(rule);
            Require.that(
                    !Double.isNaN(value) || !parsed.method().isEmpty(),
                    "claim %s states no value, so its rule \"%s\" must compare with a method",
                    id,
                    rule);
            Require.that(!parsed.inSd() || sd > 0, "the rule of claim %s needs its sd, but none is stated", id);
        }
    }

    /**
     * One measured number.
     *
     * @param dataset as in the recipe
     * @param network as in the recipe: what the method started from
     */
    public record Fact(String method, String dataset, String network, String metric, long seed, double value) {}

    /**
     * Reads a claims.csv.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong
     */
    public static Claims read(Path file) throws IOException {
        List<Claim> claims = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int row = 0;
        try {
            List<List<String>> rows = Csv.read(Files.readString(file));
            Require.that(
                    !rows.isEmpty() && rows.get(0).equals(COLUMNS),
                    "the columns are %s, but must be %s",
                    rows.isEmpty() ? "none" : rows.get(0),
                    COLUMNS);
            for (row = 1; row < rows.size(); row++) {
                Claim claim = claim(rows.get(row));
                Require.that(ids.add(claim.id()), "the id \"%s\" stands twice; every claim has its own", claim.id());
                claims.add(claim);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + (row == 0 ? "" : ", claim number " + row) + ": " + e.getMessage(), e);
        }
        return new Claims(List.copyOf(claims));
    }

    private static Claim claim(List<String> c) {
        Require.that(c.size() == COLUMNS.size(), "there are %d cells, but must be %d", c.size(), COLUMNS.size());
        return new Claim(
                c.get(0),
                c.get(1),
                c.get(2),
                c.get(3),
                c.get(4),
                c.get(5),
                number("value", c.get(6)),
                number("sd", c.get(7)),
                c.get(8),
                c.get(9),
                c.get(10),
                c.get(11));
    }

    private static double number(String name, String text) {
        if (text.isEmpty()) {
            return NOT_STATED;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", but must be a number or empty", e);
        }
    }

    /** The claims in the order of the file. */
    public List<Claim> claims() {
        return claims;
    }

    /** Every number of the runs: the columns of the measurement, and the last row of the trace as {@code trace.NAME}. */
    public static List<Fact> facts(List<Run> runs) {
        List<Fact> facts = new ArrayList<>();
        for (Run run : runs) {
            run.measurement().columns().forEach((metric, value) -> {
                boolean measured = value instanceof Double d && !d.isNaN() || value instanceof Long n && n != -1;
                if (measured) {
                    facts.add(fact(run, metric, ((Number) value).doubleValue()));
                }
            });
            for (Column<?> column : run.trace().columns()) {
                int last = column.size() - 1;
                if (column instanceof NumericColumn<?> numbers && last >= 0 && !column.isMissing(last)) {
                    facts.add(fact(run, "trace." + column.name(), numbers.getDouble(last)));
                }
            }
        }
        return facts;
    }

    private static Fact fact(Run run, String metric, double value) {
        Recipe recipe = run.recipe();
        return new Fact(recipe.method(), recipe.dataset(), recipe.network(), metric, recipe.seed(), value);
    }

    /** The claims beside these runs; see {@link #besideFacts}. */
    public Table beside(List<Run> runs) {
        return besideFacts(facts(runs));
    }

    /**
     * One row for each claim and each data set and network on which it was measured: what is stated, the measured mean,
     * standard deviation and number of seeds, the difference to what the rule compares with, and the verdict:
     * {@code reproduced}, {@code not reproduced} or {@code not measured}.
     */
    public Table besideFacts(List<Fact> facts) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Claim claim : claims) {
            List<Fact> own = facts.stream().filter(about(claim, claim.method())).toList();
            List<List<String>> places = own.stream()
                    .map(fact -> List.of(fact.dataset(), fact.network()))
                    .distinct()
                    .sorted((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)))
                    .toList();
            for (List<String> place : places) {
                verdicts.add(judge(claim, facts, place.get(0), place.get(1)));
            }
            if (places.isEmpty()) {
                verdicts.add(
                        new Verdict(claim, claim.dataset(), claim.network(), NOT_STATED, NOT_STATED, 0, NOT_STATED));
            }
        }
        return table(verdicts);
    }

    private static Predicate<Fact> about(Claim claim, String method) {
        return fact -> fact.method().equals(method)
                && fact.metric().equals(claim.metric())
                && (claim.dataset().isEmpty() || claim.dataset().equals(fact.dataset()))
                && (claim.network().isEmpty() || claim.network().equals(fact.network()));
    }

    private record Verdict(
            Claim claim, String dataset, String network, double mean, double sd, int n, double difference) {
        String inWords() {
            if (Double.isNaN(difference)) {
                return "not measured";
            }
            return Rule.parse(claim.rule()).holds(difference, claim.sd()) ? "reproduced" : "not reproduced";
        }
    }

    private static Verdict judge(Claim claim, List<Fact> facts, String dataset, String network) {
        double[] own = values(facts, about(claim, claim.method()), dataset, network);
        double mean = Arrays.stream(own).average().orElse(Double.NaN);
        double squares = Arrays.stream(own).map(x -> (x - mean) * (x - mean)).sum();
        double sd = own.length < 2 ? Double.NaN : Math.sqrt(squares / (own.length - 1));
        String other = Rule.parse(claim.rule()).method();
        double reference = other.isEmpty()
                ? claim.value()
                : DoubleStream.of(values(facts, about(claim, other), dataset, network))
                        .average()
                        .orElse(Double.NaN);
        return new Verdict(claim, dataset, network, mean, sd, own.length, mean - reference);
    }

    private static double[] values(List<Fact> facts, Predicate<Fact> about, String dataset, String network) {
        return facts.stream()
                .filter(about)
                .filter(fact -> fact.dataset().equals(dataset) && fact.network().equals(network))
                .mapToDouble(Fact::value)
                .toArray();
    }

    private static Table table(List<Verdict> verdicts) {
        return Table.create(
                "claims",
                text("id", verdicts.stream().map(v -> v.claim.id()).toList()),
                text("what", verdicts.stream().map(v -> v.claim.what()).toList()),
                text("dataset", verdicts.stream().map(Verdict::dataset).toList()),
                text("network", verdicts.stream().map(Verdict::network).toList()),
                text("metric", verdicts.stream().map(v -> v.claim.metric()).toList()),
                numbers("stated", verdicts.stream().mapToDouble(v -> v.claim.value())),
                numbers("measured", verdicts.stream().mapToDouble(Verdict::mean)),
                numbers("sd", verdicts.stream().mapToDouble(Verdict::sd)),
                IntColumn.create("n", verdicts.stream().mapToInt(Verdict::n).toArray()),
                numbers("difference", verdicts.stream().mapToDouble(Verdict::difference)),
                text("unit", verdicts.stream().map(v -> v.claim.unit()).toList()),
                text("rule", verdicts.stream().map(v -> v.claim.rule()).toList()),
                text("verdict", verdicts.stream().map(Verdict::inWords).toList()),
                text(
                        "certainty",
                        verdicts.stream().map(v -> v.claim.certainty()).toList()),
                text("source", verdicts.stream().map(v -> v.claim.source()).toList()));
    }

    private static StringColumn text(String name, List<String> cells) {
        return StringColumn.create(name, cells);
    }

    private static DoubleColumn numbers(String name, DoubleStream cells) {
        return DoubleColumn.create(name, cells.boxed().collect(Collectors.toList()));
    }
}
