/**
 * DeepDTA (Öztürk, Özgür, Ozkirimli, Bioinformatics 2018): how strongly a ligand binds to a protein, from their texts. The
 * network is a Deeplearning4j graph; its training does each exact piece of work once: a sequence that a batch holds
 * several times, the products of few tokens, the padding, and of the gradient only what passes a global maximum.
 */
package org.parsimony.deepdta;
