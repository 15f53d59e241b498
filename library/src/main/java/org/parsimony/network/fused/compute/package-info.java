/**
 * What the layers of the fused engine compute with: memory that OpenBLAS reads, its products, sums in a fixed order, and a
 * step's work cut into lanes whose bytes do not depend on the number of threads. Nothing here knows a layer. Internal to
 * the rooms of {@code network.fused}.
 */
package org.parsimony.network.fused.compute;
