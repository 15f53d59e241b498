package org.parsimony.transfer;

/** How far the student's distributions are from the teacher's. */
public enum Divergence {
    /** Σ p ln(p/q), teacher first: the paper's. */
    KULLBACK_LEIBLER,
    /** Σ (p − q)(ln p − ln q), the same in both directions: of the journal version. */
    JEFFREYS;

    double value(double p, double q, double epsilon) {
        double logarithm = Math.log((p + epsilon) / (q + epsilon));
        return this == JEFFREYS ? (p - q) * logarithm : p * logarithm;
    }

    /** Derivative with respect to q. */
    double derivative(double p, double q, double epsilon) {
        return this == JEFFREYS
                ? -Math.log((p + epsilon) / (q + epsilon)) - (p - q) / (q + epsilon)
                : -p / (q + epsilon);
    }
}
