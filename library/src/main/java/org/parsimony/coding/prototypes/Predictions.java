package org.parsimony.coding.prototypes;

import java.util.Arrays;

/** The weights other than 0 that the prototypes of a {@link PrototypeCode} predict, cluster by cluster. */
final class Predictions {

    final int[] start;
    final int[] rowOf;
    final double[] weights;

    /** @param base the predicted weight of every list entry */
    Predictions(PrototypeCode code, double[] base) {
        start = new int[code.clusters + 1];
        for (int p = 0; p < code.clusters; p++) {
            start[p + 1] = start[p]
                    + (int) Arrays.stream(code.places[p])
                            .filter(place -> base[PrototypeCode.list(place)] != 0)
                            .count();
        }
        rowOf = new int[start[code.clusters]];
        weights = new double[rowOf.length];
        for (int p = 0, n = 0; p < code.clusters; p++) {
            for (long place : code.places[p]) {
                double weight = base[PrototypeCode.list(place)];
                if (weight != 0) {
                    rowOf[n] = PrototypeCode.row(place);
                    weights[n++] = weight;
                }
            }
        }
    }

    /** xᵀ times the prototype of a cluster. */
    double dot(float[] x, int cluster) {
        double a = 0;
        double b = 0;
        int k = start[cluster];
        int end = start[cluster + 1];
        for (; k + 1 < end; k += 2) {
            a += x[rowOf[k]] * weights[k];
            b += x[rowOf[k + 1]] * weights[k + 1];
        }
        return k < end ? a + b + x[rowOf[k]] * weights[k] : a + b;
    }
}
