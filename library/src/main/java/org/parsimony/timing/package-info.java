/**
 * What a layer costs in time on this machine: a table of measured latencies of every kind of layer, shape and code ({@link
 * org.parsimony.timing.LatencyTable}), kept on disk by processor and JDK, interpolated between widths; their sum predicts a
 * whole network. In the way of nn-Meter (Zhang et al., MobiSys 2021): what runs as one is measured as one, and single calls
 * count. Methods that charge for latency ask here, and so need not know each other.
 */
package org.parsimony.timing;
