/**
 * Cells that shrink edge by edge: from the complete directed acyclic graph of n nodes the edge that is missed least, by accuracy on
 * validation samples against multiply-accumulates, is removed, again and again; the cell that is left is stacked, widened to
 * a budget and begins anew ({@link org.parsimony.autoshrink.AutoShrink}). After Zhang and others, <em>AutoShrink: A
 * Topology-aware NAS for Discovering Efficient Neural Architecture</em> (AAAI 2020), and the authors' code.
 */
package org.parsimony.autoshrink;
