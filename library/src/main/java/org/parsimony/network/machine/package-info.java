/**
 * What the numbers are computed with: the processor and its vector instructions, and the one place that decides which of
 * OpenBLAS's kernels multiplies, so that the same recipe gives the same bytes from a notebook, the command line, a test
 * and a sweep. {@link org.parsimony.network.machine.Machine} is all of it as a value, for a run's provenance.
 */
package org.parsimony.network.machine;
