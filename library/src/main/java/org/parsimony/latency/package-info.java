/**
 * Search of an architecture under a limit of latency on this machine: a small super-net whose paths share weights, evolution over
 * its later and then its earlier layers, and one-stage and random search beside it ({@link org.parsimony.latency.Latency}). After
 * L. L. Zhang et al., <em>Fast Hardware-Aware Neural Architecture Search</em> (CVPR Workshops 2020), and the single-path super-net
 * of Guo et al. (ECCV 2020). The table of latencies itself is {@link org.parsimony.timing}'s.
 */
package org.parsimony.latency;
