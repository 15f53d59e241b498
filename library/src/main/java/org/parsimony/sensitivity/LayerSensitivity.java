package org.parsimony.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.figure.HeatMap;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.pruning.LayerWeights;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How much each layer bears: the accuracy on validation samples when one layer alone is harmed, and nothing is trained.
 *
 * <p>S. Han and others, Learning both weights and connections for efficient neural networks, NeurIPS 2015, section 3.3; the
 * sensitivity analysis of Distiller.
 *
 * @param harm what was done to one layer at a time
 * @param baseline accuracy of the network as it is
 * @param amounts from the mildest to the harshest
 * @param rows one for each layer that the harm suits
 */
public record LayerSensitivity(LayerHarm harm, double baseline, double[] amounts, List<Row> rows) {

    /**
     * One layer.
     *
     * @param layer index in the network
     * @param name of it
     * @param accuracies for each amount
     */
    public record Row(int layer, String name, double[] accuracies) {}

    /**
     * How much of a harm is asked of which layers, for the options of a step that takes both.
     *
     * @param layers indices
     * @param amounts one for each
     * @param step the step of a recipe that does this, in words; empty if no layer bears anything
     */
    public record Targets(int[] layers, double[] amounts, String step) {}

    /**
     * Harms a layer at a time. Complexity: one evaluation on the validation samples for each layer and amount.
     *
     * @param amounts from the mildest to the harshest, at least one
     */
    public static LayerSensitivity of(Model model, Dataset data, LayerHarm harm, double[] amounts, Context context) {
        Require.atLeast("number of amounts", amounts.length, 1);
        List<LayerWeights> layers = LayerWeights.chosen(model, new int[0], LayerWeights.Kinds.ALL).stream()
                .filter(layer -> harm.suits(model, layer))
                .toList();
        Require.that(!layers.isEmpty(), "the network has no layer of which a %s can be looked at", harm.amount());
        double baseline = model.evaluate(data.validation()).accuracy();
        List<Row> rows = new ArrayList<>();
        for (LayerWeights layer : layers) {
            String name = model.net().name(layer.layer());
            double[] accuracies = new double[amounts.length];
            for (int a = 0; a < amounts.length; a++) {
                context.progress().checkCancelled();
                accuracies[a] = harm.harmed(model, data, layer, amounts[a], context.within(name + ", " + amounts[a]))
                        .evaluate(data.validation())
                        .accuracy();
            }
            rows.add(new Row(layer.layer(), name, accuracies));
            context.progress().report(rows.size(), layers.size(), "sensitivity of " + name);
        }
        return new LayerSensitivity(harm, baseline, amounts.clone(), List.copyOf(rows));
    }

    /**
     * For each layer the harshest amount up to which no amount costs more accuracy than accepted; layers that bear not even
     * the mildest are left out.
     *
     * @param acceptedDrop of accuracy against the baseline, from 0 to 1: 0.01 is one point
     */
    public Targets targets(double acceptedDrop) {
        Require.between("acceptedDrop", acceptedDrop, 0, 1);
        List<Integer> layers = new ArrayList<>();
        List<Double> borne = new ArrayList<>();
        for (Row row : rows) {
            int a = 0;
            while (a < amounts.length && row.accuracies()[a] >= baseline - acceptedDrop - 1e-12) {
                a++;
            }
            if (a > 0) {
                layers.add(row.layer());
                borne.add(amounts[a - 1]);
            }
        }
        int[] indices = layers.stream().mapToInt(Integer::intValue).toArray();
        double[] each = borne.stream().mapToDouble(Double::doubleValue).toArray();
        return new Targets(indices, each, indices.length == 0 ? "" : harm.step(indices, each));
    }

    /** A row a layer: its name and the accuracy for each amount, in percent; the first row is the network as it is. */
    public Table table() {
        Table table = Table.create("accuracy, %, against " + harm.amount(), StringColumn.create("layer"));
        for (double each : amounts) {
            table.addColumns(DoubleColumn.create(text(each)));
        }
        table.stringColumn(0).append("as it is");
        rows.forEach(row -> table.stringColumn(0).append(row.name()));
        for (int a = 0; a < amounts.length; a++) {
            DoubleColumn column = table.doubleColumn(a + 1);
            column.append(100 * baseline);
            for (Row row : rows) {
                column.append(100 * row.accuracies()[a]);
            }
        }
        return table;
    }

    /** The same as colours. */
    public HeatMapChart heatMap() {
        double[][] values = rows.stream()
                .map(row -> Arrays.stream(row.accuracies())
                        .map(accuracy -> 100 * accuracy)
                        .toArray())
                .toArray(double[][]::new);
        return HeatMap.of(
                "Validation accuracy in percent, one layer at a time",
                harm.amount(),
                "layer",
                Arrays.stream(amounts).mapToObj(LayerSensitivity::text).toList(),
                rows.stream().map(Row::name).toList(),
                values);
    }

    private static String text(double amount) {
        return amount == Math.rint(amount)
                ? Long.toString((long) amount)
                : String.format(Locale.ROOT, "%.4f", amount).replaceAll("0+$", "");
    }
}
