/**
 * The training engine of networks of texts such as DeepDTA (Öztürk, Özgür, Ozkirimli, Bioinformatics 2018): branches of
 * embedding, three convolutions and a global maximum, side by side before dense layers. It computes what Deeplearning4j
 * computes, and each exact piece of work once: a text that a batch holds several times, the products of few tokens, the
 * padding, and of the gradient only what passes a global maximum.
 */
package org.parsimony.network.texts;
