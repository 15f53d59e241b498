/**
 * Networks as experiments see them: a Deeplearning4j network with its constraints, the architectures of the papers, training
 * with seed, progress and early stop, exact surgery (removing and duplicating units), and what a network costs in
 * parameters, multiply-accumulates, bytes and time.
 */
package org.parsimony.network;
