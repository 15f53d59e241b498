/**
 * Deep Boltzmann machines, learned by probability flow: data states should leak as little as they can into their neighbours, one
 * bit away ({@link org.parsimony.boltzmann.ProbabilityFlow}); hidden units are filled in exactly, by mean field, by their means
 * or by Gibbs sampling ({@link org.parsimony.boltzmann.Posterior}). Everything can be summed up on small machines ({@link
 * org.parsimony.boltzmann.Exact}) and is estimated on large ones ({@link org.parsimony.boltzmann.Annealed}). After Liu, Quek and
 * Lin, <em>Variational Probability Flow for Biologically Plausible Training of Deep Neural Networks</em> (AAAI 2018, arXiv
 * 1711.07732), and Sohl-Dickstein, Battaglino and DeWeese (2011, arXiv 0906.4779).
 */
package org.parsimony.boltzmann;
