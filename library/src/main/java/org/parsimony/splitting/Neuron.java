package org.parsimony.splitting;

/**
 * A unit that a round looked at.
 *
 * @param round from 1
 * @param layer its index in the network
 * @param unit in its layer, before the round
 * @param least eigenvalue of its splitting matrix, the splitting index; NaN where a control did not look
 * @param greatest eigenvalue; NaN likewise
 * @param gain change of the loss over ε²/2 that its best split promises, 0 for none; NaN for a control
 * @param cost what its split adds, in the unit of the resource; NaN without a budget
 * @param chosen whether it was split, or, of added units, whether one was added in its name
 */
public record Neuron(
        int round, int layer, int unit, double least, double greatest, double gain, double cost, boolean chosen) {}
