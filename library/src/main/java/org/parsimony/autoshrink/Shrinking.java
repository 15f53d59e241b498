package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/**
 * The search: while the cell has more than {@code least} edges, each of at most {@code candidates} edges drawn at random is removed
 * on trial, and the removal that scores best stays. Nothing is put back. Of n nodes and all candidates at most
 * O(n⁴) cells are scored instead of 2^(n(n−1)/2).
 */
public final class Shrinking {

    private Shrinking() {}

    /** What judges a cell. */
    interface Judge {

        /** Accuracy, cost and score of a cell. */
        Scored score(Cell cell);

        /** Told after every removal which cell stays; the scores that follow are of cells that it shrinks to. */
        default void kept(Scored cell) {}
    }

    /**
     * A cell as it was scored.
     *
     * @param accuracy on validation samples, from 0 to 1
     * @param macs of the network that was scored
     * @param score more is better
     */
    record Scored(Cell cell, double accuracy, long macs, double score) {}

    /**
     * A removal.
     *
     * @param removed the edge
     * @param kept the cell that is left
     * @param tried cells that were scored for it
     * @param mean score of these
     */
    record Step(Cell.Edge removed, Scored kept, int tried, double mean) {}

    /**
     * Shrinks {@code start}.
     *
     * @param least edges at the end, at least 0
     * @param random which edges are tried; the first of equal scores stays
     */
    static List<Step> run(Cell start, int candidates, int least, Judge judge, SplittableRandom random) {
        Require.atLeast("candidates", candidates, 1);
        List<Step> steps = new ArrayList<>();
        Cell cell = start;
        while (cell.edges().size() > least) {
            List<Cell.Edge> removable = cell.removable(least);
            int[] order = Seeds.permutation(removable.size(), random);
            Scored best = null;
            Cell.Edge removed = null;
            double sum = 0;
            int tried = Math.min(candidates, order.length);
            for (int k = 0; k < tried; k++) {
                Cell.Edge edge = removable.get(order[k]);
                Scored scored = judge.score(cell.without(edge));
                sum += scored.score();
                if (best == null || scored.score() > best.score()) {
                    best = scored;
                    removed = edge;
                }
            }
            steps.add(new Step(removed, best, tried, sum / tried));
            cell = best.cell();
            judge.kept(best);
        }
        return steps;
    }

    /** The most cells that are scored on the way from {@code edges} to {@code least}: each removal takes one edge or more. */
    static int most(int edges, int candidates, int least) {
        int cells = 0;
        for (int e = edges; e > least; e--) {
            cells += Math.min(candidates, e);
        }
        return cells;
    }

    /** A cell that random removals leave, with exactly {@code edges} of them. */
    static Cell random(Cell start, int edges, SplittableRandom random) {
        Cell cell = start;
        while (cell.edges().size() > edges) {
            List<Cell.Edge> removable = cell.removable(edges);
            cell = cell.without(removable.get(random.nextInt(removable.size())));
        }
        return cell;
    }
}
