package org.parsimony.autoshrink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Cost;
import org.parsimony.network.graph.Blueprint;

/** What networks of cells cost. */
class Size_CountTest {

    /** Layer by layer with pencil and paper: three separable nodes and one 1×1 node, all of one width, a shortcut where shapes differ. */
    @Test
    void theAuthorsNetworkHasTheSizeThatTheyState() {
        int[] widths = {12, 24, 44, 88, 180};
        int[] cells = {1, 3, 4, 6, 4};
        long weights = 3 * 9 * 44;
        long macs = weights * 112 * 112;
        int channels = 44;
        int side = 112;
        for (int s = 0; s < widths.length; s++) {
            int w = widths[s];
            side = s == 0 ? side : side / 2;
            for (int c = 0; c < cells[s]; c++) {
                long own = 2L * (9 * channels + channels * w)
                        + 9L * (channels + w)
                        + 2L * (channels + w) * w
                        + (channels == 2 * w ? 0 : 2L * channels * w);
                weights += own;
                macs += own * side * side;
                channels = 2 * w;
            }
        }
        weights += 360L * 1280 + 1280L * 1001;
        macs += 360L * 1280 * 49 + 1280L * 1001;
        Size size = Found.imageNet();
        assertEquals(weights, size.weights());
        assertEquals(macs, size.macs());
        assertEquals(3.6, size.weights() / 1e6, 0.05, "million parameters as stated");
        assertEquals(384, size.macs() / 1e6, 0.5, "million MACs as stated");
        assertTrue(size.parameters() > size.weights());
    }

    @Test
    void countsWhatTheNetworkHas() {
        Cell cell = Shrinking.random(Cell.complete(Cell.drawn(5, new SplittableRandom(2))), 5, new SplittableRandom(3));
        for (Layout.Shortcut shortcut : Layout.Shortcut.values()) {
            Layout layout = Layout.doubling(2, new int[] {1, 2}, 2, shortcut);
            Blueprint blueprint = CellNetwork.of(cell, layout, Shape.of(1, 8, 8), 3);
            Cost cost = Cost.of(blueprint.model(CellNetwork.fresh(blueprint, new SplittableRandom(1))), 1, 8, 8);
            Size size = Size.of(blueprint);
            assertEquals(cost.parameters(), size.parameters());
            assertEquals(cost.macsDense(), size.macs());
        }
    }
}
