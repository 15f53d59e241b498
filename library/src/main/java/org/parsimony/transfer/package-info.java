/**
 * A small network learns from a large one by matching how samples lie to each other ({@link
 * org.parsimony.transfer.SimilarityLoss}), or from features that nobody learned; beside it what it must be compared with:
 * distillation, hints, and the same network trained on alone. Judged by retrieval and by classification. After Passalis and
 * Tefas, <em>Learning Deep Representations with Probabilistic Knowledge Transfer</em> (ECCV 2018), and Passalis, Tzelepi and
 * Tefas (IEEE TNNLS 32(5), 2021).
 */
package org.parsimony.transfer;
