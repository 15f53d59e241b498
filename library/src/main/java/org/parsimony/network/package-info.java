/**
 * Networks as experiments see them: a Deeplearning4j network with its masks, the architectures of the papers, training
 * with seed, progress and early stop, exact surgery (removing and duplicating units), and what a network costs in
 * parameters, multiply-accumulates, bytes and time. A method of any package returns an {@link Outcome}.
 */
package org.parsimony.network;
