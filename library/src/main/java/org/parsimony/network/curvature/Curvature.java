package org.parsimony.network.curvature;

/**
 * A symmetric, positive definite matrix H over the {@code d} weights of a layer that is never written out. Its values are in
 * nats per squared weight: ½ δᵀHδ is how much the mean loss rises, to second order and where its gradient vanishes, if the
 * weights change by δ.
 */
public interface Curvature {

    /** Weights, {@code d}. */
    int size();

    /** {@code H v}, of length {@code d}. */
    double[] times(double[] v);

    /** {@code H⁻¹ v}, of length {@code d}. */
    double[] inverseTimes(double[] v);

    /** The diagonal of {@code H⁻¹}, all above 0. */
    double[] inverseDiagonal();
}
