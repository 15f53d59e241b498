package org.parsimony.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.parsimony.claims.EarlierVerdict;
import org.parsimony.claims.Estimate;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Verdict;
import org.parsimony.experiment.Tier;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Verdicts of the first results pages, whose rule looked at our mean alone, beside those of today: how many there are of
 * each, and of every claim whose verdict is another one the reason, told from both numbers. A change is the rule's where the
 * rule of today gives its verdict on the earlier number too, and else that of the runs.
 *
 * @param paper the folder
 * @param earlier of the first page
 * @param now of today's runs, claim by claim
 */
public record VerdictChanges(String paper, List<EarlierVerdict> earlier, List<Judged> now) {

    public VerdictChanges {
        earlier = List.copyOf(earlier);
        now = List.copyOf(now);
    }

    /** Those of a paper, from its committed verdicts, its committed runs and this machine's store. */
    public static VerdictChanges of(String paper) {
        return new VerdictChanges(
                paper, EarlierVerdict.ofPaper(paper), ClaimReport.of(paper).judged());
    }

    /** Counts before, what the rule of today says of the same numbers, and after: a row each. */
    public Table counts() {
        StringColumn what = StringColumn.create("", "before", "before, by today's rule", "after");
        Map<String, List<Judged>> stated = stated();
        IntColumn claims = IntColumn.create("claims", new int[] {stated.size(), stated.size(), now.size()});
        List<String> ruled = earlier.stream()
                .filter(one -> stated.containsKey(one.claim()))
                .map(one -> stated.get(one.claim())
                        .get(0)
                        .claim()
                        .verdict(one.ours())
                        .toString())
                .toList();
        List<String> before = earlier.stream().map(EarlierVerdict::verdict).toList();
        List<String> after = now.stream().map(one -> one.verdict().toString()).toList();
        Table table = Table.create("counts before and after, " + paper, what, claims);
        Map<String, List<Verdict>> counted = new LinkedHashMap<>();
        counted.put("decided", List.of(Verdict.REPRODUCED, Verdict.NO_WORSE, Verdict.NOT_REPRODUCED));
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.NOT_MEASURED) {
                counted.put(verdict.toString(), List.of(verdict));
            }
        }
        counted.forEach((name, verdicts) -> table.addColumns(IntColumn.create(
                name, new int[] {count(before, verdicts), count(ruled, verdicts), count(after, verdicts)})));
        IntColumn weak = IntColumn.create("of those borne out, weak");
        weak.appendMissing().appendMissing();
        weak.append((int) now.stream()
                .filter(one -> one.verdict().isBorneOut() && one.isWeak())
                .count());
        return table.addColumns(weak);
    }

    private static int count(List<String> verdicts, List<Verdict> wanted) {
        return (int) verdicts.stream()
                .filter(verdict ->
                        wanted.stream().anyMatch(one -> one.toString().equals(verdict)))
                .count();
    }

    /** The verdicts of today on each claim as the paper makes it: one that names no data set has one on each of ours. */
    private Map<String, List<Judged>> stated() {
        return now.stream().collect(Collectors.groupingBy(one -> one.claim().statedAs()));
    }

    private record Change(EarlierVerdict before, Judged after, String reason, String detail) {}

    private List<Change> all() {
        Map<String, List<Judged>> stated = stated();
        return earlier.stream()
                .flatMap(one -> stated.getOrDefault(one.claim(), List.of()).stream()
                        .filter(judged -> !judged.verdict().toString().equals(one.verdict()))
                        .map(judged -> change(one, judged)))
                .toList();
    }

    private static Change change(EarlierVerdict before, Judged after) {
        Verdict ruled = after.claim().verdict(before.ours());
        if (after.verdict() == Verdict.NOT_MEASURED) {
            return new Change(before, after, "not measured again", "by today's rule the earlier number is " + ruled);
        }
        String numbers = number(before.ours()) + " became " + number(after.ours());
        if (!after.claim().counting().isEmpty() && after.plainVerdict() != after.verdict()) {
            return new Change(
                    before,
                    after,
                    "counted as the authors' scripts do",
                    numbers + "; by our own count " + number(after.plain()) + ", " + after.plainVerdict());
        }
        if (ruled != after.verdict()) {
            return new Change(before, after, "other runs", numbers);
        }
        String reason =
                switch (after.verdict()) {
                    case NO_WORSE -> "the claim bounds one side, and ours lies beyond the tolerance on the other";
                    case UNDECIDED ->
                        after.ours().n() < after.claim().least()
                                ? "too few repeats decide nothing"
                                : "our mean lies on one side, our interval reaches over the edge";
                    default -> "our whole interval decides";
                };
        return new Change(before, after, reason, numbers);
    }

    private static String number(Estimate estimate) {
        return String.format(Locale.ROOT, "%.4f ± %.4f (n = %d)", estimate.mean(), estimate.half(), estimate.n());
    }

    /** How many claims changed from which verdict to which, and why. */
    public Table grouped() {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        all().forEach(change -> counts.merge(
                List.of(
                        ClaimTables.kind(change.after().claim()),
                        change.before().verdict(),
                        change.after().verdict().toString(),
                        change.reason()),
                1,
                Integer::sum));
        StringColumn[] texts = {
            StringColumn.create("kind"),
            StringColumn.create("before"),
            StringColumn.create("after"),
            StringColumn.create("why")
        };
        IntColumn claims = IntColumn.create("claims");
        counts.forEach((key, count) -> {
            for (int i = 0; i < texts.length; i++) {
                texts[i].append(key.get(i));
            }
            claims.append(count);
        });
        return Table.create("changes of verdicts, " + paper, texts[0], texts[1], texts[2], claims, texts[3]);
    }

    /** Every claim whose verdict is another one, with the reason and both numbers. */
    public Table changes() {
        List<Change> all = all();
        return Table.create(
                "changes of verdicts, " + paper,
                text("claim", all, change -> change.after().claim().id()),
                text("before", all, change -> change.before().verdict()),
                text("after", all, change -> change.after().verdict().toString()),
                text("why", all, Change::reason),
                text("numbers", all, Change::detail),
                text("tier before", all, change -> change.before().tier()),
                text("tier after", all, change -> tier(change.after().tier())));
    }

    private static String tier(Tier tier) {
        return tier == null ? "" : tier.toString();
    }

    private static StringColumn text(String name, List<Change> changes, Function<Change, String> cell) {
        return StringColumn.create(name, changes.stream().map(cell).toList());
    }
}
