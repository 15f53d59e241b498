package org.parsimony.equilibrium;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Context;
import tech.tablesaw.api.Table;

/**
 * How many of several seeds learn each logic task: one success says little of a method that begins at random.
 *
 * @param rows one for each task and setting
 */
public record GateShares(List<Row> rows) {

    /**
     * One task in one setting.
     *
     * @param setting what differs between rows of a task
     * @param seeds tried
     * @param solved of them, after the last epoch
     * @param ever of them, after any epoch
     * @param diverged of them, stopped by numbers that are none
     * @param zeros mean of the weights that are zero at the end
     * @param free weights that may be other than zero
     * @param cost mean cost at the end, of those that did not diverge
     */
    public record Row(
            Gate task,
            String setting,
            int seeds,
            int solved,
            int ever,
            int diverged,
            double zeros,
            int free,
            double cost) {

        /** Share of the seeds that end with the task solved. */
        public double share() {
            return (double) solved / seeds;
        }

        /** Lower and upper end of Wilson's 95 % interval of the share. */
        public double[] interval() {
            double z = 1.959963984540054;
            double p = share();
            double middle = (p + z * z / (2 * seeds)) / (1 + z * z / seeds);
            double half = z / (1 + z * z / seeds) * Math.sqrt(p * (1 - p) / seeds + z * z / (4.0 * seeds * seeds));
            return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
        }
    }

    /** Every task with both readouts at the authors' settings. */
    public static GateShares of(Directed.Options options, int seeds, Context context, Gate... tasks) {
        List<Row> rows = new ArrayList<>();
        for (Gate task : tasks) {
            for (Readout readout : Readout.values()) {
                String name = readout == Readout.SINGLE ? "single output" : "one-hot";
                Context part = context.part(
                        (double) rows.size() / (2 * tasks.length), (rows.size() + 1.0) / (2 * tasks.length));
                rows.add(row(name, options.of(task, readout), seeds, -1, part));
            }
        }
        return new GateShares(List.copyOf(rows));
    }

    /**
     * One task as the paper prunes it, and with what it should be compared: soft thresholding, and the network that was not
     * drawn towards zero, cut by magnitude to as many zeros.
     */
    public static GateShares ofSparsity(Directed.Options options, int seeds, Context context) {
        List<Row> rows = new ArrayList<>();
        Row paper = null;
        for (Directed.Shrinkage shrinkage : Directed.Shrinkage.values()) {
            for (Directed.Removal removal : Directed.Removal.values()) {
                String name = (shrinkage == Directed.Shrinkage.NONE
                                ? "no shrinkage"
                                : shrinkage == Directed.Shrinkage.SIGN ? "sign step" : "soft threshold")
                        + (removal == Directed.Removal.NONE ? "" : ", removal");
                Row row = row(
                        name,
                        options.sparsity(shrinkage, removal),
                        seeds,
                        -1,
                        context.part(rows.size() / 8.0, (rows.size() + 1) / 8.0));
                rows.add(row);
                paper = shrinkage == Directed.Shrinkage.SIGN && removal == Directed.Removal.STOCHASTIC ? row : paper;
            }
        }
        Row soft = rows.stream()
                .filter(r -> r.setting().equals("soft threshold"))
                .findFirst()
                .orElseThrow();
        for (Row alike : List.of(paper, soft)) {
            int zeros = (int) Math.round(alike.zeros());
            rows.add(row("magnitude, " + zeros + " zeros", options, seeds, zeros, context.part(0.75, 1)));
        }
        return new GateShares(List.copyOf(rows));
    }

    private static Row row(String setting, Directed.Options options, int seeds, int zeros, Context context) {
        int solved = 0;
        int ever = 0;
        int diverged = 0;
        double zero = 0;
        double cost = 0;
        int free = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Context own = context.within("seed " + seed).part((double) seed / seeds, (seed + 1.0) / seeds);
            DirectedTraining training =
                    new DirectedTraining(options, options.task().task(), own);
            training.run();
            free = training.net().free();
            if (training.divergedAt() >= 0) {
                diverged++;
                continue;
            }
            List<DirectedRun.Epoch> epochs = training.epochs();
            DirectedRun.Epoch last =
                    zeros < 0 ? epochs.get(epochs.size() - 1) : training.looked(zeros, own.random("states, pruned"));
            solved += last.errors() == 0 ? 1 : 0;
            ever += epochs.stream().anyMatch(e -> e.errors() == 0) ? 1 : 0;
            zero += last.zeros();
            cost += last.cost();
        }
        int counted = Math.max(1, seeds - diverged);
        return new Row(options.task(), setting, seeds, solved, ever, diverged, zero / counted, free, cost / counted);
    }

    /** One row a task and setting. */
    public Table table() {
        return Rows.of(rows)
                .texts("task", Row::task)
                .texts("setting", Row::setting)
                .ints("seeds", Row::seeds)
                .ints("solved", Row::solved)
                .doubles("from", r -> r.interval()[0])
                .doubles("to", r -> r.interval()[1])
                .ints("after any epoch", Row::ever)
                .ints("diverged", Row::diverged)
                .doubles("zeros", Row::zeros)
                .ints("weights", Row::free)
                .doubles("cost", Row::cost)
                .table("seeds that learn the task");
    }

    /** Share of seeds, a bar for each setting of each task. */
    public CategoryChart figure() {
        List<String> tasks = rows.stream().map(r -> r.task().name()).distinct().toList();
        List<String> settings = rows.stream().map(Row::setting).distinct().toList();
        List<Charts.Curve> bars = new ArrayList<>();
        for (String setting : settings) {
            double[] y = tasks.stream()
                    .mapToDouble(task -> rows.stream()
                            .filter(r ->
                                    r.task().name().equals(task) && r.setting().equals(setting))
                            .mapToDouble(r -> 100 * r.share())
                            .findFirst()
                            .orElse(Double.NaN))
                    .toArray();
            bars.add(Charts.Curve.heights(setting, y));
        }
        return Charts.bars("seeds that learn the task", "task", "solved [% of the seeds]", tasks, bars);
    }
}
