package org.parsimony.boltzmann;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Context;
import tech.tablesaw.api.Table;

/**
 * How a machine small enough to be summed up learns by each way to fill in hidden units, and by contrastive divergence: mean
 * log-likelihood, exactly, all from the same weights.
 *
 * @param curves one for each way
 */
public record ToyCurves(List<Curve> curves) {

    private static final int POINTS = 20;

    /**
     * One way.
     *
     * @param name of it
     * @param epochs at which the likelihood was summed up
     * @param logLikelihood mean over samples, nats
     * @param upper largest change of a weight between hidden layers; 0 with one
     */
    public record Curve(String name, double[] epochs, double[] logLikelihood, double upper) {}

    /**
     * Learns from all samples at once.
     *
     * @param visible samples, zeros and ones
     * @param widths of the machine; at most 12 hidden units
     * @param epochs at least 20
     */
    public static ToyCurves of(double[] visible, int[] widths, int epochs, double rate, Context context) {
        List<Curve> curves = new ArrayList<>();
        int n = visible.length / widths[0];
        for (Boltzmann.Rule rule : Boltzmann.Rule.values()) {
            for (Posterior posterior : Posterior.values()) {
                if (rule == Boltzmann.Rule.CONTRASTIVE_DIVERGENCE && posterior != Posterior.MEAN_FIELD) {
                    continue;
                }
                Boltzmann.Options options = new Boltzmann.Options()
                        .rule(rule)
                        .posterior(posterior, Flips.ALL)
                        .epochs(epochs / POINTS)
                        .learningRate(rate);
                BoltzmannMachine machine = BoltzmannMachine.drawn(widths, 0.5, visible, context.random("weights"));
                BoltzmannMachine before = machine.copy();
                double[] x = new double[POINTS + 1];
                double[] y = new double[POINTS + 1];
                for (int p = 0; p <= POINTS; p++) {
                    if (p > 0) {
                        Boltzmann.learn(machine, visible, options, context.within("part " + p));
                    }
                    x[p] = (double) p * (epochs / POINTS);
                    y[p] = mean(Exact.logLikelihood(machine, visible, n));
                }
                String name = rule == Boltzmann.Rule.FLOW
                        ? "flow, " + posterior.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        : "contrastive divergence";
                curves.add(new Curve(name, x, y, moved(before, machine)));
            }
        }
        return new ToyCurves(List.copyOf(curves));
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static double moved(BoltzmannMachine before, BoltzmannMachine after) {
        double most = 0;
        for (int l = 1; l < before.weights().length; l++) {
            for (int i = 0; i < before.weights()[l].length; i++) {
                most = Math.max(most, Math.abs(before.weights()[l][i] - after.weights()[l][i]));
            }
        }
        return most;
    }

    /** One row a way: likelihood before and after, and how far weights between hidden layers moved. */
    public Table table() {
        return Rows.of(curves)
                .texts("by", Curve::name)
                .doubles("before", c -> c.logLikelihood()[0])
                .doubles("after", c -> c.logLikelihood()[POINTS])
                .doubles("upper weights moved by", Curve::upper)
                .table("log-likelihood, summed up");
    }

    /** Mean log-likelihood by epoch. */
    public XYChart figure() {
        return Charts.lines(
                "a machine that can be summed up",
                "epoch",
                "log-likelihood [nats]",
                Charts.Spread.BAND,
                curves.stream()
                        .map(c -> new Charts.Curve(c.name(), c.epochs(), c.logLikelihood()))
                        .toList());
    }
}
