/**
 * Graph convolution on nodes of one graph ({@link org.parsimony.data.NodeGraph}): each layer of a network of two dense layers
 * reads the mean of a node and its neighbours. The step {@code graph} trains it with or without a natural gradient by
 * Kronecker factors, and with or without labels that it gives itself. Not to be taken for {@code network.graph}, where a
 * graph is how layers are wired. After Izadi, Fang, Stevenson and Lin, <em>Optimization of Graph Neural Networks with Natural
 * Gradient Descent</em> (2020), and Kipf and Welling (ICLR 2017).
 */
package org.parsimony.graph;
