package org.parsimony.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Claim.Verdict;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a paper states beside what we measured. */
public final class ClaimTables {

    private ClaimTables() {}

    /**
     * One row for each claim. The tolerance is what the verdict allows: {@code ± 0.01} about the paper's value, {@code − 0.01}
     * below a bound that may be passed upwards as far as one likes, nothing where ours must be lower.
     */
    public static Table claims(List<Claim> claims, List<Run> runs) {
        StringColumn id = StringColumn.create("claim");
        StringColumn paper = StringColumn.create("paper");
        StringColumn tolerance = StringColumn.create("tolerance");
        StringColumn measured = StringColumn.create("ours");
        StringColumn verdict = StringColumn.create("verdict");
        StringColumn tier = StringColumn.create("tier");
        IntColumn seeds = IntColumn.create("seeds");
        StringColumn statement = StringColumn.create("the paper states");
        StringColumn where = StringColumn.create("where");
        StringColumn certainty = StringColumn.create("certainty");
        for (Claim claim : claims) {
            Claim.Judged judged = claim.judge(runs);
            id.append(claim.id());
            paper.append(expected(claim));
            tolerance.append(tolerance(claim));
            measured.append(judged.ours().n() == 0 ? "" : measured(claim, judged.ours()));
            verdict.append(judged.verdict().toString());
            tier.append(judged.tier() == null ? "" : judged.tier().toString());
            seeds.append(judged.ours().n());
            statement.append(claim.statement());
            where.append(claim.where());
            certainty.append(claim.certainty().name().toLowerCase(Locale.ROOT));
        }
        return Table.create(
                "claims", id, paper, tolerance, measured, verdict, tier, seeds, statement, where, certainty);
    }

    /** Those claims that runs answer, as {@link #claims}. */
    public static Table measured(List<Claim> claims, List<Run> runs) {
        return claims(claims.stream().filter(claim -> isMeasured(claim, runs)).toList(), runs);
    }

    /** The other claims, counted by where they stand and the network that they speak of, with what is missing. */
    public static Table unmeasured(List<Claim> claims, List<Run> runs) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        for (Claim claim : claims) {
            if (!isMeasured(claim, runs)) {
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
        StringColumn[] texts = Arrays.stream(new String[] {"where", "data", "network", "why not measured"})
                .map(StringColumn::create)
                .toArray(StringColumn[]::new);
        IntColumn claimed = IntColumn.create("claims");
        counts.forEach((key, count) -> {
            for (int i = 0; i < texts.length; i++) {
                texts[i].append(key.get(i).isEmpty() ? "any" : key.get(i));
            }
            claimed.append(count);
        });
        return Table.create("not measured", texts[0], texts[1], texts[2], claimed, texts[3]);
    }

    /** How many claims got each verdict, all verdicts listed. */
    public static Table verdicts(List<Claim> claims, List<Run> runs) {
        Map<Verdict, Long> counts = claims.stream()
                .collect(Collectors.groupingBy(claim -> claim.judge(runs).verdict(), Collectors.counting()));
        StringColumn verdict = StringColumn.create("verdict");
        IntColumn claimed = IntColumn.create("claims");
        for (Verdict each : Verdict.values()) {
            verdict.append(each.toString());
            claimed.append(counts.getOrDefault(each, 0L).intValue());
        }
        return Table.create("verdicts", verdict, claimed);
    }

    /** {@link #verdicts} as a line: {@code 370 claims: 60 reproduced, …}. */
    public static String summary(List<Claim> claims, List<Run> runs) {
        return claims.size()
                + (claims.size() == 1 ? " claim: " : " claims: ")
                + verdicts(claims, runs).stream()
                        .map(row -> row.getInt("claims") + " " + row.getString("verdict"))
                        .collect(Collectors.joining(", "));
    }

    private static boolean isMeasured(Claim claim, List<Run> runs) {
        return claim.judge(runs).verdict() != Verdict.NOT_MEASURED;
    }

    private static boolean isOf(String wanted, String given) {
        return wanted.isEmpty() || wanted.equals(given);
    }

    private static String expected(Claim claim) {
        String rule =
                switch (claim.rule()) {
                    case WITHIN -> " is ";
                    case AT_LEAST -> " at least ";
                    case LESS_THAN -> " less than ";
                };
        if (!claim.against().isEmpty()) {
            return claim.metric() + rule + "that of " + claim.against();
        }
        return claim.metric()
                + rule
                + number(claim.value())
                + (Double.isNaN(claim.sd()) ? "" : ", sd " + number(claim.sd()));
    }

    private static String tolerance(Claim claim) {
        return switch (claim.rule()) {
            case WITHIN -> "± " + number(claim.allowance());
            case AT_LEAST -> claim.allowance() == 0 ? "none" : "− " + number(claim.allowance());
            case LESS_THAN -> "none";
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
