/**
 * A Jupyter kernel for Java on JShell and on IJava's base library, which runs notebooks written for IJava unchanged.
 *
 * <p>This room is the session: {@code JavaKernel} is the kernel as cells see it, {@code Protocol} answers the front end, {@code
 * Startup} is the seconds before the first cell. Below it {@code language} knows magics, {@code shell} evaluates, {@code
 * assist} helps while typing, {@code wire} holds the sockets, {@code maven} finds libraries.
 */
package org.parsimony.notebook.kernel;
