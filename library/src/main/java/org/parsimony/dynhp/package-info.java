/**
 * Hard pruning in the middle of training, under a budget of bytes: units that stay unimportant are taken out for good, with
 * their optimiser's state, and a share of the memory that they free becomes a larger batch. After the abstract of Valerio,
 * Nardini, Passarella and Perego, "Dynamic Hard Pruning of Neural Networks at the Edge of the Internet", Journal of Network
 * and Computer Applications 200, 2022 (arXiv 2011.08545); the method itself is a reading, see {@code papers/dynhp/README.md}.
 */
package org.parsimony.dynhp;
