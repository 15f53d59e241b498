/**
 * Networks as experiments see them: a Deeplearning4j network with its constraints, the architectures of the papers, exact
 * surgery (removing and duplicating units), and what a network costs in parameters, multiply-accumulates, bytes and time.
 * Training is next door in {@code training}, and the engine behind it in {@code fused}.
 */
package org.parsimony.network;
