/**
 * Speed beside PyTorch and SciPy. Both sides take turns, so that what else the machine does falls on both; a figure is a
 * median and a ratio comes with its interval; the peer has its best settings, which stand beside its figure. It lives
 * here, not in the library, because it needs Python beside Java and nobody who compresses a network needs it.
 */
package org.parsimony.notebook.bench;
