/**
 * A Jupyter kernel for Java on JShell and on IJava's base library, which runs notebooks written for IJava unchanged.
 *
 * <p>Who does what: {@code KernelConnection} the sockets, {@code Protocol} the messages, {@code JavaKernel} the kernel as
 * cells see it, {@code JavaShell} the evaluation, {@code CellRunner} the thread that can be stopped, {@code ErrorText} the
 * errors, {@code MagicSyntax} and {@code MagicRegistry} the magics, {@code Startup} the seconds before the first cell.
 */
package org.parsimony.notebook.kernel;
