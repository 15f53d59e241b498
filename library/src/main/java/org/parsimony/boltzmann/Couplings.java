package org.parsimony.boltzmann;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Context;
import tech.tablesaw.api.Table;

/**
 * Couplings cut against the likelihood that is left: the smallest of each layer, or as many at random. Each cut machine has its
 * own log Z estimated.
 *
 * @param rows by which, how many, and what is left
 */
public record Couplings(List<Row> rows) {

    /** Which couplings go. */
    public enum By {
        MAGNITUDE,
        RANDOM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One cut.
     *
     * @param ratio share of each layer's couplings that were cut
     * @param likelihood log Z
     * @param bound mean lower bound of log p, nats
     * @param missed share of bits missed by one pass up and down
     */
    public record Row(By by, double ratio, Annealed likelihood, double bound, double missed) {}

    /**
     * Cuts and measures.
     *
     * @param visible samples to measure on {@code [n × visible]}
     */
    public static Couplings of(
            BoltzmannMachine machine,
            double[] visible,
            int chains,
            int temperatures,
            Context context,
            double... ratios) {
        List<Row> rows = new ArrayList<>();
        int n = visible.length / machine.widths()[0];
        for (By by : By.values()) {
            for (double ratio : ratios) {
                BoltzmannMachine cut = cut(machine, by, ratio, context.random("cut"));
                Context part = context.part(
                        (double) rows.size() / (2 * ratios.length), (rows.size() + 1.0) / (2 * ratios.length));
                Annealed annealed = Annealed.of(cut, chains, temperatures, part);
                rows.add(new Row(
                        by,
                        ratio,
                        annealed,
                        annealed.bound(cut, visible, 20, n),
                        Reconstruction.missed(cut, visible, n)));
            }
        }
        return new Couplings(List.copyOf(rows));
    }

    /** A copy with this share of each layer's couplings zero; of equal ones the first go. */
    public static BoltzmannMachine cut(BoltzmannMachine machine, By by, double ratio, SplittableRandom random) {
        Require.between("ratio", ratio, 0, 1);
        BoltzmannMachine cut = machine.copy();
        for (double[] w : cut.weights()) {
            double[] key = new double[w.length];
            Integer[] places = new Integer[w.length];
            for (int i = 0; i < w.length; i++) {
                places[i] = i;
                key[i] = by == By.RANDOM ? random.nextDouble() : Math.abs(w[i]);
            }
            Arrays.sort(places, Comparator.comparingDouble(i -> key[i]));
            for (int i = 0; i < Math.round(ratio * w.length); i++) {
                w[places[i]] = 0;
            }
        }
        return cut;
    }

    /** One row a cut. */
    public Table table() {
        return Rows.of(rows)
                .texts("by", Row::by)
                .doubles("ratio", Row::ratio)
                .doubles("log Z", r -> r.likelihood().logZ())
                .doubles("bound of log p", Row::bound)
                .doubles(
                        "from",
                        r -> r.bound() - r.likelihood().high() + r.likelihood().logZ())
                .doubles("missed bits", Row::missed)
                .table("couplings cut");
    }

    /** The bound of log p against the share cut. */
    public XYChart figure() {
        List<Charts.Curve> curves = new ArrayList<>();
        for (By by : By.values()) {
            List<Row> own = rows.stream().filter(r -> r.by() == by).toList();
            curves.add(Charts.Curve.of(by.name().toLowerCase(Locale.ROOT), own, r -> 100 * r.ratio(), Row::bound));
        }
        return Charts.lines("couplings cut", "couplings cut [%]", "bound of log p [nats]", Charts.Spread.BAND, curves);
    }
}
