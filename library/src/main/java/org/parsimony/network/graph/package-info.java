/**
 * Networks that are graphs: how they are wired, which units hang together, and what a file says of them.
 *
 * <p>Dependency groups as in Fang et al. 2023, "DepGraph: Towards Any Structural Pruning", found channel by channel.
 */
package org.parsimony.network.graph;
