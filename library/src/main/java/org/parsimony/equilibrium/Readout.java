package org.parsimony.equilibrium;

/** How outputs tell a class. */
public enum Readout {
    /** One output; above ½ is true. */
    SINGLE,
    /** An output for each class; the largest counts. */
    ONE_HOT;

    int outputs(int classes) {
        return this == SINGLE ? 1 : classes;
    }

    double[] target(int label, int classes) {
        double[] y = new double[outputs(classes)];
        if (this == SINGLE) {
            y[0] = label;
        } else {
            y[label] = 1;
        }
        return y;
    }

    /** The class that these outputs tell; of equal ones the first. */
    int label(double[] states, int from) {
        if (this == SINGLE) {
            return states[from] > 0.5 ? 1 : 0;
        }
        int best = from;
        for (int o = from; o < states.length; o++) {
            best = states[o] > states[best] ? o : best;
        }
        return best - from;
    }
}
