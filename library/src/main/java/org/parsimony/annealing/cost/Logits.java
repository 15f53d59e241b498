package org.parsimony.annealing.cost;

/** The logits of one tile from the last stage's sums. */
final class Logits {

    private final StageState last;
    private final float[][] columns;
    private final float[][] own;

    Logits(StageState last) {
        this.last = last;
        this.columns = new float[last.stage.units()][];
        this.own = last.isActive() ? new float[last.stage.units()][Tiles.SIZE] : null;
    }

    /** One column a class, of these sums and the stage's own batch norm; valid until the next call. */
    float[][] of(float[][] sums, int n) {
        for (int c = 0; c < columns.length; c++) {
            column(c, sums[c], last.scaling, n);
        }
        return columns;
    }

    /** Sets the column of one class. */
    void column(int c, float[] sums, Scaling scaling, int n) {
        if (own == null) {
            columns[c] = sums;
        } else {
            scaling.activate(own[c], sums, c, n);
            columns[c] = own[c];
        }
    }

    float[][] columns() {
        return columns;
    }
}
