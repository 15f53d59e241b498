/**
 * What becomes of runs when processes are killed at random moments and disks fill, for {@code ./parsimony bench torture}:
 * drivers and notebooks work on one run store, one of their processes after another is killed, and nothing that was
 * finished may be lost, no half-written file may be read, and no process may stay behind.
 */
package org.parsimony.notebook.bench.torture;
