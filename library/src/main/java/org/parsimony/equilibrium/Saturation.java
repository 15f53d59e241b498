package org.parsimony.equilibrium;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.Charts;
import org.parsimony.method.Context;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Why the limit of small β says nothing of the directed network: most units end at 0 or 1, and an output at a bound does not
 * answer a small nudge at all. Over random networks of two inputs, five hidden units and one output, with random inputs and
 * the target on the other side.
 *
 * @param units share of hidden units and outputs at 0 or 1 after the free phase
 * @param outputs share of the networks whose output is there
 * @param betas strengths of the nudge
 * @param answering share of the networks whose output moves by more than a hundredth of β when nudged by β
 */
public record Saturation(double units, double outputs, double[] betas, double[] answering) {

    private static final int STEPS = 2000;
    private static final double DT = 0.05;

    /**
     * Of networks with normal weights.
     *
     * @param deviation of the weights
     */
    public static Saturation of(int networks, double deviation, Context context, double... betas) {
        SplittableRandom random = context.random("networks");
        int saturated = 0;
        int atBound = 0;
        int[] moved = new int[betas.length];
        for (int n = 0; n < networks; n++) {
            DirectedNet net = DirectedNet.drawn(3, 5, 1, deviation, DirectedNet.Leak.OUTGOING, random);
            double[] x = {random.nextDouble(), random.nextDouble()};
            double[] free = net.settle(net.begin(x, random), DT, STEPS);
            int out = free.length - 1;
            saturated += (int) IntStream.range(3, free.length)
                    .filter(j -> free[j] == 0 || free[j] == 1)
                    .count();
            atBound += free[out] == 0 || free[out] == 1 ? 1 : 0;
            double[] y = {free[out] > 0.5 ? 0 : 1};
            for (int b = 0; b < betas.length; b++) {
                double[] nudged = net.nudge(free, y, betas[b], DT, STEPS, new double[9][9]);
                moved[b] += Math.abs(nudged[out] - free[out]) > betas[b] / 100 ? 1 : 0;
            }
            context.progress().report(n + 1, networks, "networks");
        }
        return new Saturation(
                saturated / (6.0 * networks),
                (double) atBound / networks,
                betas.clone(),
                IntStream.of(moved).mapToDouble(m -> (double) m / networks).toArray());
    }

    /** One row for each β. */
    public Table table() {
        return Table.create(
                "networks whose output answers",
                DoubleColumn.create("β", betas),
                DoubleColumn.create("share", answering));
    }

    /** Share of networks that answer, against log₁₀ β. */
    public XYChart figure() {
        double[] x = java.util.Arrays.stream(betas).map(Math::log10).toArray();
        double[] y =
                java.util.Arrays.stream(answering).map(share -> 100 * share).toArray();
        return Charts.lines(
                "outputs that answer the nudge",
                "log₁₀ β",
                "networks [%]",
                Charts.Spread.BAND,
                java.util.List.of(new Charts.Curve("directed networks", x, y)));
    }
}
