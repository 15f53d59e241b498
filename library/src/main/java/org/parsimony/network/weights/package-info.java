/**
 * Weights without a network: {@code .safetensors}, {@code .npz}, {@code .npy} and Keras's weights-only {@code .h5}, which a
 * named architecture takes, {@code weights.npz:architecture=lenet5}. Arrays go to layers by their order and shapes.
 */
package org.parsimony.network.weights;
