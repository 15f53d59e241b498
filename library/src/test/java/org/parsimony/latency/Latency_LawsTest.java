package org.parsimony.latency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.timing.Kernel;
import org.parsimony.timing.LatencyTable;
import org.parsimony.timing.Meter;
import org.parsimony.timing.TimedNet;

/** On four blocks there are 256 networks, so that everything is known by counting; times are a formula. */
class Latency_LawsTest {

    private static final int BLOCKS = 4;
    private static final Evolution.Sizes SIZES = new Evolution.Sizes(10, 8, 4, 0.2);
    private static final Dataset DATA =
            Datasets.load("digits:validation=40:test=40").drawn(60, 1);
    private static final Model START = Architectures.mlp("64-4-10", 1);
    private static final Latency.Options SMALL =
            new Latency.Options().blocks(BLOCKS, 2).epochs(2).evolution(4, 4).confirmed(0);

    @TempDir
    private Path folder;

    /** 1 ns a multiply-accumulate, but 1×1 convolutions take ten times as long: multiply-accumulates tell nothing of them. */
    private record Formula() implements Meter {

        static double seconds(Kernel kernel) {
            return 1e-6 + 1e-9 * kernel.macs() * (kernel.key().contains(" 1x1 ") ? 10 : 1);
        }

        @Override
        public String machine() {
            return "a formula";
        }

        @Override
        public double[] sequences(List<List<Kernel>> sequences, Progress progress) {
            return sequences.stream().mapToDouble(each -> seconds(each.get(0))).toArray();
        }

        @Override
        public double[] networks(List<TimedNet> networks, Progress progress) {
            return networks.stream()
                    .mapToDouble(net -> net.kernels().list().stream()
                            .mapToDouble(Formula::seconds)
                            .sum())
                    .toArray();
        }
    }

    private LatencyTable table() {
        return new LatencyTable(new Formula(), folder);
    }

    private static boolean[] all() {
        boolean[] all = new boolean[BLOCKS];
        Arrays.fill(all, true);
        return all;
    }

    /** Distinct for each path, and better the more is computed in later blocks. */
    private static double accuracy(int[] path) {
        return IntStream.range(0, path.length)
                .mapToDouble(b -> path[b] * (b + 1) + 1e-3 * b * path[b] * path[b])
                .sum();
    }

    private static List<int[]> everyPath() {
        return IntStream.range(0, 256)
                .mapToObj(i -> new int[] {i & 3, i >> 2 & 3, i >> 4 & 3, i >> 6})
                .toList();
    }

    private static int price(int[] path) {
        return Arrays.stream(path).sum();
    }

    @Test
    void noPathIsScoredTwiceNoneBeyondTheLimitAndTheBestNeverFalls() {
        Evolution evolution = new Evolution(new int[BLOCKS], all(), path -> price(path) <= 6, new SplittableRandom(3));
        List<Evolution.Scored> scored = evolution.run(Latency_LawsTest::accuracy, SIZES, Progress.NONE);
        Set<List<Integer>> seen = new HashSet<>();
        scored.forEach(each -> {
            assertTrue(price(each.path()) <= 6);
            assertTrue(seen.add(Arrays.stream(each.path()).boxed().toList()), "twice: " + Space.text(each.path()));
        });
        double most = everyPath().stream()
                .filter(path -> price(path) <= 6)
                .mapToDouble(Latency_LawsTest::accuracy)
                .max()
                .orElseThrow();
        assertTrue(scored.size() <= 80);
        long better = everyPath().stream()
                .filter(path -> price(path) <= 6
                        && accuracy(path) > Evolution.best(scored, 1).get(0).accuracy())
                .count();
        assertTrue(better <= 2, better + " of 256 are better; the best is " + most);
    }

    @Test
    void blocksThatAreFixedStayAndRandomPathsAreAsMany() {
        boolean[] later = {false, false, true, true};
        int[] base = {3, 1, 0, 0};
        Evolution evolution = new Evolution(base, later, path -> true, new SplittableRandom(1));
        List<Evolution.Scored> scored = evolution.run(Latency_LawsTest::accuracy, SIZES, Progress.NONE);
        assertEquals(16, scored.size()); // all that there are
        scored.forEach(each -> assertArrayEquals(new int[] {3, 1}, Arrays.copyOf(each.path(), 2)));
        Evolution control = new Evolution(base, all(), path -> true, new SplittableRandom(1));
        assertEquals(
                80,
                control.random(Latency_LawsTest::accuracy, SIZES, Progress.NONE).size());
    }

    @Test
    void aSearchThatFindsNothingNewEnds() {
        // sixteen paths are legal, so that draws soon find nothing new
        Evolution evolution = new Evolution(
                new int[BLOCKS], all(), path -> Arrays.stream(path).allMatch(o -> o < 2), new SplittableRandom(5));
        List<Evolution.Scored> scored =
                evolution.run(Latency_LawsTest::accuracy, new Evolution.Sizes(10, 20, 2, 0), Progress.NONE);
        assertTrue(scored.size() <= 16);
        assertArrayEquals(
                new int[] {1, 1, 1, 1}, Evolution.best(scored, 1).get(0).path());
    }

    @Test
    void pathsWithTheSameOperatorShareItsWeightsAndNoOthers() {
        Space space = new Space(Shape.of(1, 8, 8), 10, BLOCKS, 3);
        int[] one = {2, 1, 3, 0};
        int[] other = {2, 0, 3, 1};
        var a = space.fresh(one, 7);
        var b = space.fresh(other, 7);
        List<String> namesA = space.shared(one);
        List<String> namesB = space.shared(other);
        assertEquals(namesA.size(), a.size());
        List<String> common = new ArrayList<>(namesA);
        common.retainAll(namesB);
        assertTrue(common.stream().anyMatch(name -> name.startsWith("block 2 conv5x5")));
        assertTrue(common.stream().noneMatch(name -> name.startsWith("block 1")));
        var valuesA = new ArrayList<>(a.values());
        var valuesB = new ArrayList<>(b.values());
        for (String name : common) {
            assertArrayEquals(
                    valuesA.get(namesA.indexOf(name)).values(),
                    valuesB.get(namesB.indexOf(name)).values());
        }
    }

    @Test
    void everyOperatorKeepsTheImageAndBuildsANetwork() {
        Space space = new Space(Shape.of(1, 9, 7), 3, BLOCKS, 2);
        int[] path = {0, 1, 2, 3};
        Blueprint blueprint = space.blueprint(path);
        Model model = blueprint.model(space.fresh(path, 1));
        assertEquals(space.shared(path).size(), blueprint.parametrised().size());
        Samples images = new Samples(new float[2 * 9 * 7], new int[2], 3, 1, 9, 7);
        assertEquals(3, model.predict(images, 0, 2).size(1));
        assertThrows(IllegalArgumentException.class, () -> new Space(Shape.of(64), 3, BLOCKS, 2));
    }

    @Test
    void theNetworkKeepsTheLimitAndTheBudget() {
        for (Latency.Search search : Latency.Search.values()) {
            FoundPath found = Latency.run(START, DATA, SMALL.search(search), new Context(1), table());
            assertTrue(found.chosen().predicted() <= found.chosen().limit() * (1 + 1e-12));
            int stages = search == Latency.Search.TWO_STAGE ? 2 : 1;
            assertEquals(stages, found.stages().size());
            assertTrue(found.stages().stream().mapToInt(FoundPath.Stage::size).sum() <= 16);
            assertEquals(1, found.trace().intColumn("last").sum());
        }
    }

    @Test
    void theSameSeedFindsTheSameNetwork() {
        FoundPath found = Latency.run(START, DATA, SMALL, new Context(1), table());
        FoundPath again = Latency.run(START, DATA, SMALL, new Context(1), table());
        assertArrayEquals(found.chosen().path(), again.chosen().path());
        assertEquals(found.chosen().accuracy(), again.chosen().accuracy());
        assertEquals(found.model().net().params(), again.model().net().params());
    }

    @Test
    void multiplyAccumulatesAllowWhatIsTooSlow() {
        Space space = new Space(Shape.of(1, 8, 8), 10, BLOCKS, 4);
        Latency.Options half = SMALL.limit(0.5);
        Pricing latency = Pricing.of(space, half, table(), new SplittableRandom(1), Progress.NONE);
        Pricing macs =
                Pricing.of(space, half.price(Latency.Price.MACS), table(), new SplittableRandom(1), Progress.NONE);
        assertEquals(latency.limit(), macs.limit());
        List<int[]> slow = everyPath().stream()
                .filter(path -> macs.allows(path) && !latency.allows(path))
                .toList();
        assertTrue(!slow.isEmpty());
        everyPath().stream()
                .filter(latency::allows)
                .forEach(path -> assertTrue(latency.latency().applyAsDouble(path) <= latency.limit()));
    }

    @Test
    void aMeasuredNetworkBeyondTheLimitIsPassedOver() {
        FoundPath found = Latency.run(START, DATA, SMALL.confirmed(5), new Context(1), table());
        assertTrue(found.chosen().measured() <= found.chosen().limit());
        assertTrue(found.verdict().contains("measured"));
    }
}
