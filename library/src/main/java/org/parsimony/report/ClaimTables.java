package org.parsimony.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parsimony.base.Records;
import org.parsimony.base.Rows;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Verdict;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** What a paper states beside what we measured. */
public final class ClaimTables {

    private static final Map<String, String> KINDS = Map.of(
            "accuracyTuned", "accuracy",
            "accuracyAfter", "accuracy before fine-tuning",
            "accuracyBefore", "accuracy of the dense network",
            "accuracyTuned - accuracyBefore", "change of accuracy",
            "lossTuned", "loss",
            "bytesMemory", "memory",
            "macsDense", "computation");

    private static final List<String> COLUMNS =
            List.of("claim", "the paper states", "paper", "ours", "n", "verdict", "why");

    private ClaimTables() {}

    /** What a claim is about, in a word or two: {@code accuracy}, {@code occupancy ψ}. */
    public static String kind(Claim claim) {
        String metric = claim.metric();
        if (metric.startsWith("psi.")) {
            return "occupancy ψ";
        }
        if (metric.startsWith("trace.")) {
            return metric.substring("trace.".length(), metric.indexOf('@'));
        }
        return KINDS.getOrDefault(metric, Arms.words(metric));
    }

    /**
     * How many claims of each kind got each verdict; a last row for all where there are several kinds. Claims that are borne
     * out but weak, so that most of those would pass them that do nothing, are counted apart.
     */
    public static Table summary(List<Judged> judged) {
        Map<String, List<Judged>> kinds = judged.stream()
                .collect(Collectors.groupingBy(one -> kind(one.claim()), LinkedHashMap::new, Collectors.toList()));
        if (kinds.size() > 1) {
            kinds.put("all", judged);
        }
        Map<String, Predicate<Judged>> counts = new LinkedHashMap<>();
        counts.put("claims", one -> true);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict.toString(), one -> one.verdict() == verdict && !isWeak(one));
        }
        counts.put("borne out, but weak", ClaimTables::isWeak);
        Rows<Map.Entry<String, List<Judged>>> rows = Rows.of(kinds.entrySet()).texts("kind", Map.Entry::getKey);
        counts.forEach((name, counted) -> rows.ints(
                name, each -> (int) each.getValue().stream().filter(counted).count()));
        return rows.table("verdicts");
    }

    private static boolean isWeak(Judged judged) {
        return judged.verdict().isBorneOut() && judged.isWeak();
    }

    /** The row of {@link #summary} for all, as a line: {@code 370 claims: 60 reproduced, …}. */
    public static String line(List<Judged> judged) {
        Table summary = summary(judged);
        int last = summary.rowCount() - 1;
        return judged.size()
                + (judged.size() == 1 ? " claim" : " claims")
                + (judged.isEmpty()
                        ? ""
                        : summary.columnNames().stream()
                                .skip(2)
                                .map(name -> summary.intColumn(name).get(last) + " " + name)
                                .collect(Collectors.joining(", ", ": ", "")));
    }

    /**
     * One row a claim, as wide as a page: what the paper states with the tolerance, ours with its 95 % interval and n, the
     * verdict, and why.
     */
    public static Table listed(List<Judged> judged) {
        return table(judged, Map.of(), COLUMNS);
    }

    /** Everything about each claim, for a file: also its data, arm and settings, where it stands, and the claim's power. */
    public static Table complete(List<Judged> judged) {
        Map<String, Function<Judged, String>> more = new LinkedHashMap<>();
        more.put("kind", one -> kind(one.claim()));
        more.put("data", one -> one.claim().dataset());
        more.put("network", one -> one.claim().network());
        if (judged.stream().anyMatch(one -> !one.claim().experiment().isEmpty())) {
            more.put("experiment", one -> one.claim().experiment());
        }
        more.put("arm", one -> one.claim().method());
        more.put("settings", one -> Records.text(List.copyOf(settings(one.claim()))));
        more.put("tier", one -> one.tier() == null ? "" : one.tier().toString());
        more.put("where", one -> one.claim().where());
        more.put("certainty", one -> one.claim().certainty().name().toLowerCase(Locale.ROOT));
        List<String> columns = new ArrayList<>(COLUMNS);
        columns.addAll(more.keySet());
        return table(judged, more, columns)
                .addColumns(DoubleColumn.create(
                        "power: share of those that do nothing and pass",
                        judged.stream().mapToDouble(Judged::power).toArray()));
    }

    private static List<String> settings(Claim claim) {
        return claim.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .sorted()
                .toList();
    }

    private static Table table(List<Judged> judged, Map<String, Function<Judged, String>> more, List<String> columns) {
        Map<String, Function<Judged, String>> cells = new LinkedHashMap<>(more);
        cells.put("claim", one -> one.claim().id());
        cells.put("the paper states", one -> one.claim().statement());
        cells.put("paper", one -> stated(one.claim()));
        cells.put("ours", one -> one.ours().n() == 0 ? "" : measured(one.claim(), one.ours()));
        cells.put("verdict", one -> one.verdict() + (isWeak(one) ? ", weak" : ""));
        cells.put("why", ClaimTables::why);
        Rows<Judged> rows = Rows.of(judged);
        for (String column : columns) {
            if (column.equals("n")) {
                rows.ints(column, one -> one.ours().n());
            } else {
                rows.texts(column, cells.get(column));
            }
        }
        return rows.table("claims");
    }

    /** What explains the verdict: its cause, how it was counted, and why it is weak. */
    private static String why(Judged one) {
        String weak = isWeak(one)
                ? String.format(
                        Locale.ROOT,
                        "%.0f %% of the runs that do nothing or choose at random pass too",
                        100 * one.power())
                : "";
        String counted = one.claim().counting().isEmpty() || one.ours().n() == 0
                ? ""
                : "counted as the authors' scripts do (" + one.claim().counting() + "); by "
                        + one.claim().metric() + " " + measured(one.claim(), one.plain()) + ", "
                        + one.plainVerdict();
        return Stream.of(one.cause(), weak, counted)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Claims that no run answers, counted by where they stand and the network that they speak of, with what is missing. */
    public static Table unmeasured(List<Judged> judged, List<Run> runs) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        for (Judged one : judged) {
            Claim claim = one.claim();
            if (one.verdict() == Verdict.NOT_MEASURED) {
                boolean network = runs.stream()
                        .anyMatch(run -> isOf(claim.dataset(), run.recipe().dataset())
                                && isOf(claim.network(), run.recipe().network()));
                counts.merge(
                        List.of(
                                claim.where(),
                                claim.dataset(),
                                claim.network(),
                                network ? "no run with these settings" : "no run of this network on this data"),
                        1,
                        Integer::sum);
            }
        }
        return Rows.of(counts.entrySet())
                .texts("where", each -> each.getKey().get(0))
                .texts("data", each -> orAny(each.getKey().get(1)))
                .texts("network", each -> orAny(each.getKey().get(2)))
                .ints("claims", Map.Entry::getValue)
                .texts("why not measured", each -> each.getKey().get(3))
                .table("not measured");
    }

    private static String orAny(String name) {
        return name.isEmpty() ? "any" : name;
    }

    private static boolean isOf(String wanted, String given) {
        return wanted.isEmpty() || wanted.equals(given);
    }

    /** {@code 0.269 ± 0.027}, {@code ≥ 0.97 − 0.01}, {@code < that of control}. */
    private static String stated(Claim claim) {
        String value = claim.against().isEmpty() ? number(claim.value()) : "that of " + claim.against();
        String allowance = claim.allowance() == 0 ? "" : " " + number(claim.allowance());
        return switch (claim.rule()) {
            case WITHIN -> value + " ±" + (allowance.isEmpty() ? " 0" : allowance);
            case AT_LEAST -> "≥ " + value + (allowance.isEmpty() ? "" : " −" + allowance);
            case LESS_THAN -> "< " + value;
        };
    }

    private static String measured(Claim claim, Estimate ours) {
        String sign = claim.against().isEmpty() ? "" : ours.mean() > 0 ? "difference +" : "difference ";
        return sign + number(ours.mean()) + (ours.n() < 2 ? "" : " ± " + number(ours.half()));
    }

    private static String number(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }
}
