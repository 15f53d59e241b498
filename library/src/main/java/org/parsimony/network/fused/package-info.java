/**
 * Training at the speed of the hardware: one network's forward pass, backward pass and update, with matrix products on
 * OpenBLAS and everything between them in one pass over memory. The network stays Deeplearning4j's: its own arrays are
 * trained in place and every number follows its own {@code fit}. {@link org.parsimony.network.fused.Fused#plan} says
 * whether a network is served here; methods join in through {@link org.parsimony.network.fused.Hook}.
 */
package org.parsimony.network.fused;
