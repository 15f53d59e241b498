package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Describe;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;
import org.parsimony.base.With;
import org.parsimony.figure.Charts;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.Vectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The one-dimensional example: a net of radial basis functions learns another one's curve and grows by a neuron a stage
 * (after the first experiment of Liu and others 2019, whose settings were not all at hand).
 *
 * <p>Teacher and points are drawn from the seed, x uniformly from [−5, 5]. Every stage is a full-batch training by Adam, its
 * rate falling to 0 along a cosine; the stages of all ways of growing are equally long.
 */
public final class RbfToy {

    private static final double HALF_WIDTH = 5;

    private final Options options;
    private final long seed;
    private final double[] x;
    private final double[] y;

    /** The sizes of the example. */
    public record Options(
            @Describe(value = "neurons of the teacher, at least 1", least = 1) int teacher,
            @Describe(value = "standard deviation of the teacher's weights, above 0", least = 0) double deviation,
            @Describe(value = "points, at least 2", least = 2) int points,
            @Describe(value = "neurons that the net grows to, at least 1", least = 1) int most,
            @Describe(value = "steps of a stage, at least 1", least = 1) int steps,
            @Describe(value = "learning rate at the start of a stage, above 0", least = 0) double rate,
            @Describe(value = "step ε of a split, above 0", least = 0) double step,
            @Describe(value = "sum of the moduli of the weights of a signed split, at least 1", least = 1)
                    double mass) {

        public Options {
            Require.atLeast("teacher", teacher, 1);
            Require.positive("deviation", deviation);
            Require.atLeast("points", points, 2);
            Require.atLeast("most", most, 1);
            Require.atLeast("steps", steps, 1);
            Require.positive("rate", rate);
            Require.positive("step", step);
            Require.between("mass", mass, 1, 1e6);
        }

        /** A teacher of 15 neurons, 1000 points, up to 8 neurons, 3000 steps a stage. */
        public Options() {
            this(15, Math.sqrt(3), 1000, 8, 3000, 0.02, 0.01, 3);
        }

        /** These options with shorter stages. */
        public Options steps(int other) {
            return With.component(this, "steps", other);
        }

        /** These options with other points. */
        public Options points(int other) {
            return With.component(this, "points", other);
        }

        /** These options with another greatest size. */
        public Options most(int other) {
            return With.component(this, "most", other);
        }
    }

    /** How the net gets its next neuron. */
    public enum Way {
        /** Every size begins anew, with the steps of all stages up to it. */
        SCRATCH("from scratch"),
        /** A neuron of fresh weights is added. */
        NEW_NEURON("new neuron"),
        /** A neuron drawn by chance is split along a direction drawn by chance. */
        RANDOM_SPLIT("random split"),
        /** The neuron of the most negative splitting index is split. */
        SPLIT("splitting (S2D)"),
        /** The neuron whose signed pair promises most is split. */
        SIGNED_PAIR("signed splitting (S3D)");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    /**
     * One size of one net.
     *
     * @param neurons the net had at the end of the stage; a net that is stable under its split does not grow
     * @param loss half the mean squared error after the stage
     * @param least eigenvalue of any neuron's splitting matrix after it
     * @param greatest eigenvalue of any neuron's splitting matrix after it
     */
    public record Stage(Way way, long seed, int size, int neurons, double loss, double least, double greatest) {}

    /** The example with this teacher and these points. */
    public RbfToy(Options options, long seed) {
        this.options = options;
        this.seed = seed;
        RbfNet teacher = RbfNet.random(options.teacher(), options.deviation(), Seeds.random(seed, "teacher"));
        SplittableRandom random = Seeds.random(seed, "points");
        this.x = new double[options.points()];
        Arrays.setAll(x, n -> HALF_WIDTH * (2 * random.nextDouble() - 1));
        this.y = Arrays.stream(x).map(teacher::at).toArray();
    }

    /** Grows a net from one neuron, the first drawn alike for all ways. */
    public List<Stage> grow(Way way, Progress progress) {
        SplittableRandom random = Seeds.random(seed, "draws of " + way);
        RbfNet net = first();
        List<Stage> stages = new ArrayList<>();
        for (int size = 1; size <= options.most(); size++) {
            progress.checkCancelled();
            int stagesOfSteps = way == Way.SCRATCH ? size : 1;
            if (size > 1) {
                net = way == Way.SCRATCH
                        ? RbfNet.random(size, 1, Seeds.random(seed, "scratch " + size))
                        : next(net, way, random);
            }
            net.train(x, y, stagesOfSteps * options.steps(), options.rate());
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (Ends ends : spectra(net)) {
                least = Math.min(least, ends.least());
                greatest = Math.max(greatest, ends.greatest());
            }
            stages.add(new Stage(way, seed, size, net.size(), net.loss(x, y), least, greatest));
            progress.report(size, options.most(), way.title + ", " + size + " neurons");
        }
        return stages;
    }

    private RbfNet first() {
        return RbfNet.random(1, 1, Seeds.random(seed, "first neuron"));
    }

    private List<Ends> spectra(RbfNet net) {
        List<Ends> spectra = new ArrayList<>();
        for (int j = 0; j < net.size(); j++) {
            spectra.add(EigenSolver.exact(net.matrix(j, x, y)));
        }
        return spectra;
    }

    private RbfNet next(RbfNet net, Way way, SplittableRandom random) {
        if (way == Way.NEW_NEURON) {
            return net.with(RbfNet.random(1, 1, random));
        }
        if (way == Way.RANDOM_SPLIT) {
            double[] v = Vectors.directions(1, 2, random)[0];
            Ends chance = new Ends(-1, v, 0, v);
            return net.split(random.nextInt(net.size()), Scheme.POSITIVE_PAIR.of(chance, 1), options.step());
        }
        Scheme split = way == Way.SPLIT ? Scheme.POSITIVE_PAIR : Scheme.SIGNED_PAIR;
        Scheme.Plan best = Scheme.Plan.NONE;
        int which = -1;
        List<Ends> spectra = spectra(net);
        for (int j = 0; j < net.size(); j++) {
            Scheme.Plan plan = split.of(spectra.get(j), options.mass());
            which = plan.gain() < best.gain() ? j : which;
            best = plan.gain() < best.gain() ? plan : best;
        }
        return which < 0 ? net : net.split(which, best, options.step());
    }

    /** All ways of growing with seeds from 1 on, one row a way, seed and size. */
    public static Table compare(Options options, int seeds, Progress progress) {
        StringColumn way = StringColumn.create("grown by");
        IntColumn seed = IntColumn.create("seed");
        IntColumn size = IntColumn.create("size");
        IntColumn neurons = IntColumn.create("neurons");
        DoubleColumn loss = DoubleColumn.create("loss");
        DoubleColumn least = DoubleColumn.create("least eigenvalue");
        DoubleColumn greatest = DoubleColumn.create("greatest eigenvalue");
        int runs = seeds * Way.values().length;
        int done = 0;
        for (int s = 1; s <= seeds; s++) {
            RbfToy toy = new RbfToy(options, s);
            for (Way each : Way.values()) {
                Progress own = progress.part((double) done / runs, (done + 1.0) / runs);
                done++;
                for (Stage stage : toy.grow(each, own)) {
                    way.append(each.title);
                    seed.append(s);
                    size.append(stage.size());
                    neurons.append(stage.neurons());
                    loss.append(stage.loss());
                    least.append(stage.least());
                    greatest.append(stage.greatest());
                }
            }
        }
        return Table.create("radial basis functions", way, seed, size, neurons, loss, least, greatest);
    }

    /** Median loss by way of growing and size of what {@link #compare} gave. */
    public static Table medians(Table comparison) {
        Table medians = Table.create("median loss", StringColumn.create("grown by"));
        int most = (int) comparison.intColumn("size").max();
        for (int size = 1; size <= most; size++) {
            medians.addColumns(DoubleColumn.create("m = " + size));
        }
        for (Way way : Way.values()) {
            medians.stringColumn(0).append(way.title);
            for (int size = 1; size <= most; size++) {
                Table own = comparison.where(comparison
                        .stringColumn("grown by")
                        .isEqualTo(way.title)
                        .and(comparison.intColumn("size").isEqualTo(size)));
                medians.doubleColumn(size).append(own.doubleColumn("loss").median());
            }
        }
        return medians;
    }

    /** Median loss against size, a curve for each way of growing, on a logarithmic axis. */
    public static XYChart figure(Table comparison) {
        Table medians = medians(comparison);
        List<Charts.Curve> curves = new ArrayList<>();
        for (int row = 0; row < medians.rowCount(); row++) {
            double[] sizes = new double[medians.columnCount() - 1];
            double[] losses = new double[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = i + 1;
                losses[i] = Math.max(1e-12, medians.doubleColumn(i + 1).get(row));
            }
            curves.add(new Charts.Curve(medians.stringColumn(0).get(row), sizes, losses));
        }
        XYChart chart =
                Charts.lines("radial basis functions, median loss", "neurons", "loss", Charts.Spread.BARS, curves);
        chart.getStyler().setYAxisLogarithmic(true).setYAxisDecimalPattern("0.E0");
        return chart;
    }

    /**
     * Why a minimum turns into a saddle: the loss of the trained one-neuron net when its neuron moves by t along the
     * eigenvector of the least eigenvalue, whole, and when its halves move apart by ± t.
     */
    public XYChart saddle() {
        RbfNet net = first();
        net.train(x, y, options.steps(), options.rate());
        Ends ends = EigenSolver.exact(net.matrix(0, x, y));
        double[] t = new double[61];
        Arrays.setAll(t, i -> (i - 30) / 200.0);
        double[] whole = new double[t.length];
        double[] halves = new double[t.length];
        double[] v = ends.leastVector();
        double[] back = {-v[0], -v[1]};
        for (int i = 0; i < t.length; i++) {
            Scheme.Plan moved = new Scheme.Plan(0, List.of(new Scheme.Offspring(1, v)));
            Scheme.Plan apart =
                    new Scheme.Plan(0, List.of(new Scheme.Offspring(0.5, v), new Scheme.Offspring(0.5, back)));
            whole[i] = net.split(0, moved, t[i]).loss(x, y);
            halves[i] = net.split(0, apart, t[i]).loss(x, y);
        }
        return Charts.lines(
                "one neuron at its minimum, and the same in two halves",
                "displacement along the eigenvector",
                "loss",
                Charts.Spread.BARS,
                List.of(new Charts.Curve("moved as one", t, whole), new Charts.Curve("halves moved apart", t, halves)));
    }

    /** The change of the loss over ε²/2 as the step falls, beside the eigenvalue that it tends to. */
    public Table agreement() {
        RbfNet net = first();
        net.train(x, y, options.steps(), options.rate());
        Ends ends = EigenSolver.exact(net.matrix(0, x, y));
        Scheme.Plan halves = new Scheme.Plan(
                ends.least(),
                List.of(
                        new Scheme.Offspring(0.5, ends.leastVector()),
                        new Scheme.Offspring(0.5, new double[] {-ends.leastVector()[0], -ends.leastVector()[1]})));
        DoubleColumn step = DoubleColumn.create("step");
        DoubleColumn change = DoubleColumn.create("loss change over step²/2");
        DoubleColumn eigenvalue = DoubleColumn.create("least eigenvalue");
        for (double each : new double[] {0.3, 0.1, 0.03, 0.01}) {
            step.append(each);
            change.append((net.split(0, halves, each).loss(x, y) - net.loss(x, y)) / (each * each / 2));
            eigenvalue.append(ends.least());
        }
        return Table.create("promised and found", step, change, eigenvalue);
    }
}
