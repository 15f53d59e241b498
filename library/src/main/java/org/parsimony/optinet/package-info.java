/**
 * Entropy-based layer sizing after Maniatopoulos, Alvanaki and Mitianoudis, "OptiNET — Automatic Network Topology
 * Optimization", Information 2022, 13(9), 405. The complexity of the data set (step 1) is the published one; the sizing
 * of layers from it, OptiNET-R, is this project's reconstruction, with its choices as options: see
 * {@code papers/optinet/README.md}.
 */
package org.parsimony.optinet;
