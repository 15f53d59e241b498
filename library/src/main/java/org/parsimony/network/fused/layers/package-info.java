/**
 * The layers of the fused engine, forwards and backwards, each with Deeplearning4j's numbers;
 * {@link org.parsimony.network.fused.layers.Assembly} puts those of a network together, or says which one it does not
 * know. Internal to the rooms of {@code network.fused}.
 */
package org.parsimony.network.fused.layers;
