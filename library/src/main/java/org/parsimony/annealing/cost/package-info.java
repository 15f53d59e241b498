/**
 * What a mask costs: the loss of a network with fixed weights on fixed images, as a function of which of its elements are
 * kept. {@link org.parsimony.annealing.cost.MaskCost} is the face of it; a move is evaluated exactly, but only what it
 * changes ({@code IncrementalCost}), or by a forward pass where the network is not made of dense layers.
 */
package org.parsimony.annealing.cost;
