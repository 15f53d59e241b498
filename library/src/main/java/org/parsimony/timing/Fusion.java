package org.parsimony.timing;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Progress;
import org.parsimony.base.Rows;
import org.parsimony.network.graph.Op;
import tech.tablesaw.api.Table;

/**
 * Whether two layers one after the other run as one, by nn-Meter's rule: they do if together they save more than half of the
 * quicker one. A layer's own activation function is part of it; this is asked of what follows.
 *
 * @param first words of the layer
 * @param second words of what follows it
 * @param firstAlone seconds
 * @param secondAlone seconds
 * @param together seconds of both, one right after the other
 */
public record Fusion(String first, String second, double firstAlone, double secondAlone, double together) {

    private static final double SHARE = 0.5;
    private static final int CHANNELS = 16;
    private static final int SIDE = 28;

    /** Whether they run as one. */
    public boolean isFused() {
        return firstAlone + secondAlone - together > SHARE * Math.min(firstAlone, secondAlone);
    }

    /** Measures the pairs that other frameworks fuse, on 16 channels of 28 × 28. */
    public static List<Fusion> of(Meter meter, Progress progress) {
        List<List<Kernel>> sequences = new ArrayList<>();
        String norm = "batchnorm 0.001 0.9";
        String relu = "activation relu";
        for (String[] pair : new String[][] {
            {"conv 16 3x3 same", relu},
            {"conv 16 3x3 same", norm},
            {norm, relu},
            {"depthwise 1 3x3 same", norm},
            {"depthwise 1 3x3 same", "conv 16 1x1"},
            {relu, "max 2x2 by 2x2"},
        }) {
            Kernel a = Kernel.of(pair[0], CHANNELS, SIDE, SIDE);
            Op op = Op.parse(pair[1]);
            Kernel b = new Kernel(op, List.of(a.op().out(a.in())), null);
            sequences.add(List.of(a));
            sequences.add(List.of(b));
            sequences.add(List.of(a, b));
        }
        double[] seconds = meter.sequences(sequences, progress);
        List<Fusion> pairs = new ArrayList<>();
        for (int i = 0; i < seconds.length; i += 3) {
            List<Kernel> both = sequences.get(i + 2);
            pairs.add(new Fusion(
                    both.get(0).op().text(), both.get(1).op().text(), seconds[i], seconds[i + 1], seconds[i + 2]));
        }
        return List.copyOf(pairs);
    }

    /** One row a pair. */
    public static Table table(List<Fusion> pairs) {
        return Rows.of(pairs)
                .texts("first", Fusion::first)
                .texts("then", Fusion::second)
                .doubles("first alone, µs", pair -> 1e6 * pair.firstAlone())
                .doubles("then alone, µs", pair -> 1e6 * pair.secondAlone())
                .doubles("together, µs", pair -> 1e6 * pair.together())
                .texts("runs as one", pair -> pair.isFused() ? "yes" : "no")
                .table("pairs of layers");
    }
}
