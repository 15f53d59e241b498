package org.parsimony.annealing.cost;

import java.util.Arrays;

/**
 * One move, evaluated beside the current mask: the columns it changes are computed into arrays of its own.
 *
 * <p>Batch norm with the images' statistics needs all images before it can go on, so the tiles are swept once up to each
 * such layer, and once more to the loss. The last sweep goes from the images with the greatest losses to the smallest and
 * ends as soon as the limit is passed.
 */
final class IncrementalTrial implements MaskCost.Trial {

    private final IncrementalCost cost;
    private final Change[] changes;
    private final Logits logits;
    private final CrossEntropy loss;
    private int lowest;
    private int[][] flipped;
    private double total;

    IncrementalTrial(IncrementalCost cost) {
        this.cost = cost;
        this.changes = new Change[cost.stages.length];
        for (int d = 0; d < changes.length; d++) {
            changes[d] = new Change(cost.stages[d], cost.tileCount());
        }
        this.logits = new Logits(cost.last());
        this.loss = new CrossEntropy(cost.last().stage.rectified());
    }

    /** What changes in one stage. */
    private static final class Change {
        final StageState state;
        final float[][][] sums;
        final float[][][] outputs;
        final Scaling scaling;
        final Moments[] moments;
        /** Place of every unit in {@code units}, or -1 if it stays as it is. */
        final int[] slot;
        /** The units that change. */
        final int[] units;

        final Terms[] terms;
        int count;
        /** New minus old output of the changed units, for the tile at hand, where the next stage adds just that. */
        final float[][] delta;

        boolean addsDelta;

        Change(StageState state, int tiles) {
            int n = state.stage.units();
            this.state = state;
            this.sums = new float[tiles][n][];
            this.outputs = new float[tiles][n][];
            this.scaling = new Scaling(state.stage);
            this.moments = new Moments[n];
            this.slot = new int[n];
            this.units = new int[n];
            this.terms = new Terms[n];
            this.delta = new float[n][];
            Arrays.fill(slot, -1);
        }

        /** The batch norm that holds for a unit after the move. */
        Scaling scaling(int unit) {
            return state.measured && slot[unit] >= 0 ? scaling : state.scaling;
        }

        void clear() {
            for (int k = 0; k < count; k++) {
                slot[units[k]] = -1;
            }
            count = 0;
        }

        Terms change(int unit) {
            if (slot[unit] < 0) {
                slot[unit] = count;
                units[count++] = unit;
                if (terms[unit] == null) {
                    terms[unit] = new Terms();
                }
                terms[unit].clear();
            }
            return terms[unit];
        }
    }

    @Override
    public double evaluate(int[] flips, double limit) {
        plan(flips);
        int done = lowest;
        boolean entered = false;
        for (int d = lowest; d < changes.length; d++) {
            if (cost.stages[d].measured && changes[d].count > 0) {
                startMoments(changes[d]);
                for (int t = 0; t < cost.tileCount(); t++) {
                    sweep(t, done, entered, d);
                    Change c = changes[d];
                    for (int k = 0; k < c.count; k++) {
                        c.moments[c.units[k]].add(c.sums[t][c.units[k]], cost.length(t));
                    }
                }
                finishMoments(changes[d]);
                done = d;
                entered = true;
            }
        }
        total = 0;
        for (int t = 0; t < cost.tileCount() && total <= limit; t++) {
            sweep(t, done, entered, changes.length - 1);
            total += loss(t);
        }
        return total;
    }

    @Override
    public double total() {
        return total;
    }

    /** Decides which units change and which terms their new sums consist of. */
    private void plan(int[] flips) {
        for (Change change : changes) {
            change.clear();
        }
        lowest = changes.length - 1;
        flipped = new int[flips.length][];
        for (int f = 0; f < flips.length; f++) {
            flipped[f] = cost.place(flips[f]);
            lowest = Math.min(lowest, flipped[f][0]);
        }
        for (int d = lowest; d < changes.length; d++) {
            if (d > lowest && changes[d - 1].count > 0) {
                follow(changes[d - 1], changes[d]);
            }
            for (int[] flip : flipped) {
                if (flip[0] == d) {
                    connect(changes[d], flip[1], flip[2]);
                }
            }
        }
    }

    /** The units that read changed ones. */
    private static void follow(Change from, Change to) {
        StageState s = to.state;
        int inputs = s.stage.inputs();
        from.addsDelta = 2 * from.count <= inputs;
        for (int u = 0; u < s.stage.units(); u++) {
            for (int k = 0; k < from.count; k++) {
                float w = s.effective[u * inputs + from.units[k]];
                if (w != 0) {
                    Terms terms = to.change(u);
                    if (from.addsDelta) {
                        terms.addDelta(w, from.units[k]);
                    } else {
                        terms.startAnew(s, u);
                        break;
                    }
                }
            }
        }
    }

    /** A connection that is removed or brought back. */
    private static void connect(Change change, int unit, int input) {
        StageState s = change.state;
        boolean fresh = change.slot[unit] < 0;
        Terms terms = change.change(unit);
        if (fresh && s.active[unit] <= Terms.FEW) {
            terms.startAnew(s, unit);
        }
        boolean kept = s.effective[unit * s.stage.inputs() + input] != 0;
        float w = s.weight(unit, input);
        if (kept && terms.isAnew()) {
            terms.remove(input);
        } else {
            terms.add(kept ? -w : w, input);
        }
    }

    private static void startMoments(Change c) {
        for (int k = 0; k < c.count; k++) {
            int u = c.units[k];
            if (c.moments[u] == null) {
                c.moments[u] = new Moments();
            }
            c.moments[u].about(c.state.scaling.center(u));
        }
    }

    private void finishMoments(Change c) {
        for (int k = 0; k < c.count; k++) {
            int u = c.units[k];
            Moments moments = c.moments[u];
            moments.finish(cost.images());
            if (!moments.isPrecise()) {
                moments.about((float) moments.mean());
                for (int t = 0; t < cost.tileCount(); t++) {
                    moments.add(c.sums[t][u], cost.length(t));
                }
                moments.finish(cost.images());
            }
            c.scaling.set(u, moments.mean(), moments.variance());
        }
    }

    /** Brings one tile from the sums (or outputs) of stage {@code from} to the sums of stage {@code to}. */
    private void sweep(int t, int from, boolean summed, int to) {
        for (int d = from; d <= to; d++) {
            if (d > from || !summed) {
                sum(t, d);
            }
            if (d < to) {
                activate(t, changes[d]);
            }
        }
    }

    private void sum(int t, int d) {
        Change c = changes[d];
        int n = cost.length(t);
        for (int k = 0; k < c.count; k++) {
            int u = c.units[k];
            float[] out = column(c.sums[t], u);
            Terms terms = c.terms[u];
            float[] base = c.state.sums[t][u];
            if (terms.isAnew()) {
                Arrays.fill(out, 0, n, c.state.stage.bias()[u]);
                base = out;
            }
            int j = 0;
            for (; j + 1 < terms.count(); j += 2) {
                float[] x = source(terms, j, t, d);
                float[] y = source(terms, j + 1, t, d);
                Kernels.add(out, base, terms.weight(j), x, terms.weight(j + 1), y, n);
                base = out;
            }
            if (j < terms.count()) {
                Kernels.add(out, base, terms.weight(j), source(terms, j, t, d), n);
            }
        }
    }

    private float[] source(Terms terms, int j, int t, int d) {
        int input = terms.input(j);
        if (d == 0) {
            return cost.below[t][input];
        }
        Change before = changes[d - 1];
        if (terms.isDelta(j)) {
            return before.delta[input];
        }
        return before.slot[input] < 0 ? before.state.outputs[t][input] : before.outputs[t][input];
    }

    private void activate(int t, Change c) {
        int n = cost.length(t);
        StageState s = c.state;
        for (int k = 0; k < c.count; k++) {
            int u = c.units[k];
            float[] out = column(c.outputs[t], u);
            c.scaling(u).activate(out, c.sums[t][u], u, n);
            if (c.addsDelta) {
                Kernels.subtract(column(c.delta, u), out, s.outputs[t][u], n);
            }
        }
    }

    private static float[] column(float[][] columns, int u) {
        if (columns[u] == null) {
            columns[u] = new float[Tiles.SIZE];
        }
        return columns[u];
    }

    private double loss(int t) {
        Change c = changes[changes.length - 1];
        int n = cost.length(t);
        for (int u = 0; u < c.slot.length; u++) {
            float[] sums = (c.slot[u] < 0 ? c.state.sums : c.sums)[t][u];
            logits.column(u, sums, c.scaling(u), n);
        }
        return loss.total(logits.columns(), cost.runs[t], n);
    }

    /** Exchanges the changed columns with the cost's, which then hold the new mask; returns its loss. */
    double exchange() {
        for (int d = lowest; d < changes.length; d++) {
            Change c = changes[d];
            StageState s = c.state;
            for (int k = 0; k < c.count; k++) {
                int u = c.units[k];
                for (int t = 0; t < cost.tileCount(); t++) {
                    exchange(s.sums[t], c.sums[t], u);
                    if (s.outputs != null) {
                        exchange(s.outputs[t], c.outputs[t], u);
                    }
                }
                if (s.measured) {
                    s.scaling.set(u, c.scaling);
                }
            }
        }
        for (int[] flip : flipped) {
            cost.stages[flip[0]].flip(flip[1], flip[2]);
        }
        return total;
    }

    private static void exchange(float[][] a, float[][] b, int u) {
        float[] column = a[u];
        a[u] = b[u];
        b[u] = column;
    }
}
