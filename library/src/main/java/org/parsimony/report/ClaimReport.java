package org.parsimony.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Claims;
import org.parsimony.claims.Judged;
import org.parsimony.claims.Nulls;
import org.parsimony.claims.Verdict;
import org.parsimony.experiment.PaperExperiments;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import tech.tablesaw.api.Table;

/**
 * A paper's claims with their verdicts: a summary, what is not reproduced with its cause, and the rest behind a filter.
 *
 * @param title of the paper's folder, and what the filter left
 * @param judged the claims that the filter left, in the order of their file
 * @param runs that they were held against
 * @param isFiltered whether a reader has asked for some of them
 */
public record ClaimReport(String title, List<Judged> judged, List<Run> runs, boolean isFiltered) {

    public ClaimReport {
        judged = List.copyOf(judged);
        runs = List.copyOf(runs);
    }

    /** Every claim of a paper, held against its committed runs and those of this machine's store. */
    public static ClaimReport of(String paper) {
        return of(paper, Claims.ofPaper(paper), PaperRuns.of(paper), Nulls.ofPaper(paper));
    }

    /**
     * Claims held against runs, one that names an experiment of the paper against the runs of that alone.
     *
     * @throws IllegalArgumentException if a claim names an experiment that the paper has not
     */
    public static ClaimReport of(String paper, List<Claim> claims, List<Run> runs, Nulls nulls) {
        PaperExperiments experiments = PaperExperiments.of(paper);
        return new ClaimReport(
                paper,
                claims.stream()
                        .flatMap(claim -> {
                            List<Run> own = experiments.runs(claim.experiment(), runs);
                            return claim.onEachDataset(own).stream().map(one -> one.judge(own, nulls));
                        })
                        .toList(),
                runs,
                false);
    }

    /**
     * The claims that got a verdict.
     *
     * @param verdict as it is written, {@code "not reproduced"}, or {@code "weak"} for those borne out that most of those
     *     would pass that do nothing
     * @throws IllegalArgumentException if there is no such verdict; the message lists those there are
     */
    public ClaimReport withVerdict(String verdict) {
        String wanted = verdict.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("weak")) {
            return where(verdict, one -> one.verdict().isBorneOut() && one.isWeak());
        }
        Require.that(
                List.of(Verdict.values()).stream()
                        .anyMatch(each -> each.toString().equals(wanted)),
                "verdict is \"%s\", but must be weak or one of %s",
                verdict,
                List.of(Verdict.values()));
        return where(wanted, one -> one.verdict().toString().equals(wanted));
    }

    /** The claims about a data set. */
    public ClaimReport onDataset(String dataset) {
        return where(dataset, one -> one.claim().dataset().equals(dataset));
    }

    /** The claims about a network. */
    public ClaimReport ofNetwork(String network) {
        return where(network, one -> one.claim().network().equals(network));
    }

    /** The claims whose kind, as {@link ClaimTables#kind} names it, has this text in it. */
    public ClaimReport ofKind(String kind) {
        return where(kind, one -> ClaimTables.kind(one.claim()).contains(kind));
    }

    private ClaimReport where(String what, Predicate<Judged> wanted) {
        return new ClaimReport(
                title + ", " + what, judged.stream().filter(wanted).toList(), runs, true);
    }

    /** How many got which verdict, by kind; see {@link ClaimTables#summary}. */
    public Table summary() {
        return ClaimTables.summary(judged).setName(title + ": " + ClaimTables.line(judged));
    }

    /** The claims that a reader should see first: those not reproduced, or with a filter all that it left. */
    public Table listed() {
        List<Judged> first = isFiltered
                ? judged
                : judged.stream()
                        .filter(one -> one.verdict() == Verdict.NOT_REPRODUCED)
                        .toList();
        return ClaimTables.listed(first).setName(title + (isFiltered ? "" : ": not reproduced"));
    }

    /** The kinds of the claims, in the order of their first. */
    public List<String> kinds() {
        return judged.stream()
                .map(one -> ClaimTables.kind(one.claim()))
                .distinct()
                .toList();
    }

    /** Ours against the paper's for one kind, with both 95 % intervals; nothing where too few claims were measured. */
    public Optional<XYChart> figure(String kind) {
        return ClaimFigure.of(judged, kind);
    }

    /** The figure of the kind with the most measured claims, if one has enough of them. */
    public Optional<XYChart> figure() {
        return kinds().stream()
                .max((a, b) -> Long.compare(measured(a), measured(b)))
                .flatMap(this::figure);
    }

    private long measured(String kind) {
        return judged.stream()
                .filter(one ->
                        ClaimTables.kind(one.claim()).equals(kind) && one.ours().n() > 0)
                .count();
    }
}
