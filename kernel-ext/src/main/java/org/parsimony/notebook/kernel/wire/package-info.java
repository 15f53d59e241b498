/**
 * Jupyter's wire: the five sockets of a kernel, and the streams that cells write to and read from.
 *
 * <p>Nothing here knows what a cell is or how it is evaluated.
 */
package org.parsimony.notebook.kernel.wire;
