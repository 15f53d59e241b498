package org.parsimony.steps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Methods;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.pruning.Learnable;
import tech.tablesaw.api.Table;

class Steps_LawsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(3);

    private static Model net() {
        return Architectures.mlp("12-20-16-4", 1);
    }

    /** Weights of few values, a third of them zero and masked. */
    private static Model few() {
        Model model = net();
        for (int l = 0; l < 3; l++) {
            var w = model.network().getLayer(l).getParam("W");
            w.assign(org.nd4j.linalg.ops.transforms.Transforms.round(w.mul(2)).divi(2));
            model.mask(l, w.neq(0).castTo(w.dataType()));
            model.tie(
                    l,
                    w.mul(2)
                            .addi(50)
                            .muli(w.neq(0).castTo(w.dataType()))
                            .subi(w.eq(0).castTo(w.dataType())));
        }
        return model;
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup().data().asFloat();
    }

    @Test
    void scratchIsDrawnFromTheContextAlone() {
        Model start = few();
        Model one = Scratch.run(start, DATA, new Scratch.Options(), CONTEXT).model();
        assertArrayEquals(
                parameters(one),
                parameters(
                        Scratch.run(net(), DATA, new Scratch.Options(), CONTEXT).model()),
                "what the weights were does not matter");
        assertFalse(Arrays.equals(
                parameters(one),
                parameters(Scratch.run(start, DATA, new Scratch.Options(), CONTEXT.at(1))
                        .model())));
        assertArrayEquals(Architectures.widths(start), Architectures.widths(one));
        assertTrue(one.constraints().isEmpty());
        double drawn = one.network().getLayer(0).getParam("W").stdNumber().doubleValue();
        assertEquals(Math.sqrt(2.0 / 12), drawn, 0.1 * drawn, "as He et al. draw");
    }

    @Test
    void scratchKeepsMasksIfItShall() {
        Model start = few();
        start.constraints().zeroBiases().add(1);
        Model fresh = Scratch.run(start, DATA, new Scratch.Options().masks(Scratch.Masks.KEEP), CONTEXT)
                .model();
        assertEquals(start.masks(), fresh.masks());
        assertTrue(fresh.constraints().ties().isEmpty());
        assertEquals(start.constraints().zeroBiases(), fresh.constraints().zeroBiases());
        for (int l = 0; l < 3; l++) {
            var w = fresh.network().getLayer(l).getParam("W");
            assertEquals(start.masks().get(l), w.neq(0).castTo(w.dataType()));
        }
    }

    /** Powerless units go, those that only they read too, and the function stays. */
    @Test
    void compactGoesOnUntilEveryUnitIsRead() {
        Model masked = Surgery.mask(net(), 2 - 1, 0, 5);
        // unit 3 of the first layer is read by units 1 and 2 of the second alone, which nothing reads once they are
        // masked
        var second = masked.network().getLayer(1).getParam("W");
        for (int unit = 3; unit < 16; unit++) {
            second.putScalar(3, unit, 0);
        }
        Model last = Surgery.mask(masked, 1, 1, 2);
        var third = last.network().getLayer(1).getParam("W");
        third.putScalar(3, 1, 0.5); // a weight into a powerless unit
        Compact.Compacted compact = Compact.run(last, DATA, new Compact.Options(), CONTEXT);
        assertArrayEquals(new int[] {12, 19, 12, 4}, Architectures.widths(compact.model()));
        assertEquals(
                last.evaluate(DATA.test()).loss(),
                compact.model().evaluate(DATA.test()).loss(),
                1e-5);
        assertEquals(List.of(20, 16), compact.before());
        Compact.Compacted again = Compact.run(compact.model(), DATA, new Compact.Options(), CONTEXT);
        assertTrue(again.verdict().startsWith("nothing was taken out"), again.verdict());
    }

    @Test
    void theFileHoldsTheNetwork() throws IOException {
        Model start = few();
        float[] before = parameters(start);
        Encode.Encoded encoded = Encode.run(start, DATA, new Encode.Options(), CONTEXT);
        assertArrayEquals(before, parameters(encoded.model()), "the network is as it was");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        encoded.coded().write(file);
        assertEquals(file.size(), encoded.fileBytes());
        assertEquals(4.0 * before.length / file.size(), encoded.ratio());
        Model back =
                CodedNetwork.read(new ByteArrayInputStream(file.toByteArray())).model();
        assertArrayEquals(before, parameters(back));
        assertEquals(20 * 16, encoded.largest().values().length);
        assertTrue(encoded.verdict().contains("a file of"), encoded.verdict());
        assertEquals(4, encoded.codeLengths().getSeriesMap().size(), "three layers and the ideal");
    }

    /** The table's layers add up to what a row says of the network, code by code. */
    @Test
    void theTableAddsUpToTheRow() {
        Encode.Encoded encoded = Encode.run(few(), DATA, new Encode.Options(), CONTEXT);
        Table table = encoded.table();
        var row = encoded.measurement().bytesDisk();
        for (String code : List.of("dense", "CSC", "index map", "CSER", "HAM", "sHAM", "prototypes")) {
            assertEquals(row.get(code), (long) table.longColumn(code).sum(), code);
        }
        for (String code : List.of("HAM", "sHAM")) {
            for (String count : List.of("published", "corrected")) {
                double bytes = 0;
                for (int l = 0; l < table.rowCount(); l++) {
                    bytes += table.doubleColumn("ψ " + code + ", " + count).get(l)
                            * table.longColumn("dense").get(l);
                }
                String name = code + (count.equals("published") ? " as published" : " corrected");
                assertEquals(row.get(name), bytes, 1.5);
            }
        }
        for (int l = 0; l < 3; l++) {
            double entropy = table.doubleColumn("entropy, bits").get(l);
            int values = table.intColumn("values").get(l);
            assertTrue(entropy > 0 && entropy <= Math.log(values) / Math.log(2));
        }
    }

    @Test
    void weightsThatDoNotRepeatHaveNoTableOfValues() {
        Encode.Encoded encoded = Encode.run(net(), DATA, new Encode.Options(), CONTEXT);
        assertEquals(
                List.of("layer", "shape", "nonzeros", "values", "entropy, bits", "dense"),
                encoded.table().columnNames());
        assertThrows(IllegalStateException.class, encoded::codeLengths);
    }

    @Test
    void theCodeIsTheOneAskedFor() {
        Encode.Encoded encoded = Encode.run(few(), DATA, new Encode.Options().dense(Code.SHAM), CONTEXT);
        encoded.coded()
                .layers()
                .forEach(layer -> assertEquals("sHAM", layer.matrix().name()));
        assertTrue(encoded.fileBytes()
                >= Encode.run(few(), DATA, new Encode.Options(), CONTEXT).fileBytes());
    }

    @Test
    void theRegistryHasTheSteps() throws IOException {
        for (String name : List.of("code", "compact", "scratch")) {
            var outcome = Methods.run(Methods.named(name), few(), DATA, java.util.Map.of(), CONTEXT);
            assertEquals(3 - (name.equals("compact") ? 1 : 0), outcome.trace().rowCount());
            assertTrue(BitmapEncoder.getBitmapBytes(outcome.figure(), BitmapFormat.PNG).length > 1000);
        }
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Methods.options(Methods.named("scratch"), java.util.Map.of("masks", "perhaps")));
        assertTrue(e.getMessage().contains("keep, drop"), e.getMessage());
    }
}
