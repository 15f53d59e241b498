package org.parsimony.optinet;

/** Which units say nearly the same as a kept one: |Pearson correlation| above a limit. A constant unit is like none. */
record Redundancy(double[][] covariance, double limit) {

    /** Whether {@code unit} correlates too much with one of the first {@code count} of {@code kept}. */
    boolean of(int unit, int[] kept, int count) {
        if (limit >= 1) {
            return false;
        }
        double own = covariance[unit][unit];
        for (int k = 0; k < count; k++) {
            double shared = covariance[unit][kept[k]];
            // squared, to spare the roots
            if (shared * shared > limit * limit * own * covariance[kept[k]][kept[k]]) {
                return true;
            }
        }
        return false;
    }
}
