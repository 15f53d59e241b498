package org.parsimony.autoshrink;

import java.util.Arrays;
import org.parsimony.base.Require;

/**
 * How cells become a network: a 3×3 convolution, then stages of cells of one width, max pooling at the entry of a stage, then the
 * mean of each channel and a dense layer of classes.
 *
 * @param stem filters of the first convolution
 * @param stemStep its step
 * @param widths filters of every node's convolution, by stage
 * @param cells by stage
 * @param pools step of the max pooling in the first cell of each stage; 1 for none
 * @param head filters of a 1×1 convolution before the mean; 0 for none
 * @param shortcut what runs past a cell
 */
record Layout(int stem, int stemStep, int[] widths, int[] cells, int[] pools, int head, Shortcut shortcut) {

    /** What runs past a cell. */
    enum Shortcut {
        /** Nothing; ReLU behind every node: the network of the search. */
        NONE,
        /**
         * Its input is added to its output, by a 1×1 convolution and batch norm where they differ in shape; the nodes that make
         * the output have no ReLU: the final network.
         */
        ADDED
    }

    Layout {
        Require.atLeast("filters of the first convolution", stem, 1);
        Require.atLeast("stages", widths.length, 1);
        Require.that(
                widths.length == cells.length && widths.length == pools.length,
                "there are widths for %d stages, numbers of cells for %d and steps of pooling for %d, but all must be as"
                        + " many",
                widths.length,
                cells.length,
                pools.length);
        for (int s = 0; s < widths.length; s++) {
            Require.atLeast("width of stage " + (s + 1), widths[s], 1);
            Require.atLeast("cells of stage " + (s + 1), cells[s], 1);
        }
    }

    /** The network of the search: a cell a stage, each stage half as large and twice as wide as the one before. */
    static Layout proxy(int filters, int stages, int stemStep) {
        int[] ones = new int[stages];
        Arrays.fill(ones, 1);
        return doubling(filters, ones, stemStep, Shortcut.NONE);
    }

    /** Stages that are half as large and twice as wide as the one before; widths are rounded, at least 1. */
    static Layout doubling(double filters, int[] cells, int stemStep, Shortcut shortcut) {
        int[] widths = new int[cells.length];
        int[] pools = new int[cells.length];
        for (int s = 0; s < cells.length; s++) {
            widths[s] = Math.max(1, (int) Math.round(filters * (1 << s)));
            pools[s] = s == 0 ? 1 : 2;
        }
        return new Layout(
                Math.max(1, (int) Math.round(2 * filters)), stemStep, widths, cells.clone(), pools, 0, shortcut);
    }

    /** The authors' network for ImageNet, whose widths stand in their model's file. */
    static Layout imageNet() {
        return new Layout(
                44,
                2,
                new int[] {12, 24, 44, 88, 180},
                new int[] {1, 3, 4, 6, 4},
                new int[] {1, 2, 2, 2, 2},
                1280,
                Shortcut.ADDED);
    }
}
