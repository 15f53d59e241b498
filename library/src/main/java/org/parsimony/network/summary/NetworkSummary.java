package org.parsimony.network.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.knowm.xchart.CategoryChart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Wiring;
import tech.tablesaw.api.Table;

/**
 * A network, a row a layer; a graph's other nodes (additions, concatenations) have rows too.
 *
 * @param rows in the order in which they are computed
 * @param batchSize samples of the batch whose time was measured, 0 if none was
 */
public record NetworkSummary(List<Row> rows, int batchSize) {

    private static final int FLOAT_BYTES = 4;
    private static final int REPEATS = 9;

    /**
     * One layer or other node.
     *
     * @param name in the network
     * @param type Deeplearning4j's name of its kind
     * @param output shape of what it gives for a sample: {@code "16 × 8 × 8"}
     * @param parameters trainable ones
     * @param zeros trainable parameters that are zero
     * @param macs multiply-accumulates for a sample
     * @param macsNonzero the same without those by a zero weight
     * @param seconds median time of the batch, NaN if it was not measured
     */
    public record Row(
            String name,
            String type,
            String output,
            long parameters,
            long zeros,
            long macs,
            long macsNonzero,
            double seconds) {}

    /**
     * What can be said without running the network.
     *
     * @param shape of a sample: {@code {inputs}} or {@code {channels, height, width}}
     */
    public static NetworkSummary of(Model model, int... shape) {
        return of(model, Map.of(), 0, shape);
    }

    /**
     * With the time of each layer for one batch on one thread, measured by itself: the median of 9 passes after 9 to warm up.
     *
     * @param samples whose first {@code batchSize} are used
     */
    public static NetworkSummary of(Model model, Samples samples, int batchSize) {
        Require.between("batchSize", batchSize, 1, samples.size());
        Samples fitted = model.fitted(samples);
        INDArray x = fitted.x(0, batchSize);
        return of(model, LayerTimes.of(model, x, REPEATS), batchSize, fitted.shape());
    }

    /**
     * With the time for a batch of samples of random values, which take as long as any.
     *
     * @param shape of a sample: {@code {inputs}} or {@code {channels, height, width}}
     */
    public static NetworkSummary measured(Model model, int batchSize, int... shape) {
        Require.atLeast("batchSize", batchSize, 1);
        SplittableRandom random = Seeds.random(0, "samples to measure with");
        float[] values = new float[batchSize * Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return of(model, new Samples(values, new int[batchSize], 2, shape), batchSize);
    }

    /**
     * The shape of the samples that a network takes, as far as it says itself.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static int[] shape(Model model) {
        Blueprint blueprint = Blueprint.of(model);
        return model.takesImages()
                ? blueprint.inputs().values().iterator().next().toArray()
                : new int[] {blueprint.inputSize()};
    }

    private static NetworkSummary of(Model model, Map<String, Double> seconds, int batchSize, int... shape) {
        Cost cost = Cost.of(model, shape);
        Map<Integer, Cost.LayerCost> costs = new HashMap<>();
        cost.layers().forEach(layer -> costs.put(layer.index(), layer));
        Wiring wiring = model.net().wiring();
        InputType input = model.takesImages()
                ? InputType.convolutional(shape[1], shape[2], shape[0])
                : InputType.feedForward(cost.inputs());
        List<InputType> outputs = model.net().nodeTypes(input);
        List<Row> rows = new ArrayList<>();
        for (int n = wiring.inputs(); n < wiring.nodes().size(); n++) {
            Wiring.Node node = wiring.nodes().get(n);
            Cost.LayerCost own = costs.get(node.layer());
            Object kind = node.conf() != null ? node.conf() : node.vertex();
            rows.add(new Row(
                    node.name(),
                    kind.getClass().getSimpleName(),
                    text(outputs.get(giver(wiring, n))),
                    own == null ? 0 : own.parameters(),
                    own == null ? 0 : own.parameters() - own.nonzeros(),
                    own == null ? 0 : own.macsDense(),
                    own == null ? 0 : own.macsNonzero(),
                    seconds.getOrDefault(node.name(), Double.NaN)));
        }
        return new NetworkSummary(List.copyOf(rows), batchSize);
    }

    /** A layer that is only a loss passes on what it reads; asked for its output, it does not know. */
    private static int giver(Wiring wiring, int n) {
        Wiring.Node node = wiring.nodes().get(n);
        return node.conf() instanceof LossLayer ? giver(wiring, node.reads().get(0)) : n;
    }

    private static String text(InputType type) {
        return type instanceof InputType.InputTypeConvolutional map
                ? map.getChannels() + " × " + map.getHeight() + " × " + map.getWidth()
                : Long.toString(type.arrayElementsPerExample());
    }

    /** Trainable parameters of all. */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** A row for each, and one of totals; shares and times are left out where there is nothing to tell. */
    public Table table() {
        double all = Math.max(1, parameters());
        Row total = new Row(
                "all",
                "",
                rows.isEmpty() ? "" : rows.get(rows.size() - 1).output(),
                parameters(),
                rows.stream().mapToLong(Row::zeros).sum(),
                rows.stream().mapToLong(Row::macs).sum(),
                rows.stream().mapToLong(Row::macsNonzero).sum(),
                rows.stream().mapToDouble(Row::seconds).sum());
        Rows<Row> table = Rows.of(Stream.concat(rows.stream(), Stream.of(total)).toList())
                .texts("layer", Row::name)
                .texts("type", Row::type)
                .texts("output", Row::output)
                .longs("parameters", Row::parameters)
                .longs("zeros", Row::zeros)
                .longs("MACs", Row::macs)
                .longs("nonzero MACs", Row::macsNonzero)
                .longs("bytes", row -> FLOAT_BYTES * row.parameters())
                .doubles("% of bytes", row -> row == total ? 100 : 100 * row.parameters() / all);
        return (batchSize == 0 ? table : table.doubles("µs, batch of " + batchSize, row -> 1e6 * row.seconds()))
                .table("summary");
    }
    /** Each layer's share of bytes, of multiply-accumulates and, if measured, of the time, in percent; those with any. */
    public CategoryChart bars() {
        List<Row> shown = rows.stream()
                .filter(row -> row.parameters() > 0 || row.macs() > 0)
                .toList();
        List<Curve> series = new ArrayList<>();
        series.add(share("bytes", shown, Row::parameters));
        series.add(share("MACs", shown, Row::macs));
        if (batchSize > 0) {
            series.add(share("time", shown, Row::seconds));
        }
        return Charts.bars(
                "Where the network's size and work are",
                "layer",
                "share, %",
                shown.stream().map(Row::name).toList(),
                series);
    }

    private static Curve share(String name, List<Row> rows, ToDoubleFunction<Row> value) {
        double sum =
                Math.max(Double.MIN_NORMAL, rows.stream().mapToDouble(value).sum());
        return Curve.heights(name, rows, row -> 100 * value.applyAsDouble(row) / sum);
    }
}
