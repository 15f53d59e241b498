package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;
import org.parsimony.splitting.eigen.EigenSolver;
import org.parsimony.splitting.eigen.Ends;
import tech.tablesaw.api.Table;

class RbfToy_GrowthTest {

    private static final RbfToy.Options QUICK =
            new RbfToy.Options().points(200).steps(600).most(4);

    @Test
    void theGradientIsThatOfTheLoss() {
        SplittableRandom random = new SplittableRandom(1);
        RbfNet net = RbfNet.random(3, 1, random);
        double[] x = random.doubles(50, -5, 5).toArray();
        double[] y = random.doubles(50, -1, 1).toArray();
        double[][] gradient = net.gradient(x, y);
        double h = 1e-6;
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                RbfNet up = net.copy();
                RbfNet down = net.copy();
                if (i == 0) {
                    up.w[j] += h;
                    down.w[j] -= h;
                } else {
                    up.theta[j][i - 1] += h;
                    down.theta[j][i - 1] -= h;
                }
                assertEquals((up.loss(x, y) - down.loss(x, y)) / (2 * h), gradient[j][i], 1e-7);
            }
        }
    }

    /** In 64 bits the law holds to the last digit: the error of a positive pair falls with ε². */
    @Test
    void theLossChangesByTheEigenvalue() {
        Table agreement = new RbfToy(QUICK, 1).agreement();
        double[] error = new double[4];
        for (int i = 0; i < 4; i++) {
            error[i] = Math.abs(
                    agreement.doubleColumn(1).get(i) - agreement.doubleColumn(2).get(i));
        }
        assertTrue(error[3] < 1e-2 * Math.abs(agreement.doubleColumn(2).get(3)), agreement.print());
        assertTrue(error[2] < error[1] / 5 && error[3] < error[2] / 5, agreement.print());
    }

    /** Every kind of split of a net in training, not only at rest: Σ w δ = 0 takes the gradient out. */
    @Test
    void everyKindOfSplitGivesWhatItPromises() {
        SplittableRandom random = new SplittableRandom(2);
        RbfNet net = RbfNet.random(2, 1, random);
        double[] x = random.doubles(100, -5, 5).toArray();
        double[] y = random.doubles(100, -1, 1).toArray();
        double before = net.loss(x, y);
        for (int j = 0; j < 2; j++) {
            Ends ends = EigenSolver.exact(net.matrix(j, x, y));
            for (Scheme split : Scheme.values()) {
                Scheme.Plan plan = split.of(ends, 3);
                if (plan.gain() < 0) {
                    assertEquals(before, net.split(j, plan, 0).loss(x, y), 1e-12);
                    double step = 1e-3;
                    double found = (net.split(j, plan, step).loss(x, y) - before) / (step * step / 2);
                    assertEquals(plan.gain(), found, 0.02 * Math.abs(plan.gain()), split + " of " + j);
                }
            }
        }
    }

    @Test
    void lossesOfGrownNetsDoNotRise() {
        RbfToy toy = new RbfToy(QUICK, 1);
        for (RbfToy.Way way : List.of(RbfToy.Way.SPLIT, RbfToy.Way.SIGNED_PAIR, RbfToy.Way.RANDOM_SPLIT)) {
            List<RbfToy.Stage> stages = toy.grow(way, Progress.NONE);
            for (int i = 1; i < stages.size(); i++) {
                assertTrue(stages.get(i).loss() <= stages.get(i - 1).loss() * 1.05 + 1e-6, stages.toString());
            }
            assertEquals(stages, toy.grow(way, Progress.NONE), "the same seed gives the same net");
        }
    }

    @Test
    void theTableHasEveryWayAndSize() {
        Table table = RbfToy.compare(QUICK.steps(50), 2, Progress.NONE);
        assertEquals(2 * 5 * 4, table.rowCount());
        Table medians = RbfToy.medians(table);
        assertEquals(5, medians.rowCount());
        assertEquals(5, medians.columnCount());
        assertTrue(RbfToy.figure(table).getSeriesMap().size() >= 5);
        assertEquals(
                61,
                new RbfToy(QUICK, 1).saddle().getSeriesMap().get("moved as one").getXData().length);
    }
}
