package org.parsimony.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;

/** Times by a formula stand in for the machine: what the table makes of them is a law, what the machine takes is not. */
class LatencyTable_LawsTest {

    @TempDir
    private Path folder;

    /** a + b·inputs + c·units + d·inputs·units, in seconds, of dense layers; 1 µs and 1 ns a value of others. */
    private static double bilinear(Kernel kernel) {
        int[] widths = kernel.widths();
        return widths.length == 2
                ? 2e-6 + 3e-9 * widths[0] + 5e-9 * widths[1] + 1e-10 * widths[0] * widths[1]
                : 1e-6 + 1e-9 * kernel.work();
    }

    private FormulaMeter meter() {
        return new FormulaMeter("a machine", LatencyTable_LawsTest::bilinear);
    }

    @Property(tries = 200)
    void aWidthLiesBetweenItsNeighboursOfTheGrid(@ForAll @IntRange(min = 1, max = 100_000) int width) {
        int low = Grid.below(width);
        int high = Grid.above(width);
        assertTrue(low <= width && width <= high);
        assertTrue(high <= 2 * low && 2 * high <= 3 * low + 2, low + " " + high);
        assertEquals(low, Grid.above(low));
        assertEquals(high, Grid.below(high));
    }

    @Property(tries = 100)
    void whatIsBilinearIsInterpolatedExactlyAndSharesSumToOne(
            @ForAll @IntRange(min = 1, max = 3000) int inputs, @ForAll @IntRange(min = 1, max = 3000) int units) {
        Kernel kernel = Kernel.of("dense " + units + " relu", inputs);
        Map<Kernel, Double> around = Grid.around(kernel);
        assertEquals(
                1, around.values().stream().mapToDouble(Double::doubleValue).sum(), 1e-12);
        double between = around.entrySet().stream()
                .mapToDouble(corner -> corner.getValue() * bilinear(corner.getKey()))
                .sum();
        assertEquals(bilinear(kernel), between, 1e-12);
    }

    @Test
    void aKernelOfTheGridIsItself() {
        Kernel kernel = Kernel.of("conv 24 3x3 same relu", 16, 7, 9);
        assertEquals(Map.of(kernel, 1.0), Grid.around(kernel));
        assertEquals("conv 24 3x3 same relu < 16x7x9", kernel.key());
        Stored stored = new Stored("HAM", 0.25, 16);
        assertEquals(
                Map.of(new Kernel(kernel.op(), kernel.in(), stored), 1.0),
                Grid.around(new Kernel(kernel.op(), kernel.in(), stored)));
    }

    @Test
    void densityAndValuesLieBetweenTheirNeighbours() {
        Kernel kernel = Kernel.of("dense 32", 64);
        Map<Kernel, Double> around = Grid.around(new Kernel(kernel.op(), kernel.in(), new Stored("HAM", 0.375, 8)));
        assertEquals(4, around.size());
        around.forEach((corner, share) -> assertEquals(0.25, share, 1e-12));
        assertTrue(around.containsKey(new Kernel(kernel.op(), kernel.in(), new Stored("HAM", 0.5, 16))));
    }

    @Test
    void aNetworkIsTheSumOfItsKernelsAndTheOverheadThatWasFitted() {
        LatencyTable table = new LatencyTable(meter(), folder);
        Model model = Architectures.mlp("97-61-10", 1);
        List<Kernel> kernels = Kernels.of(model, 97).list();
        assertEquals(2, kernels.size());
        double sum =
                kernels.stream().mapToDouble(LatencyTable_LawsTest::bilinear).sum();
        for (Detail detail : List.of(Detail.EXACT, Detail.GRID)) {
            assertEquals(
                    20e-6 + 2 * 3e-6 + 1.1 * sum,
                    table.predict(model, detail, 97).seconds(),
                    1e-10);
        }
        Overhead overhead = table.overhead(Container.CHAIN, Detail.KNOWN, Progress.NONE);
        assertEquals(1.1, overhead.factor(), 1e-6);
        assertEquals(20e-6, overhead.perCall(), 1e-10);
    }

    @Test
    void masksDoNotMatterToANetworkThatMultipliesZeros() {
        Model model = Architectures.mlp("20-12-4", 1);
        Model masked = model.copy();
        masked.mask(0, masked.network().getLayer(0).getParam("W").like().assign(0));
        assertEquals(Kernels.of(model, 20), Kernels.of(masked, 20));
    }

    @Test
    void whatWasMeasuredIsKeptForThisMachineAlone() throws IOException {
        Kernel kernel = Kernel.of("max 2x2 by 2x2", 4, 8, 8);
        FormulaMeter first = meter();
        new LatencyTable(first, folder).seconds(kernel, Detail.EXACT);
        assertEquals(List.of(kernel), first.asked);
        FormulaMeter slower = new FormulaMeter("a machine", each -> 1);
        LatencyTable kept = new LatencyTable(slower, folder);
        assertEquals(bilinear(kernel), kept.seconds(kernel, Detail.EXACT), 1e-18);
        assertEquals(List.of(), slower.asked);
        FormulaMeter other = new FormulaMeter("another JDK", each -> 1);
        assertEquals(1, new LatencyTable(other, folder).seconds(kernel, Detail.EXACT));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void ofTwoProgramsThatMeasureAtOnceTheFirstCounts() {
        Kernel kernel = Kernel.of("dense 8", 8);
        LatencyTable one = new LatencyTable(meter(), folder);
        LatencyTable two = new LatencyTable(new FormulaMeter("a machine", each -> 1), folder);
        one.seconds(kernel, Detail.EXACT);
        assertEquals(bilinear(kernel), two.seconds(kernel, Detail.EXACT), 1e-18);
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        LatencyTable table = new LatencyTable(meter(), folder);
        table.seconds(Kernel.of("dense 8", 8), Detail.EXACT);
        Files.writeString(table.file(), "{\"kernels\":{\"a\":[1]},\"overheads\":{}}");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new LatencyTable(meter(), folder));
        assertTrue(e.getMessage().contains(table.file().toString()), e.getMessage());
    }

    @Test
    void whereNothingMayBeMeasuredMoreWorkNeverTakesLess() {
        // a staircase that falls now and then
        FormulaMeter noisy = new FormulaMeter("a machine", kernel -> 1e-6 * (10 + kernel.widths()[1] % 7));
        LatencyTable table = new LatencyTable(noisy, folder);
        assertThrows(IllegalArgumentException.class, () -> table.seconds(Kernel.of("dense 5", 5), Detail.KNOWN));
        for (int units = 10; units < 60; units += 5) {
            table.seconds(Kernel.of("dense " + units + " relu", 50), Detail.EXACT);
        }
        int asked = noisy.asked.size();
        double before = 0;
        for (int units = 1; units < 200; units += 3) {
            double now = table.seconds(Kernel.of("dense " + units + " relu", 51), Detail.KNOWN);
            assertTrue(now >= before, units + ": " + now + " < " + before);
            before = now;
        }
        assertEquals(asked, noisy.asked.size());
    }

    @Test
    void theMonotoneFitPoolsWhatFalls() {
        Known known = Known.of(
                List.of(new Known.Point(1, 2), new Known.Point(2, 5), new Known.Point(3, 3), new Known.Point(4, 8)));
        assertEquals(2, known.at(0.5));
        assertEquals(3, known.at(1.5));
        assertEquals(4, known.at(2));
        assertEquals(4, known.at(3));
        assertEquals(6, known.at(3.5));
        assertEquals(16, known.at(8));
    }

    @Test
    void aSlowerLayerNeverMakesANetworkQuicker() {
        Overhead overhead = new Overhead(5e-6, -2e-6, 0.9);
        double before = 0;
        for (double t = 0; t < 40e-6; t += 1e-6) {
            double whole = overhead.whole(new double[] {1e-6, t, 1e-6});
            assertTrue(whole >= before && whole >= 0.9 * t);
            before = whole;
        }
    }

    @Test
    void branchesAndDepthwiseConvolutionsAreKernels() {
        Blueprint blueprint = Blueprint.parse(
                "{\"inputs\":{\"x\":[3,8,8]},\"nodes\":[[\"a\",\"depthwise 1 3x3 same\",\"x\"],"
                        + "[\"b\",\"add\",\"a\",\"x\"],[\"c\",\"concat\",\"a\",\"b\"],[\"d\",\"flatten\",\"c\"],[\"e\",\"dense 2 softmax\",\"d\"]]}");
        Kernels kernels = Kernels.of(blueprint, Container.GRAPH);
        assertEquals(
                List.of(
                        "depthwise 1 3x3 same < 3x8x8",
                        "add < 3x8x8+3x8x8",
                        "concat < 3x8x8+3x8x8",
                        "dense 2 softmax < 384"),
                kernels.list().stream().map(Kernel::key).toList());
        assertEquals(9 * 3 * 64, kernels.get("a").macs());
        assertNotEquals(kernels.get("b").kind(), kernels.get("c").kind());
    }
}
