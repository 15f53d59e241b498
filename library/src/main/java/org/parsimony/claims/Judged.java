package org.parsimony.claims;

import java.util.List;
import java.util.Locale;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

/**
 * A claim held against runs.
 *
 * @param claim the claim
 * @param tier of the runs; null if there are none
 * @param runs that answer it, at that tier
 * @param ours mean of the metric over seeds, or of its difference from the arm that it compares with, seed by seed; where the
 *     claim counts as the authors' scripts do, in their counting
 * @param verdict on it
 * @param plain the same by the metric itself; {@code ours} where the claim has no other counting
 * @param plainVerdict on that
 * @param power share of the runs of controls and random arms that would bear the claim out; NaN where there are none
 * @param exempt why its arm is trained on other terms than the one that it is compared with; empty where it is not
 */
public record Judged(
        Claim claim,
        Tier tier,
        List<Run> runs,
        Estimate ours,
        Verdict verdict,
        Estimate plain,
        Verdict plainVerdict,
        double power,
        String exempt) {

    /** A claim that more than so many of those would pass that do nothing is a weak one. */
    private static final double WEAK = 0.5;

    public Judged {
        runs = List.copyOf(runs);
    }

    /** Whether more than half of the runs that do nothing, or choose at random, would bear the claim out. */
    public boolean isWeak() {
        return power > WEAK;
    }

    /**
     * Why the verdict is not better, as a sentence made from the runs; of a claim that is borne out what must be known to
     * read it, or nothing.
     */
    public String cause() {
        String cause = reason();
        if (exempt.isEmpty() || verdict == Verdict.NOT_MEASURED) {
            return cause;
        }
        return cause + (cause.isEmpty() ? "" : "; ") + "not on the terms of " + claim.against() + ": " + exempt;
    }

    private String reason() {
        return switch (verdict) {
            case NOT_MEASURED -> "no run answers it";
            case UNDECIDED ->
                ours.n() < claim.least()
                        ? "n = " + ours.n() + ", but a verdict takes " + claim.least()
                        : "our interval reaches over the edge of what is allowed";
            case NOT_REPRODUCED -> missed();
            default -> ours.n() < Claim.REPEATS ? "n = " + ours.n() + ", the paper's n = " + claim.repeats() : "";
        };
    }

    private String missed() {
        double target = claim.against().isEmpty() ? claim.value() : 0;
        double off = ours.mean() - target;
        StringBuilder text = new StringBuilder(off > 0 ? "higher by " : off < 0 ? "lower by " : "equal");
        if (off != 0) {
            text.append(number(Math.abs(off)));
            if (claim.allowance() > 0) {
                text.append(
                        String.format(Locale.ROOT, ", %.1f times what is allowed", Math.abs(off) / claim.allowance()));
            }
        }
        if (off > 0 && claim.rule() == Verdict.Rule.WITHIN && claim.metric().startsWith("accuracy")) {
            text.append("; ours is the more accurate");
        }
        if (!claim.about().isEmpty()) {
            text.append("; ").append(claim.about());
        }
        int samples = runs.get(0).recipe().samples();
        if (tier != Tier.PAPER || samples > 0) {
            text.append("; not the paper's protocol (tier ").append(tier);
            text.append(samples > 0 ? String.format(Locale.ROOT, ", %,d training samples)", samples) : ")");
        }
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.4f", value);
    }
}
