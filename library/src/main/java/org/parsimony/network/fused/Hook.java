package org.parsimony.network.fused;

/**
 * How a method takes part in fused training: the moments of a step at which it may look at, and change, what it wants.
 * Every moment is called on one thread while the others wait. Networks without hooks pay nothing for them.
 */
public interface Hook {

    /** The outgoing values of layer {@code layer} are complete; changing them (a gate) changes what follows. */
    default void activated(Training training, int layer) {}

    /** The loss's derivatives with respect to the outgoing values of {@code layer} are complete. */
    default void derived(Training training, int layer) {}

    /**
     * All gradients are complete (means over the batch) and nothing is updated yet: the moment to sum the gradients of tied
     * weights, to add a penalty, or to read activations and derivatives for curvature.
     */
    default void gradient(Training training) {}

    /** All parameters are updated; changed ones (projected, tied, zeroed) are written to the network. */
    default void updated(Training training) {}
}
