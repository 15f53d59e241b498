package org.parsimony.autoshrink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The search against a path worked out beforehand, with an accuracy that is a sum over edges. */
class Shrinking_ByHandTest {

    private static final int POSITIONS = 64;
    private static final int FILTERS = 4;

    private int scored;

    /** Nodes of four 1×1 filters on 64 positions behind an input of eight channels. */
    private Shrinking.Scored score(Cell cell) {
        scored++;
        long macs = 0;
        for (int node : cell.nodes()) {
            if (node > 0) {
                macs += (long) channels(cell.into(node)) * FILTERS * POSITIONS;
            }
        }
        macs += 10L * channels(cell.leaves());
        double accuracy = 0;
        for (Cell.Edge edge : cell.edges()) {
            accuracy += 0.01 * ((3 * edge.from() + 5 * edge.to()) % 7) + 0.001 * (edge.from() + edge.to());
        }
        return new Shrinking.Scored(cell, accuracy, macs, Proxy.score(accuracy, macs, 0.1));
    }

    private static int channels(int[] nodes) {
        int sum = 0;
        for (int node : nodes) {
            sum += node == 0 ? 8 : FILTERS;
        }
        return sum;
    }

    @Test
    void followsThePathWorkedOutByHand() {
        Cell complete = Cell.complete(Collections.nCopies(4, Cell.Operation.POINTWISE));
        Shrinking.Scored start = score(complete);
        assertEquals(14376, start.macs());
        assertEquals(0.554236, start.score(), 1e-6);
        scored = 0;
        List<Cell> told = new ArrayList<>();
        List<Shrinking.Step> steps = Shrinking.run(
                complete,
                100,
                0,
                new Shrinking.Judge() {
                    @Override
                    public Shrinking.Scored score(Cell cell) {
                        return Shrinking_ByHandTest.this.score(cell);
                    }

                    @Override
                    public void kept(Shrinking.Scored cell) {
                        told.add(cell.cell());
                    }
                },
                new SplittableRandom(1));
        Object[][] expected = {
            {"2-3", 13352L, 0.552445},
            {"0-3", 11304L, 0.546677},
            {"3-4", 10320L, 0.533632},
            {"1-4", 9296L, 0.513170},
            {"0-2", 7248L, 0.491978},
            {"1-3", 6184L, 0.454873},
            {"0-4", 4136L, 0.408342},
        };
        for (int s = 0; s < expected.length; s++) {
            Shrinking.Step step = steps.get(s);
            assertEquals(expected[s][0], step.removed().toString());
            assertEquals(expected[s][1], step.kept().macs());
            assertEquals((double) expected[s][2], step.kept().score(), 1e-6);
            assertEquals(told.get(s), step.kept().cell());
        }
        assertArrayEquals(new int[] {3, 4}, steps.get(2).kept().cell().leaves());
        assertEquals(8, steps.size());
        Shrinking.Step last = steps.get(7);
        assertEquals("0-1", last.removed().toString());
        assertEquals(80, last.kept().macs());
        assertEquals(3, steps.get(6).kept().cell().edges().size(), "one removal takes the last three");
        assertEquals(52, scored);
    }

    @Test
    void endsAtTheEdgesAskedForAndScoresNoMoreThanItSays() {
        for (int least = 1; least <= 10; least++) {
            scored = 0;
            Cell complete = Cell.complete(Collections.nCopies(4, Cell.Operation.POINTWISE));
            List<Shrinking.Step> steps = Shrinking.run(complete, 3, least, this::score, new SplittableRandom(least));
            int left = steps.isEmpty()
                    ? 10
                    : steps.get(steps.size() - 1).kept().cell().edges().size();
            assertEquals(least, left);
            int most = Shrinking.most(10, 3, least);
            assertEquals(true, scored <= most, scored + " of at most " + most);
        }
        assertEquals(235, Shrinking.most(28, 10, 0));
    }
}
