package org.parsimony.sham;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Records;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.GraphNets;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.sensitivity.LayerHarm;
import org.parsimony.sensitivity.LayerSensitivity;
import org.parsimony.sensitivity.LayerSensitivity.Row;
import tech.tablesaw.api.Table;

/** How much each layer bears, on a graph. */
class LayerSensitivity_LawsTest {

    private static final Context CONTEXT = new Context(5);
    private static final Model MODEL = GraphNets.all().get(0);
    private static final Dataset DATA = new Dataset(
            "graph",
            "Graph",
            GraphNets.samples(MODEL, 20, 1),
            GraphNets.samples(MODEL, 40, 2),
            GraphNets.samples(MODEL, 20, 3));

    /** Against half of the weights set to zero by hand. */
    @Test
    void nothingDoneIsTheBaselineAndHalfIsHalf() {
        LayerSensitivity all = LayerSensitivity.of(MODEL, DATA, LayerHarm.Of.SPARSITY, new double[] {0, 0.5}, CONTEXT);
        assertEquals(6, all.rows().size(), "five convolutions and the classes");
        for (Row row : all.rows()) {
            assertEquals(all.baseline(), row.accuracies()[0], row.name());
            Model half = MODEL.copy();
            var weights = half.net().layer(row.layer()).getParam("W");
            float[] values = weights.dup('c').data().asFloat();
            float[] sizes = values.clone();
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Math.abs(sizes[i]);
            }
            java.util.Arrays.sort(sizes);
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i]) < sizes[values.length / 2] ? 0 : values[i];
            }
            weights.assign(org.nd4j.linalg.factory.Nd4j.create(values, weights.shape(), 'c'));
            assertEquals(half.evaluate(DATA.validation()).accuracy(), row.accuracies()[1], 1e-9, row.name());
        }
    }

    @Test
    void onlyTheLayerThatIsLookedAtIsHarmed() {
        for (LayerWeights layer : LayerWeights.chosen(MODEL, new int[0], LayerWeights.Kinds.ALL)) {
            Model harmed = LayerHarm.Of.SPARSITY.harmed(MODEL, DATA, layer, 0.5, CONTEXT);
            for (int l = 0; l < MODEL.net().layers(); l++) {
                boolean same = MODEL.net().layer(l).params() == null
                        || MODEL.net()
                                .layer(l)
                                .params()
                                .equals(harmed.net().layer(l).params());
                assertEquals(l != layer.layer(), same, MODEL.net().name(l));
            }
        }
    }

    @Test
    void unitsAreLookedAtOnceForAllLayersThatAreTied() {
        LayerSensitivity units = LayerSensitivity.of(MODEL, DATA, LayerHarm.Of.UNITS, new double[] {0.2, 0.5}, CONTEXT);
        assertEquals(
                List.of("stem", "b", "c"), units.rows().stream().map(Row::name).toList());
        assertArrayEquals(
                Surgery.layers(MODEL),
                units.rows().stream().mapToInt(Row::layer).toArray());
    }

    @Test
    void asManySharedValuesAsWeightsHarmNothing() {
        LayerSensitivity shared =
                LayerSensitivity.of(MODEL, DATA, new SharedValues(Quantiser.CWS), new double[] {2048, 2}, CONTEXT);
        for (Row row : shared.rows()) {
            assertEquals(shared.baseline(), row.accuracies()[0], 1e-9, row.name());
        }
    }

    /** The step that the targets name does to each layer what was done to it alone. */
    @Test
    void theStepOfTheTargetsHarmsEachLayerAsMuch() {
        for (LayerHarm harm : LayerHarm.all()) {
            LayerSensitivity looked = LayerSensitivity.of(MODEL, DATA, harm, harm.usual(), CONTEXT);
            LayerSensitivity.Targets targets = looked.targets(0.2);
            String[] words = targets.step().split(" ");
            Map<String, Object> options = new HashMap<>();
            for (String word : List.of(words).subList(1, words.length)) {
                String[] pair = word.split("=");
                options.put(pair[0], Records.plain(pair[0], pair[1], type(words[0], pair[0])));
            }
            Model all = Methods.run(Methods.named(words[0]), MODEL, DATA, options, CONTEXT)
                    .model();
            for (int t = 0; t < targets.layers().length; t++) {
                int layer = targets.layers()[t];
                LayerWeights weights = LayerWeights.chosen(MODEL, new int[] {layer}, LayerWeights.Kinds.ALL)
                        .get(0);
                Model alone = harm.harmed(MODEL, DATA, weights, targets.amounts()[t], CONTEXT);
                assertEquals(left(harm, alone, weights), left(harm, all, weights), harm.word() + " of layer " + layer);
            }
        }
        assertEquals("k", LayerHarm.named("k").word());
        var e = assertThrows(IllegalArgumentException.class, () -> LayerHarm.named("heat"));
        assertEquals("there is no harm \"heat\"; there are sparsity, units, k", e.getMessage());
    }

    private static Class<?> type(String method, String option) {
        return Arrays.stream(Methods.named(method).options().getRecordComponents())
                .filter(component -> component.getName().equals(option))
                .findFirst()
                .orElseThrow()
                .getType();
    }

    /** Units of a layer that are still read, or values that its weights have. */
    private static long left(LayerHarm harm, Model model, LayerWeights layer) {
        if (harm == LayerHarm.Of.UNITS) {
            return Arrays.stream(Surgery.readNorms(model, layer.layer()))
                    .filter(norm -> norm > 0)
                    .count();
        }
        float[] weights = layer.read(model);
        return IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i])
                .distinct()
                .count();
    }

    @Test
    void targetsAreTheLargestSharesThatAreBorne() {
        LayerSensitivity made = new LayerSensitivity(
                LayerHarm.Of.SPARSITY,
                0.9,
                new double[] {0.3, 0.6, 0.8},
                List.of(
                        new Row(0, "a", new double[] {0.9, 0.89, 0.7}),
                        new Row(2, "b", new double[] {0.5, 0.9, 0.9}),
                        new Row(3, "c", new double[] {0.91, 0.95, 0.885})));
        LayerSensitivity.Targets targets = made.targets(0.02);
        assertArrayEquals(new int[] {0, 3}, targets.layers());
        assertArrayEquals(new double[] {0.6, 0.8}, targets.amounts());
        assertEquals("magnitude layers=0,3 ratio=0.6,0.8", targets.step());
        assertThrows(IllegalArgumentException.class, () -> made.targets(2));
        Table table = made.table();
        assertEquals(List.of("layer", "0.3", "0.6", "0.8"), table.columnNames());
        assertEquals(89, table.doubleColumn("0.6").get(1), 1e-9);
        assertEquals(3, made.heatMap().getHeatMapSeries().getYData().size());
        assertTrue(made.heatMap().getTitle().contains("one layer at a time"));
    }
}
